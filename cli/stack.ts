import { ListStateMachinesCommand, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { nearest } from '../functions/shared/faults.ts';
import { type Access, type Clients, makeClients } from './clients.ts';
import type { KnownPipeline, Status } from './status/contract.ts';
import { AwsTold, UsageError } from './told.ts';

/** A deployed Signalbox, found by the names of its state machines. */
export interface Stack {
  readonly clients: Clients;
  /** What every name of the stack begins with; its bus is called so. */
  readonly prefix: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  machineArn(name: 'release' | 'rollback' | 'status'): string;
  /**
   * @param pipeline all of them unless named
   * @throws AwsTold when the status cannot be told
   */
  status(pipeline?: string): Promise<Status>;
}

/** @throws AwsTold naming the stages that are there when this one is not */
export async function openStack(access: Access & { readonly stage: string }): Promise<Stack> {
  const clients = makeClients(access);
  const prefix = `signalbox-${access.stage}`;
  const arn = await statusMachine(clients, prefix, access.stage).catch((error: unknown) => {
    clients.close();
    throw error;
  });
  const [, partition = '', , region = '', accountId = ''] = arn.split(':');
  const base = arn.slice(0, -'status'.length);
  return {
    clients,
    prefix,
    partition,
    region,
    accountId,
    machineArn: (name) => base + name,
    status: (pipeline) => askStatus(clients, arn, pipeline),
  };
}

async function statusMachine({ sfn }: Clients, prefix: string, stage: string): Promise<string> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000, nextToken }));
    for (const { name = '', stateMachineArn = '' } of page.stateMachines ?? []) {
      if (name === `${prefix}-status`) return stateMachineArn;
      names.push(name);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const stages = names.flatMap((name) => /^signalbox-(.+)-status$/.exec(name)?.[1] ?? []);
  const region = await sfn.config.region();
  const isOld = names.some((name) => name === `${prefix}-release`);
  throw new AwsTold(
    isOld
      ? `The stack ${prefix} in ${region} has no state machine ${prefix}-status.`
      : `There is no Signalbox stack of stage ${stage} in ${region}.`,
    [
      isOld
        ? 'It was deployed before this command came: npm run deploy updates it.'
        : stages.length > 0
          ? `Stages there: ${stages.sort().join(', ')}. Name one with --stage.`
          : 'Is it another region (--region) or account (--profile)? npm run deploy puts a stack there.',
    ],
  );
}

async function askStatus({ sfn }: Clients, stateMachineArn: string, pipeline?: string): Promise<Status> {
  const answer = await sfn.send(
    new StartSyncExecutionCommand({
      stateMachineArn,
      input: JSON.stringify(pipeline === undefined ? {} : { pipeline }),
    }),
  );
  if (answer.status === 'SUCCEEDED') return newestFirst(JSON.parse(answer.output!) as Status);
  throw new AwsTold(`The status could not be told: ${answer.error ?? answer.status}.`, [
    ...(answer.cause ? [answer.cause.slice(0, 500)] : []),
    `Execution: ${answer.executionArn}`,
  ]);
}

/** The ledger sorts by id, and a release whose request was refused has only its execution's name. */
const newestFirst = (told: Status): Status => ({
  ...told,
  releases: told.releases.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
});

/** @throws UsageError with the nearest name */
export function pipelineNamed(name: string, known: readonly KnownPipeline[]): KnownPipeline {
  const found = known.find(({ pipeline }) => pipeline === name);
  if (found !== undefined) return found;
  const names = known.map(({ pipeline }) => pipeline);
  const near = nearest(name, names);
  throw new UsageError(
    `There is no pipeline ${name} in this stack${near ? `; did you mean ${near}?` : '.'}`,
    [`Pipelines: ${names.join(', ') || 'none'}`, 'A pipeline file comes in with the next npm run deploy.'],
  );
}
