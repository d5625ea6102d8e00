import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CodePipelineClient,
  GetJobDetailsCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { CallCase, Json } from '../../case.ts';
import { makeFunction } from '../lambda/functions.ts';
import { makeOpenQueue, nextMessage } from '../sqs/queues.ts';

const anyJob = '11111111-abcd-1111-abcd-111111abcdef';

const oddFunction = `exports.handler = async ({ n }) => {
  if (n === undefined) throw new TypeError('n is missing');
  return { twice: 2 * n };
};`;

/** Services of which the stack uses little: what they refuse, and one message on its way. */
export const otherCases: readonly CallCase[] = [
  {
    id: 'lambda/refusals',
    title: 'What Lambda refuses',
    service: 'lambda',
    asks: 'the refusal of an unknown function',
    assumed: '`ResourceNotFoundException`, “Function not found: …”',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const lambda = aws.client(LambdaClient);
      return {
        unknown: await aws.refusal(
          lambda.send(new InvokeCommand({ FunctionName: aws.name('gone'), Payload: Buffer.from('{}') })),
        ),
      };
    },
  },
  {
    id: 'lambda/invoke',
    title: 'A function is made and asked',
    service: 'lambda',
    asks: 'the answer of a function, and of one that throws',
    assumed: 'the payload; of one that throws, `Unhandled` with its type and message',
    cost: { usd: 0.0005, minutes: 2 },
    needs: { roles: { function: [] } },
    async run(aws) {
      const lambda = aws.client(LambdaClient);
      const FunctionName = await makeFunction(aws, oddFunction);
      const ask = async (payload: object): Promise<Json> => {
        const {
          StatusCode,
          FunctionError = null,
          Payload,
        } = await lambda.send(
          new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)) }),
        );
        const { trace: _trace, ...answer } = JSON.parse(Buffer.from(Payload!).toString()) as Record<
          string,
          Json
        >;
        return { StatusCode: StatusCode!, FunctionError, answer };
      };
      return { answered: await ask({ n: 21 }), thrown: await ask({}) };
    },
  },
  {
    id: 'ecr/refusals',
    title: 'What ECR refuses',
    service: 'ecr',
    asks: 'the refusal of an unknown repository',
    assumed: '`RepositoryNotFoundException`, naming the registry',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const describe = new DescribeImagesCommand({ repositoryName: aws.name('gone') });
      return { unknownRepository: await aws.refusal(aws.client(ECRClient).send(describe)) };
    },
  },
  {
    id: 'sagemaker-runtime/refusals',
    title: 'What SageMaker’s runtime refuses',
    service: 'sagemaker-runtime',
    asks: 'the refusal of an unknown endpoint',
    assumed: '`ValidationError`, “Endpoint … of account … not found.”',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const invoke = new InvokeEndpointCommand({ EndpointName: aws.name('gone'), Body: Buffer.from('1') });
      return { unknownEndpoint: await aws.refusal(aws.client(SageMakerRuntimeClient).send(invoke)) };
    },
  },
  {
    id: 'application-autoscaling/refusals',
    title: 'What Application Auto Scaling refuses',
    service: 'application-autoscaling',
    asks: 'the refusal of a target whose endpoint is not there',
    assumed: '`ValidationException`',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const scaling = aws.client(ApplicationAutoScalingClient);
      const ResourceId = `endpoint/${aws.name('gone')}/variant/main`;
      const listed = await scaling.send(
        new DescribeScalableTargetsCommand({ ServiceNamespace: 'sagemaker', ResourceIds: [ResourceId] }),
      );
      return {
        none: listed.ScalableTargets!.length,
        unknownEndpoint: await aws.refusal(
          scaling.send(
            new RegisterScalableTargetCommand({
              ServiceNamespace: 'sagemaker',
              ResourceId,
              ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
              MinCapacity: 1,
              MaxCapacity: 2,
            }),
          ),
        ),
      };
    },
  },
  {
    id: 'codepipeline/refusals',
    title: 'What CodePipeline refuses',
    service: 'codepipeline',
    asks: 'the refusal of a job of nobody',
    assumed: '`JobNotFoundException`',
    cost: { usd: 0, minutes: 1 },
    async run(aws) {
      const codepipeline = aws.client(CodePipelineClient);
      return {
        answered: await aws.refusal(codepipeline.send(new PutJobSuccessResultCommand({ jobId: anyJob }))),
        read: await aws.refusal(codepipeline.send(new GetJobDetailsCommand({ jobId: anyJob }))),
        badId: await aws.refusal(codepipeline.send(new PutJobSuccessResultCommand({ jobId: 'x' }))),
      };
    },
  },
  {
    id: 'sns/topic-to-queue',
    title: 'A topic hands a message to a queue',
    service: 'sns',
    asks: 'the envelope that a queue gets from a topic, and what an unknown topic answers',
    assumed: 'a `Notification` with subject, message and attributes; `NotFound`',
    cost: { usd: 0.0005, minutes: 2 },
    async run(aws) {
      const sns = aws.client(SNSClient);
      const topic = await sns.send(new CreateTopicCommand({ Name: aws.name('topic'), Tags: aws.tags }));
      const TopicArn = topic.TopicArn!;
      aws.later(`topic ${aws.name('topic')}`, () => sns.send(new DeleteTopicCommand({ TopicArn })));
      const { url, arn } = await makeOpenQueue(aws, 'sns.amazonaws.com', TopicArn);
      await sns.send(
        new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, ReturnSubscriptionArn: true }),
      );
      await aws.sleep(10);
      await sns.send(
        new PublishCommand({
          TopicArn,
          Subject: 'Told',
          Message: 'hello',
          MessageAttributes: { kind: { DataType: 'String', StringValue: 'news' } },
        }),
      );
      const { Signature, SigningCertURL, UnsubscribeURL, ...envelope } = JSON.parse(
        (await nextMessage(aws, url)).body,
      ) as Record<string, Json>;
      return {
        envelope,
        signed: [Signature, SigningCertURL, UnsubscribeURL].every((one) => one !== undefined),
        unknownTopic: await aws.refusal(
          sns.send(new PublishCommand({ TopicArn: `${TopicArn}-gone`, Message: 'x' })),
        ),
      };
    },
  },
];
