import { AwsError, validationError } from '../../aws-error.ts';
import type { CodePipeline } from './codepipeline.ts';
import type { ExecutionDetails } from './job.ts';

interface PutJobSuccessResultInput {
  readonly jobId: string;
  readonly continuationToken?: string;
  readonly executionDetails?: ExecutionDetails;
  readonly outputVariables?: Readonly<Record<string, string>>;
}

/** Source: CodePipeline user guide, "Variables". */
const MOST_VARIABLE_BYTES = 122_880;

/**
 * Ends a job well, or keeps it open with a continuation token.
 *
 * @throws AwsError JobNotFoundException, InvalidJobStateException, OutputVariablesSizeExceededException, ValidationException
 */
export function putJobSuccessResult(codepipeline: CodePipeline, input: PutJobSuccessResultInput) {
  const { continuationToken, executionDetails, outputVariables } = input;
  const job = codepipeline.openJob(input.jobId);
  if (continuationToken !== undefined && outputVariables !== undefined) {
    throw validationError('outputVariables cannot be given together with a continuationToken.');
  }
  if (outputVariables && Buffer.byteLength(JSON.stringify(outputVariables)) > MOST_VARIABLE_BYTES) {
    throw new AwsError(
      'OutputVariablesSizeExceededException',
      'Exceeded the total size limit for all variables in the pipeline.',
    );
  }
  job.executionDetails = executionDetails;
  if (continuationToken !== undefined) {
    codepipeline.goOn(job, continuationToken);
    return {};
  }
  job.outputVariables = outputVariables ?? {};
  codepipeline.end(job, 'Succeeded', executionDetails?.summary);
  return {};
}
