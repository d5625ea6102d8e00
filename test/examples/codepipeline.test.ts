import { describe, expect, test } from '@jest/globals';
import { buildTemplate } from '../../local/template/build-template.ts';
import { openAccount } from '../local/support/open-account.ts';
import { exampleTemplate } from './support/example.ts';

const parameters = {
  ConnectionArn: 'arn:aws:codeconnections:eu-west-1:123456789012:connection/aEXAMPLE-8aad',
  Repository: 'you/flight-delay-model',
};

describe.each([
  ['codepipeline/step-functions-action.yaml', 'StepFunctions', 'Input'],
  ['codepipeline/lambda-action.yaml', 'Lambda', 'UserParameters'],
])('%s', (path, provider, field) => {
  const built = async () => {
    const account = await openAccount();
    const { resources } = await buildTemplate(account.world, exampleTemplate(path, parameters));
    const { pipeline } = await account.call('GetPipeline', { name: resources.Pipeline });
    return { ...account, pipeline, resources };
  };

  test('declares a pipeline that CodePipeline takes, with a trigger on its branch', async () => {
    const { pipeline } = await built();

    expect(pipeline).toMatchObject({
      pipelineType: 'V2',
      executionMode: 'QUEUED',
      triggers: [
        {
          providerType: 'CodeStarSourceConnection',
          gitConfiguration: { sourceActionName: 'Source', push: [{ branches: { includes: ['main'] } }] },
        },
      ],
    });
    expect(pipeline.stages.map(({ name }: { name: string }) => name)).toEqual(['Source', 'Build', 'Release']);
  });

  test('asks for the commit’s own image by ids alone, in a text that is JSON', async () => {
    const { pipeline } = await built();

    const { actionTypeId, configuration } = pipeline.stages[2].actions[0];
    expect(actionTypeId.provider).toBe(provider);
    expect(configuration[field].match(/#\{[^}]+\}/g).sort()).toEqual([
      '#{Source.CommitId}',
      '#{Source.CommitId}',
      '#{codepipeline.PipelineExecutionId}',
    ]);
    expect(JSON.parse(configuration[field])).toMatchObject({
      pipeline: 'flight-delay',
      overrides: { image: 'flight-delay:#{Source.CommitId}' },
    });
  });

  test('builds the image under the commit as its tag', async () => {
    const { pipeline, call, resources } = await built();

    const { configuration } = pipeline.stages[1].actions[0];
    expect(JSON.parse(configuration.EnvironmentVariables)).toEqual([
      { name: 'IMAGE_TAG', value: '#{Source.CommitId}', type: 'PLAINTEXT' },
    ]);
    const { projects } = await call('BatchGetProjects', { names: [configuration.ProjectName] });
    expect(projects).toMatchObject([{ name: resources.BuildProject, environment: { privilegedMode: true } }]);
  });

  test('gives no role an action with a star, and all resources only where AWS knows none', () => {
    const { body } = exampleTemplate(path, parameters);
    const statements = Object.values(body.Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .flatMap(({ Properties }) => Properties!.Policies as { PolicyDocument: { Statement: object[] } }[])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as { Action: string; Resource: unknown }[]);

    expect(statements.filter(({ Action }) => [Action].flat().some((action) => action.includes('*')))).toEqual(
      [],
    );
    expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual([
      'ecr:GetAuthorizationToken',
    ]);
  });
});
