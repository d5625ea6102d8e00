import { AwsError, notModelled, validationError } from '../../../aws-error.ts';
import { copyOf } from '../../../copy.ts';
import type { Operation } from '../../../service.ts';
import { ExecutionRole } from '../execution-role.ts';
import { CompilationJob } from './compilation-job.ts';
import type { Compilations } from './compilations.ts';
import { type CompilationRequest, NEED_A_SHAPE } from './requests.ts';

/** @throws AwsError ValidationException, ResourceInUse */
export const createCompilationJob =
  (compilations: Compilations): Operation =>
  (input: CompilationRequest) => {
    check(input);
    const arn = compilations.arn(input.CompilationJobName);
    if (compilations.jobs.has(input.CompilationJobName)) {
      throw new AwsError(
        'ResourceInUse',
        `Compilation job names must be unique within an AWS account and region, and a compilation job with this name already exists (${arn})`,
      );
    }
    new ExecutionRole(compilations.world, input.RoleArn).requireAssumable();
    const { Tags, ...request } = copyOf(input);
    compilations.tags.add(arn, Tags ?? []);
    compilations.start(new CompilationJob(compilations.world, arn, request));
    return { CompilationJobArn: arn };
  };

/** The rules are told on the members in the API model; AWS's words for a breach are not known. */
function check({
  InputConfig: input,
  ModelPackageVersionArn,
  OutputConfig: output,
}: CompilationRequest): void {
  if ((input === undefined) === (ModelPackageVersionArn === undefined))
    throw validationError('Exactly one of InputConfig and ModelPackageVersionArn must be given.');
  if ((output.TargetDevice === undefined) === (output.TargetPlatform === undefined))
    throw validationError('Exactly one of TargetDevice and TargetPlatform must be given in OutputConfig.');
  if (input === undefined) throw notModelled('ModelPackageVersionArn');
  if (input.DataInputConfig === undefined && NEED_A_SHAPE.includes(input.Framework))
    throw validationError(`DataInputConfig is required for framework ${input.Framework}.`);
  checkJson('DataInputConfig', input.DataInputConfig);
  checkJson('CompilerOptions', output.CompilerOptions);
}

function checkJson(member: string, text: string | undefined): void {
  if (text === undefined) return;
  try {
    JSON.parse(text);
  } catch {
    throw validationError(`${member} is not valid JSON: ${text}`);
  }
}
