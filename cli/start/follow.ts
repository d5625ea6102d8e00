import { DescribeExecutionCommand, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import type { Context } from '../command.ts';
import { endpointIn } from '../explain.ts';
import type { Stack } from '../stack.ts';
import { pens } from '../text/outcome.ts';
import { second } from '../text/time.ts';
import { EXIT, Told } from '../told.ts';
import { History } from './history.ts';

/** A release takes minutes to days; AWS answers a few questions a second. */
const EVERY_MS = { aws: 5000, local: 500 };

/**
 * Tells each step of an execution until it has ended.
 *
 * @throws Told when Ctrl+C was pressed; the release goes on
 */
export async function follow(
  executionArn: string,
  { io }: Context,
  { clients: { sfn } }: Stack,
): Promise<DescribeExecutionOutput> {
  const pen = pens(io.hasLogColour);
  const history = new History(sfn, executionArn);
  const everyMs = endpointIn(io.environment) === undefined ? EVERY_MS.aws : EVERY_MS.local;
  io.log(`${pen.quiet('follows')} ${executionArn}`);
  for (;;) {
    // Asked before the history is read, so that nothing of an ended one is missed.
    const now = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    for (const step of await history.news()) {
      io.log(`${pen.quiet(second(step.at))}  ${'  '.repeat(step.depth)}${step.text}`);
    }
    if (now.status !== 'RUNNING' && now.status !== 'PENDING_REDRIVE') return now;
    await io.pause(everyMs);
    if (io.stopped.aborted) {
      throw new Told(EXIT.stopped, 'Stopped following. The release goes on.', [
        'npx signalbox status tells how it goes.',
        `To stop it: aws stepfunctions stop-execution --execution-arn ${executionArn}`,
      ]);
    }
  }
}
