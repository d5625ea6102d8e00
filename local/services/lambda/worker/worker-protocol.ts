import type { Answer } from '../invocation.ts';

/** What a worker is told when it starts. */
export interface WorkerStart {
  readonly directory: string;
  readonly handler: string;
}

/** What a worker says: lines of its log while it works, then its answer. */
export type WorkerMessage =
  | { readonly kind: 'log'; readonly text: string }
  | ({ readonly kind: 'answer' } & Answer);
