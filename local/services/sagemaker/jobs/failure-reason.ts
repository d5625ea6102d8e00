import { AwsError } from '../../../aws-error.ts';

/** `FailureReason` and `ExitMessage` hold at most this many characters. */
const LONGEST_REASON = 1024;

export const cut = (text: string): string => text.slice(0, LONGEST_REASON);

/**
 * A container that ended with an error, as SageMaker words it:
 * `AlgorithmError: <failure file>, exit code: 1`.
 *
 * AWS leaves the middle empty when there is no failure file. Here the end of
 * the container's output stands in for it, since there is no log group to look in.
 */
export function algorithmError(exitCode: number, told: string): string {
  const start = 'AlgorithmError: ';
  const end = `, exit code: ${exitCode}`;
  return `${start}${told.trim().slice(0, LONGEST_REASON - start.length - end.length)}${end}`;
}

/** A processing job whose container explained itself: the explanation is the ExitMessage. */
export const SEE_EXIT_MESSAGE = 'AlgorithmError: See job logs for more information';

/** What another service refuses (an output bucket that is not there) is the requester's fault, all else SageMaker's. */
export function unexpected(error: unknown): string {
  if (error instanceof AwsError) return `ClientError: ${error.message}`;
  return `InternalServerError: ${error instanceof Error ? error.message : error}`;
}
