import { AwsError } from '../../aws-error.ts';
import type { CodePipeline } from './codepipeline.ts';
import type { PipelineDeclaration } from './pipeline.ts';

/**
 * Keeps a pipeline's declaration; nothing here runs it as a whole.
 *
 * Source of the rules: CodePipeline user guide, "Pipeline structure reference". The words are ours.
 *
 * @throws AwsError InvalidActionDeclarationException, InvalidStructureException, PipelineNameInUseException
 */
export function createPipeline(
  { pipelines, world }: CodePipeline,
  { pipeline }: { readonly pipeline: PipelineDeclaration },
): { pipeline: PipelineDeclaration & { version: number } } {
  if (pipelines.has(pipeline.name)) {
    throw new AwsError('PipelineNameInUseException', `A pipeline named ${pipeline.name} is there already.`);
  }
  if (!world.iam.trusts(pipeline.roleArn, 'codepipeline.amazonaws.com')) {
    throw invalid('CodePipeline is not authorized to perform AssumeRole on the role.');
  }
  checkStages(pipeline);
  checkType(pipeline);
  const kept = { ...pipeline, version: 1 };
  pipelines.set(pipeline.name, kept);
  return { pipeline: kept };
}

function checkStages({ stages }: PipelineDeclaration): void {
  if (stages.length < 2) throw invalid('A pipeline has two stages or more.');
  const artifacts = new Set<string>();
  const actions = stages.flatMap((stage) => stage.actions);
  for (const names of [stages, actions].map((all) => all.map(({ name }) => name))) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalid(`The name ${twice} is there twice.`);
  }
  for (const [index, stage] of stages.entries()) {
    for (const { name, actionTypeId, inputArtifacts = [], outputArtifacts = [] } of stage.actions) {
      if ((actionTypeId.category === 'Source') !== (index === 0)) {
        throw invalid('The first stage has source actions and no others; the rest has none.');
      }
      const unknown = inputArtifacts.find((artifact) => !artifacts.has(artifact.name));
      if (unknown !== undefined) {
        throw new AwsError(
          'InvalidActionDeclarationException',
          `The input artifact ${unknown.name} of ${name} comes from no action before it.`,
        );
      }
      for (const artifact of outputArtifacts) artifacts.add(artifact.name);
    }
  }
}

function checkType({ pipelineType = 'V1', executionMode, triggers, variables, stages }: PipelineDeclaration) {
  const asks = triggers ?? variables ?? (executionMode === 'SUPERSEDED' ? undefined : executionMode);
  if (pipelineType === 'V1' && asks !== undefined) {
    throw invalid(
      'Triggers, variables and execution modes other than SUPERSEDED need a pipeline of type V2.',
    );
  }
  const sources = stages[0]!.actions.map(({ name }) => name);
  const lost = triggers?.find(
    ({ gitConfiguration: { sourceActionName } }) => !sources.includes(sourceActionName),
  );
  if (lost !== undefined)
    throw invalid(`A trigger names ${lost.gitConfiguration.sourceActionName}, which is no source.`);
}

const invalid = (message: string): AwsError => new AwsError('InvalidStructureException', message);
