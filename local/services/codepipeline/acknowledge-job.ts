import { AwsError } from '../../aws-error.ts';
import type { CodePipeline } from './codepipeline.ts';

/**
 * For workers that poll, which get a nonce with each job. A function's job has
 * none, so whatever is sent is wrong.
 *
 * @throws AwsError JobNotFoundException, InvalidNonceException
 */
export function acknowledgeJob(codepipeline: CodePipeline, input: { readonly jobId: string }): never {
  const { id } = codepipeline.job(input.jobId);
  throw new AwsError('InvalidNonceException', `The nonce was not given out with job ${id}.`);
}
