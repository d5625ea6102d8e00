import { beforeEach, expect, test } from '@jest/globals';
import { type Account, openAccount } from '../support/open-account.ts';

const action = (name: string, category: string, provider: string, more: object = {}) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  ...more,
});

const source = action('Source', 'Source', 'CodeStarSourceConnection', {
  outputArtifacts: [{ name: 'SourceOut' }],
});
const invoke = action('Ask', 'Invoke', 'Lambda', { configuration: { FunctionName: 'f' } });

const pipeline = (given: object = {}) => ({
  name: 'flight-delay',
  roleArn: 'arn:aws:iam::123456789012:role/pipeline',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    { name: 'Source', actions: [source] },
    { name: 'Release', actions: [invoke] },
  ],
  ...given,
});

let call: Account['call'];
beforeEach(async () => {
  ({ call } = await openAccount());
});

test('a pipeline is kept as it was declared', async () => {
  await call('CreatePipeline', { pipeline: pipeline() });

  expect(await call('GetPipeline', { name: 'flight-delay' })).toEqual({
    pipeline: { ...pipeline(), version: 1 },
  });
  await expect(call('GetPipeline', { name: 'other' })).rejects.toMatchObject({
    code: 'PipelineNotFoundException',
  });
  await expect(call('CreatePipeline', { pipeline: pipeline() })).rejects.toMatchObject({
    code: 'PipelineNameInUseException',
  });
});

test.each([
  ['one stage', { stages: [{ name: 'Source', actions: [source] }] }, 'two stages or more'],
  [
    'a source that comes later',
    {
      stages: [
        { name: 'Source', actions: [source] },
        { name: 'Release', actions: [{ ...source, name: 'Again' }] },
      ],
    },
    'The first stage has source actions',
  ],
  [
    'a name that is there twice',
    {
      stages: [
        { name: 'Source', actions: [source] },
        { name: 'Release', actions: [invoke, invoke] },
      ],
    },
    'The name Ask is there twice.',
  ],
  [
    'an artifact that nobody makes',
    {
      stages: [
        { name: 'Source', actions: [source] },
        { name: 'Release', actions: [{ ...invoke, inputArtifacts: [{ name: 'Other' }] }] },
      ],
    },
    'The input artifact Other of Ask comes from no action before it.',
  ],
  ['queued runs without type V2', { executionMode: 'QUEUED' }, 'need a pipeline of type V2'],
  [
    'a trigger on what is no source',
    {
      pipelineType: 'V2',
      triggers: [
        { providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Other' } },
      ],
    },
    'A trigger names Other',
  ],
  [
    'a configuration of more than 1,000 characters',
    {
      stages: [
        { name: 'Source', actions: [source] },
        { name: 'Release', actions: [{ ...invoke, configuration: { UserParameters: 'x'.repeat(1001) } }] },
      ],
    },
    'less than or equal to 1000',
  ],
])('a pipeline with %s is refused', async (_, given, message) => {
  await expect(call('CreatePipeline', { pipeline: pipeline(given) })).rejects.toThrow(message);
});
