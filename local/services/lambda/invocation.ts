/** One invocation, on its way to a function's environment. */
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
  /** Where this world answers SDK clients, such as `http://127.0.0.1:4566`. */
  readonly endpointUrl: string;
}

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

/** What Lambda answers for a function whose process ended under it. */
export const exitAnswer = (awsRequestId: string, code: number): Answer => {
  const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
  return errorAnswer('Runtime.ExitError', `RequestId: ${awsRequestId} Error: Runtime exited ${how}`);
};
