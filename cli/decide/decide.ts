import type { Answer, Command, Context, Given } from '../command.ts';
import { EXIT, UsageError } from '../told.ts';
import { findPackage } from './find-package.ts';

const OPTIONS = { reason: { type: 'string' } } as const;

const DETAILS = `<release> is a release's id, as status and the notification tell it. <package> is the
package's ARN, or its group and version: flight-delay/7.

  --reason <text>   kept with the package, and told to people`;

export const approve: Command = {
  name: 'approve',
  summary: 'approve the model of a release that waits, or any registered model',
  help: `npx signalbox approve <release|package> [--reason <text>]

Says yes in the model registry, as approving in SageMaker Studio does. A release that
waits for it goes on. Where none waits, the model is deployed on its own if its pipeline
has triggers.approval.

${DETAILS}

  npx signalbox approve flight-delay-2603020900-3f9a1c42
  npx signalbox approve flight-delay/7 --reason "checked with the airport team"`,
  options: OPTIONS,
  words: { least: 1, most: 1, are: 'one release or package' },
  run: (given, context) => decide('Approved', given, context),
};

export const reject: Command = {
  name: 'reject',
  summary: 'reject it; rejecting the model that serves brings the previous one back',
  help: `npx signalbox reject <release|package> [--reason <text>]

Says no in the model registry. A release that waits for it ends as REJECTED. Where the
model serves already, the release before it is brought back if its pipeline has
triggers.approval; npx signalbox rollback does so at once.

${DETAILS}

  npx signalbox reject flight-delay-2603020900-3f9a1c42 --reason "trained on half a month"`,
  options: OPTIONS,
  words: { least: 1, most: 1, are: 'one release or package' },
  run: (given, context) => decide('Rejected', given, context),
};

/** SageMaker's limit for a description. */
const LONGEST_REASON = 1024;

async function decide(
  decision: 'Approved' | 'Rejected',
  { words, values }: Given,
  context: Context,
): Promise<Answer> {
  const reason = values.reason as string | undefined;
  if (reason !== undefined && (reason.length === 0 || reason.length > LONGEST_REASON)) {
    throw new UsageError(`--reason has ${reason.length} characters; give 1 to ${LONGEST_REASON}.`);
  }
  const stack = await context.stack();
  const found = await findPackage(words[0]!, stack);
  const name = found.packageArn.split('model-package/')[1]!;
  const document = { packageArn: found.packageArn, release: found.release, decision };
  if (found.status === decision) {
    return {
      exitCode: EXIT.done,
      document: { ...document, changed: false },
      text: `${name} is ${decision} already${found.description ? `: ${found.description}` : ''}. Nothing was changed.`,
    };
  }
  const { UpdateModelPackageCommand } = await import('@aws-sdk/client-sagemaker');
  await (await stack.clients.sagemaker()).send(
    new UpdateModelPackageCommand({
      ModelPackageArn: found.packageArn,
      ModelApprovalStatus: decision,
      ApprovalDescription: reason ?? `by ${context.io.user} with npx signalbox`,
    }),
  );
  return {
    exitCode: EXIT.done,
    document: { ...document, before: found.status, changed: true },
    text: [`${decision} ${name}, which was ${found.status}.`, ...consequence(decision, found)].join('\n'),
  };
}

function consequence(
  decision: 'Approved' | 'Rejected',
  { release, isWaiting, isServing }: Awaited<ReturnType<typeof findPackage>>,
): string[] {
  if (isWaiting) {
    return [
      decision === 'Approved' ? `Release ${release} goes on.` : `Release ${release} ends as REJECTED.`,
      'npx signalbox status tells how it goes.',
    ];
  }
  if (decision === 'Rejected' && isServing) {
    return ['It serves: where its pipeline has triggers.approval, the release before it is brought back.'];
  }
  return decision === 'Approved'
    ? ['No release waits for it: where its pipeline has triggers.approval, it is deployed on its own.']
    : ['No release waits for it, and it does not serve.'];
}
