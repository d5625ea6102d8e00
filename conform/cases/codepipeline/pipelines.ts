import {
  type ActionDeclaration,
  CodePipelineClient,
  CreatePipelineCommand,
  DeletePipelineCommand,
  GetPipelineStateCommand,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import type { Aws } from '../../aws.ts';
import type { Allowance } from '../../case.ts';
import { makeBucket } from '../s3/buckets.ts';

export const pipelineAllowances: readonly Allowance[] = [
  {
    Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
    Resource: 'arn:aws:s3:::signalbox-conform-*/*',
  },
  {
    Action: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation', 's3:ListBucket'],
    Resource: 'arn:aws:s3:::signalbox-conform-*',
  },
  {
    Action: ['states:StartExecution', 'states:DescribeStateMachine', 'states:DescribeExecution'],
    Resource: [
      'arn:aws:states:<region>:<account>:stateMachine:signalbox-conform-*',
      'arn:aws:states:<region>:<account>:execution:signalbox-conform-*',
    ],
  },
  {
    Action: ['lambda:InvokeFunction'],
    Resource: 'arn:aws:lambda:<region>:<account>:function:signalbox-conform-*',
  },
];

/** A month of one active pipeline, which AWS bills whole; new ones are free for 30 days. */
export const pipelineCost = { usd: 1, minutes: 10 };

/** A pipeline from a file in a bucket to one action, started once. */
export const runPipeline = async (
  aws: Aws,
  action: Pick<ActionDeclaration, 'actionTypeId' | 'configuration'>,
): Promise<{ name: string; executionId: string }> => {
  const codepipeline = aws.client(CodePipelineClient);
  const bucket = await makeBucket(aws);
  const Body = zipSync({ 'request.json': Buffer.from('{}') });
  await aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'source.zip', Body }));
  const name = aws.name('pipeline');
  await codepipeline.send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        roleArn: aws.role('pipeline'),
        pipelineType: 'V1',
        artifactStore: { type: 'S3', location: bucket },
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'Source',
                actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                configuration: { S3Bucket: bucket, S3ObjectKey: 'source.zip', PollForSourceChanges: 'false' },
                outputArtifacts: [{ name: 'SourceOut' }],
              },
            ],
          },
          { name: 'Act', actions: [{ name: 'Act', ...action }] },
        ],
      },
      tags: aws.tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    }),
  );
  aws.later(`pipeline ${name}`, () => codepipeline.send(new DeletePipelineCommand({ name })));
  const { pipelineExecutionId } = await codepipeline.send(new StartPipelineExecutionCommand({ name }));
  return { name, executionId: pipelineExecutionId! };
};

/** The state of the pipeline's one action when it has ended. */
export const endOfAction = (aws: Aws, name: string) =>
  aws.until(
    'the action ends',
    async () => {
      const state = await actionState(aws, name);
      return state?.status === 'Succeeded' || state?.status === 'Failed' ? state : undefined;
    },
    { minutes: 15, everySeconds: 10 },
  );

const actionState = async (aws: Aws, name: string) => {
  const { stageStates } = await aws.client(CodePipelineClient).send(new GetPipelineStateCommand({ name }));
  return stageStates!.find(({ stageName }) => stageName === 'Act')?.actionStates?.[0]?.latestExecution;
};
