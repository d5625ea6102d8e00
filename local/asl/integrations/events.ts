import { dataOf } from '../data.ts';
import { StateError } from '../errors.ts';
import type { Integration } from './integration.ts';
import { optimizedCall } from './optimized.ts';

interface Entry {
  readonly Resources?: readonly string[];
}

/** `events:putEvents`: names the machine and the execution in each event; one entry that fails fails the task. */
export const putEvents: Integration = {
  async request(task) {
    const { facts } = task.execution;
    const { Entries, ...rest } = task.arguments as { Entries: readonly Entry[] };
    const answer = await optimizedCall(task, {
      ...rest,
      Entries: Entries.map((entry) => ({
        ...entry,
        Resources: [...(entry.Resources ?? []), facts.machineArn, facts.arn],
      })),
    });
    if (answer.FailedEntryCount === 0) return dataOf(answer);
    throw new StateError('EventBridge.FailedEntry', JSON.stringify(answer));
  },
};
