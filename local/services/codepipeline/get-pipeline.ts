import { AwsError } from '../../aws-error.ts';
import type { CodePipeline } from './codepipeline.ts';

/** @throws AwsError PipelineNotFoundException */
export function getPipeline({ pipelines }: CodePipeline, { name }: { readonly name: string }) {
  const pipeline = pipelines.get(name);
  if (pipeline === undefined) {
    throw new AwsError('PipelineNotFoundException', `A pipeline named ${name} could not be found.`);
  }
  return { pipeline };
}
