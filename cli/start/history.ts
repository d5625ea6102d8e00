import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import { enteredState } from '../status/current-state.ts';

export interface Step {
  readonly at: Date;
  /** 0 for the release itself, 1 for a machine that it started. */
  readonly depth: number;
  readonly text: string;
}

/** A page that AWS answers at once; more pages follow where more happened. */
const PAGE = 100;

/** States that do something; a question or an ending tells nobody anything by its name. */
const WORK = /^(Task|Map|Parallel|Wait)StateEntered$/;

/** An execution's steps and those of the machines it starts, each told once. */
export class History {
  readonly #sfn: SFNClient;
  readonly #executionArn: string;
  readonly #depth: number;
  readonly #children: History[] = [];
  #seen = 0;

  constructor(sfn: SFNClient, executionArn: string, depth = 0) {
    this.#sfn = sfn;
    this.#executionArn = executionArn;
    this.#depth = depth;
  }

  /** What happened since the last time, in its order. */
  async news(): Promise<Step[]> {
    const events = await this.#newEvents();
    const steps = events.flatMap((event) => this.#stepOf(event) ?? []);
    for (const arn of events.flatMap((event) => childOf(event) ?? [])) {
      if (this.#depth === 0) this.#children.push(new History(this.#sfn, arn, this.#depth + 1));
    }
    // Whose history is nobody's business, or cannot be read just now, is not told.
    for (const child of this.#children) steps.push(...(await child.news().catch(() => [])));
    return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** Read from the end, so that a long history is not read again and again. */
  async #newEvents(): Promise<HistoryEvent[]> {
    const found: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#sfn.send(
        new GetExecutionHistoryCommand({
          executionArn: this.#executionArn,
          reverseOrder: true,
          maxResults: PAGE,
          nextToken,
        }),
      );
      const events = page.events ?? [];
      const news = events.filter(({ id = 0 }) => id > this.#seen);
      found.push(...news);
      nextToken = news.length === events.length ? page.nextToken : undefined;
    } while (nextToken !== undefined);
    this.#seen = Math.max(this.#seen, ...found.map(({ id = 0 }) => id));
    return found.reverse();
  }

  #stepOf(event: HistoryEvent): Step | undefined {
    const name = enteredState(event);
    if (name === undefined || !WORK.test(event.type!)) return undefined;
    return { at: event.timestamp!, depth: this.#depth, text: name };
  }
}

/** The execution that a task has started, as the answer to its call tells it. */
function childOf({ type, taskSubmittedEventDetails }: HistoryEvent): string | undefined {
  if (type !== 'TaskSubmitted' || taskSubmittedEventDetails?.resourceType !== 'states') return undefined;
  try {
    return (JSON.parse(taskSubmittedEventDetails.output ?? '{}') as { ExecutionArn?: string }).ExecutionArn;
  } catch {
    // AWS cuts an output that is too long; this one never is.
    return undefined;
  }
}
