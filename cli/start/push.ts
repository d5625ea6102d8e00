import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../packaging/root.ts';
import type { Context, Given } from '../command.ts';
import type { Stack } from '../stack.ts';
import type { Released, Running } from '../status/contract.ts';
import { AwsTold, EXIT, Told, UsageError } from '../told.ts';

/** The detail of the event Code Pushed. */
export interface Push {
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
  readonly previousCommit?: string;
  readonly by: string;
}

/** From event to execution AWS needs seconds; a queue that lags needs longer. */
const PATIENCE_MS = 180_000;

/**
 * Tells the stack's bus of a push, as a repository's workflow does.
 *
 * @throws UsageError when repository or branch are neither told nor in the pipeline's file
 */
export async function sendPush(
  pipeline: string,
  { values }: Given,
  { io }: Context,
  { clients, prefix }: Stack,
): Promise<Push> {
  const commit = commitOf('commit', values.commit as string);
  const code = codeTrigger(pipeline);
  const previous = values['previous-commit'] as string | undefined;
  const push: Push = {
    repository: needed('repository', (values.repository as string | undefined) ?? code?.repository, pipeline),
    branch: needed('branch', (values.branch as string | undefined) ?? code?.branch, pipeline),
    commit,
    ...(previous !== undefined && { previousCommit: commitOf('previous-commit', previous) }),
    by: io.user,
  };
  const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const answer = await (await clients.events()).send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: prefix,
          Source: 'signalbox.code',
          DetailType: 'Code Pushed',
          Detail: JSON.stringify(push),
        },
      ],
    }),
  );
  const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new AwsTold(`The bus ${prefix} did not take the event: ${refused.ErrorMessage}`);
  return push;
}

/** @throws UsageError where a workflow's event would be refused */
function commitOf(option: string, text: string): string {
  if (/^[0-9A-Za-z]{7,64}$/.test(text)) return text;
  throw new UsageError(
    `--${option} is ${JSON.stringify(text)}; give the commit's id, 7 to 64 letters and digits.`,
    ['In a clone: --commit "$(git rev-parse HEAD)"'],
  );
}

const needed = (option: string, value: string | undefined, pipeline: string): string => {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(`Which ${option} was pushed to? Give --${option}.`, [
    `pipelines/${pipeline}.yaml names none in triggers.code.${option}.`,
  ]);
};

/** What this clone's pipeline file says; the stack may be deployed from another one. */
function codeTrigger(pipeline: string): { repository?: string; branch?: string } | undefined {
  const file = join(projectRoot, 'pipelines', `${pipeline}.yaml`);
  if (!existsSync(file)) return undefined;
  return parse(readFileSync(file, 'utf8'))?.triggers?.code;
}

/** @throws Told when no release of the commit starts in time */
export async function releaseOfCommit(
  pipeline: string,
  commit: string,
  { io }: Context,
  stack: Stack,
): Promise<Pick<Running | Released, 'executionArn'>> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && !io.stopped.aborted) {
    const { running, releases } = await stack.status(pipeline);
    const found = [...running, ...releases].find(({ trigger }) => trigger.includes(`"commit":"${commit}"`));
    if (found !== undefined) return found;
    await io.pause(2000);
  }
  if (io.stopped.aborted) throw new Told(EXIT.stopped, 'Stopped waiting. The event was sent.');
  throw new Told(EXIT.no, `No release of ${commit} started within ${PATIENCE_MS / 60_000} minutes.`, [
    `Does pipelines/${pipeline}.yaml have triggers.code with this repository and branch, and was it deployed so?`,
    'An event that nobody understood lies in the dead-letter queue (EventDeadLetterQueueUrl), with the reason.',
  ]);
}
