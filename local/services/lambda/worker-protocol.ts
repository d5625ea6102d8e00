/** What a worker is told when it starts. */
export interface WorkerStart {
  /** Where the function's package is unpacked. */
  readonly directory: string;
  /** Such as `functions/route-events/handler.handler`. */
  readonly handler: string;
}

/** One invocation, on its way to a worker. */
export interface Invocation {
  /** JSON text. */
  readonly event: string;
  readonly context: {
    readonly awsRequestId: string;
    readonly functionName: string;
    readonly functionVersion: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
  /** Epoch milliseconds of the world's clock. */
  readonly nowMs: number;
  /** Seconds of the world in one real second; 0 on the virtual clock, where time stands still meanwhile. */
  readonly speed: number;
  readonly timeoutMs: number;
}

/** What a worker says: lines of its log while it works, then its answer. */
export type WorkerMessage =
  | { readonly kind: 'log'; readonly text: string }
  | ({ readonly kind: 'answer' } & Answer);

export interface Answer {
  /** JSON text: the result or, with `isError`, Lambda's error object. */
  readonly payload: string;
  readonly isError: boolean;
}

/** An error in the shape of Lambda's Node runtime. */
export const errorAnswer = (errorType: string, errorMessage: string, trace?: string[]): Answer => ({
  payload: JSON.stringify({ errorType, errorMessage, ...(trace && { trace }) }),
  isError: true,
});
