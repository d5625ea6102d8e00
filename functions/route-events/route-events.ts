import type { Pipeline } from '#shared/generated/contracts.ts';
import { type Asked, routeEvent } from './route-event.ts';
import type { SQSRecord } from './sqs.ts';

/** What became of asking Step Functions. */
export type Started = 'started' | 'duplicate';

export interface Doors {
  readonly pipelines: Readonly<Record<string, Pipeline>>;
  /** Starts one execution; answers `duplicate` when its name is taken. */
  readonly start: (asked: Asked) => Promise<Started>;
  readonly log: (message: string, detail: Record<string, unknown>) => void;
}

/** Starts what one message asks for. Throws when the message must come back: SQS keeps it, and in the end the dead-letter queue. */
export async function routeRecord(record: SQSRecord, { pipelines, start, log }: Doors): Promise<void> {
  const wishes = routeEvent(record.body, pipelines);
  if (wishes.length === 0) log('No pipeline watches this', { messageId: record.messageId });
  for (const wish of wishes) {
    log(`Release ${await start(wish)}`, {
      name: wish.name,
      pipeline: wish.request.pipeline,
      messageId: record.messageId,
    });
  }
}
