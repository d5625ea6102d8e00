import type { Command } from '../command.ts';
import { pipelineNamed, type Stack } from '../stack.ts';
import { EXIT } from '../told.ts';
import type { Running, Status } from './contract.ts';
import { reasonsOf, triggerOf } from './contract.ts';
import { currentState } from './current-state.ts';
import { statusText } from './text.ts';

/** More releases than this are not asked one by one where they are. */
const MOST_LOOKED_AT = 10;

export const status: Command = {
  name: 'status',
  summary: 'who holds a turn and who waits, what runs, what waits for an approval, what was released',
  help: `npx signalbox status [pipeline] [--json]

Tells what serves, what is watched until when and what an alarm would bring back,
what waits for an approval, what runs and in which state, who holds a turn and who
waits for it, which uploads are being gathered, and the latest releases: of all
pipelines, or more of one.

  npx signalbox status
  npx signalbox status flight-delay
  npx signalbox status --json | jq '.waitingForApproval[].release'`,
  options: {},
  words: { least: 0, most: 1, are: 'at most one pipeline' },

  async run({ words: [pipeline] }, context) {
    const stack = await context.stack();
    const told = await stack.status(pipeline);
    if (pipeline !== undefined) pipelineNamed(pipeline, told.pipelines);
    const states = await statesOf(told.running, stack);
    return {
      exitCode: EXIT.done,
      document: documentOf(told, states),
      text: statusText(told, states, { stack, pipeline, io: context.io }),
    };
  },
};

/** Where each running release stands, by its execution. */
export type States = ReadonlyMap<string, string>;

async function statesOf(running: readonly Running[], { clients }: Stack): Promise<States> {
  const looked = running.slice(0, MOST_LOOKED_AT);
  const states = await Promise.all(
    looked.map(({ executionArn }) =>
      // It may have ended by now, or its history may be nobody's business: the status is told all the same.
      currentState(clients.sfn, executionArn).catch(() => ''),
    ),
  );
  return new Map(looked.map(({ executionArn }, at) => [executionArn, states[at]!]));
}

/** The same with what was text inside as values. */
const documentOf = (told: Status, states: States) => ({
  ...told,
  running: told.running.map((release) => ({
    ...release,
    trigger: triggerOf(release.trigger),
    state: states.get(release.executionArn) ?? '',
  })),
  waitingForApproval: told.waitingForApproval.map((release) => ({
    ...release,
    trigger: triggerOf(release.trigger),
  })),
  releases: told.releases.map((release) => ({
    ...release,
    trigger: triggerOf(release.trigger),
    reasons: reasonsOf(release.reasons),
  })),
});
