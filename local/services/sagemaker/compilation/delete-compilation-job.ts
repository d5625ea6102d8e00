import { validationError } from '../../../aws-error.ts';
import type { Operation } from '../../../service.ts';
import type { Compilations } from './compilations.ts';

/** Only a job that has ended; its artifact stays. @throws AwsError ResourceNotFound, ValidationException */
export const deleteCompilationJob =
  (compilations: Compilations): Operation =>
  ({ CompilationJobName }: { CompilationJobName: string }) => {
    const job = compilations.job(CompilationJobName);
    if (!job.hasEnded)
      throw validationError(`Cannot delete a compilation job in status ${job.status}: stop it first.`);
    compilations.jobs.delete(CompilationJobName);
    return {};
  };
