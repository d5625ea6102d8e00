import { EventRefusedError } from '#shared/errors.ts';
import type { Pipeline } from '#shared/generated/contracts.ts';
import type { Doors } from './doors.ts';
import { type Gathered, gather, sort } from './gather.ts';
import { routeEvent } from './route-event.ts';
import type { SQSRecord } from './sqs.ts';
import type { Start, Wish } from './wish.ts';

/** Calls under way at once: a batch of a thousand must not be throttled by its own haste. */
const AT_ONCE = 16;

export interface Routed {
  /** Ids of the messages that must come back. */
  readonly failed: string[];
  /** Messages: read by nobody, understood by nobody. */
  readonly unmatched: number;
  readonly malformed: number;
  readonly starts: readonly string[];
}

/** What has to be done once, however many messages ask for it. */
interface Task {
  readonly doing: string;
  readonly records: SQSRecord[];
  readonly run: () => Promise<string | undefined>;
}

/**
 * Does what a batch of messages asks for, each wish once. A message comes back
 * when something that it asked for could not be done; what nobody can read is
 * given up at once, so that it holds up nothing.
 */
export async function routeBatch(
  records: readonly SQSRecord[],
  pipelines: readonly Pipeline[],
  doors: Doors,
  log: (message: string, detail: Record<string, unknown>) => void,
): Promise<Routed> {
  const tasks = new Map<string, Task>();
  const bursts = new Map<string, Gathered>();
  const task = (key: string, record: SQSRecord, run: Task['run']): void => {
    const known = tasks.get(key);
    if (known === undefined) tasks.set(key, { doing: key, records: [record], run });
    else known.records.push(record);
  };
  let unmatched = 0;
  let malformed = 0;
  for (const record of records) {
    let wishes: readonly Wish[];
    try {
      wishes = routeEvent(record.body, pipelines);
    } catch (error) {
      if (!(error instanceof EventRefusedError)) throw error;
      malformed += 1;
      task(`give up ${record.messageId}`, record, () => giveUp(record, error.message, doors));
      continue;
    }
    if (wishes.length === 0) unmatched += 1;
    for (const wish of wishes) {
      if (wish.kind === 'start') task(`start ${wish.name}`, record, () => start(wish, doors));
      else {
        const gathered = sort(wish, bursts);
        task(`gather ${wish.pipeline.name}`, record, () => gather(gathered, doors));
      }
    }
  }

  const failed = new Set<string>();
  const starts: string[] = [];
  await inTurns([...tasks.values()], async ({ doing, records: asking, run }) => {
    try {
      const started = await run();
      if (started !== undefined) starts.push(started);
      log(`Done: ${doing}`, { started, messages: asking.length });
    } catch (error) {
      for (const { messageId } of asking) failed.add(messageId);
      log(`Failed: ${doing}`, { error: String(error), messages: asking.length });
    }
  });
  return { failed: [...failed], unmatched, malformed, starts };
}

async function start(wish: Start, doors: Doors): Promise<string> {
  await doors.start(wish);
  return wish.name;
}

async function giveUp({ body }: SQSRecord, reason: string, doors: Doors): Promise<undefined> {
  await doors.giveUp(body, reason);
}

/** Runs `work` on every item, a few at a time. */
async function inTurns<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
