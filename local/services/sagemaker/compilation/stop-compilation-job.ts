import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import type { Compilations } from './compilations.ts';

/** @throws AwsError ResourceNotFound, ValidationException for a job that has ended */
export const stopCompilationJob =
  (compilations: Compilations): Operation =>
  ({ CompilationJobName }: { CompilationJobName: string }) => {
    const job = compilations.job(CompilationJobName);
    if (job.hasEnded) {
      throw validationError(
        `The request was rejected because the compilation job is in status ${job.status}.`,
      );
    }
    compilations.stop(CompilationJobName);
    return {};
  };
