import { nearest } from '../../functions/shared/faults.ts';
import type { Stack } from '../stack.ts';
import type { Released, Running, Status } from '../status/contract.ts';
import { UsageError } from '../told.ts';

export interface FoundPackage {
  readonly packageArn: string;
  /** The release that made it; empty when it names none. */
  readonly release: string;
  /** As the registry has it: PendingManualApproval, Approved or Rejected. */
  readonly status: string;
  readonly description: string;
  /** A release waits for the answer. */
  readonly isWaiting: boolean;
  /** It is what an endpoint was proved to serve last. */
  readonly isServing: boolean;
}

/**
 * Finds a model package by its release, its ARN, or its group and version.
 *
 * @throws UsageError when there is none, saying what there is
 */
export async function findPackage(name: string, stack: Stack): Promise<FoundPackage> {
  const told = await stack.status();
  const packageArn = arnOf(name, stack) ?? (await ofRelease(name, told, stack));
  const { DescribeModelPackageCommand } = await import('@aws-sdk/client-sagemaker');
  const sagemaker = await stack.clients.sagemaker();
  const described = await sagemaker
    .send(new DescribeModelPackageCommand({ ModelPackageName: packageArn }))
    .catch((error: Error) => {
      if (!/does not exist/.test(error.message)) throw error;
      throw new UsageError(`There is no model package ${name}.`, waitingHint(told));
    });
  const waiting = told.waitingForApproval.find((release) => release.packageArn === packageArn);
  return {
    packageArn,
    release: waiting?.release ?? described.CustomerMetadataProperties?.release ?? '',
    status: described.ModelApprovalStatus ?? 'without a status',
    description: described.ApprovalDescription ?? '',
    isWaiting: waiting !== undefined,
    isServing: isServing(packageArn, told),
  };
}

/** Undefined for what can only be a release. */
function arnOf(name: string, { partition, region, accountId }: Stack): string | undefined {
  if (name.startsWith('arn:')) {
    if (/^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package\/[^/]+\/\d+$/.test(name)) return name;
    throw new UsageError(`${name} is not the ARN of a model package.`, [
      'It ends in model-package/<group>/<version>.',
    ]);
  }
  return /^[A-Za-z0-9-]+\/\d+$/.test(name)
    ? `arn:${partition}:sagemaker:${region}:${accountId}:model-package/${name}`
    : undefined;
}

async function ofRelease(id: string, told: Status, stack: Stack): Promise<string> {
  const all = [...told.running, ...told.releases];
  const found = lookUp(id, all) ?? lookUp(id, await olderReleases(id, told, stack));
  if (found === undefined) {
    const near = nearest(
      id,
      all.map(({ release }) => release),
    );
    throw new UsageError(
      `There is no release ${id}${near ? `; did you mean ${near}?` : '.'}`,
      waitingHint(told),
    );
  }
  if (found.packageArn !== '') return found.packageArn;
  throw new UsageError(
    'outcome' in found && found.outcome !== 'RUNNING'
      ? `Release ${id} ended as ${found.outcome} before it registered a model.`
      : `Release ${id} has not registered a model yet.`,
    [`npx signalbox status ${found.pipeline} tells where it is.`, ...waitingHint(told)],
  );
}

const lookUp = (id: string, all: readonly (Running | Released)[]): Running | Released | undefined =>
  all.find((one) => one.release === id && one.packageArn !== '') ?? all.find((one) => one.release === id);

/** An id begins with its pipeline's name, as far as that fits; one pipeline alone is told of at more length. */
async function olderReleases(id: string, { pipelines }: Status, stack: Stack): Promise<Released[]> {
  const candidates = pipelines.filter(({ pipeline }) =>
    id.startsWith(`${pipeline.slice(0, 20).replace(/-$/, '')}-`),
  );
  const told = await Promise.all(candidates.map(({ pipeline }) => stack.status(pipeline)));
  return told.flatMap(({ releases }) => [...releases]);
}

const isServing = (packageArn: string, { pipelines, live }: Status): boolean =>
  pipelines.some(
    ({ endpoint }) => live.find((entry) => entry.endpoint === endpoint)?.packageArn === packageArn,
  );

const waitingHint = ({ waitingForApproval }: Status): string[] =>
  waitingForApproval.length === 0
    ? ['No release waits for an approval.']
    : [`These wait for an approval: ${waitingForApproval.map(({ release }) => release).join(', ')}`];
