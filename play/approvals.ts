import type { JournalEntry } from '../local/journal.ts';
import type { World } from '../local/world.ts';

/**
 * Hears in the journal that people are asked to approve a model, and says yes in their place where that is wanted.
 *
 * @param isYes answers at once; otherwise a person answers, from another terminal
 * @returns a line for people, or undefined for anything else
 */
export function hearApproval(
  { subject, what }: JournalEntry,
  world: World,
  isYes: boolean,
): string | undefined {
  if (!subject.startsWith('sns/') || !what.includes('needs an approval')) return undefined;
  const { message } = world.sns.published.at(-1)!;
  if (!isYes) {
    const command = /npx signalbox approve .+/.exec(message)?.[0] ?? 'npx signalbox status';
    return (
      `A person must approve. From another terminal: AWS_ENDPOINT_URL=${world.endpointUrl} ` +
      `AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test ${command}   (--approve says yes by itself)`
    );
  }
  const ModelPackageArn = /^Package: (.+)$/m.exec(message)?.[1];
  // Whoever waits looks at the package itself, so the answer may come before it waits.
  void world.door.call({
    service: 'sagemaker',
    operation: 'UpdateModelPackage',
    input: {
      ModelPackageArn,
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: 'npm run rehearse -- --approve',
    },
    caller: world.person,
  });
  return 'Approved, as --approve says.';
}
