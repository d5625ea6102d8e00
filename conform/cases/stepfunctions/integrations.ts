import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CallCase, Json } from '../../case.ts';
import { makeBucket } from '../s3/buckets.ts';
import { makeQueue } from '../sqs/queues.ts';
import {
  aFewStates,
  asl,
  makeMachine,
  mayStart,
  outcomeOf,
  start,
  task,
  untilEnded,
  walk,
  yesOrNo,
} from './machines.ts';

/** What the tasks of a release hand on. */
export const integrationCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/child-executions',
    title: 'A machine runs another and takes over its end',
    service: 'stepfunctions',
    asks: 'outputs of `.sync` and `.sync:2`, and the error and cause of a child that fails',
    assumed: '`.sync` gives the output as text, `.sync:2` as JSON; a failed child is `States.TaskFailed`',
    cost: { usd: 0.001, minutes: 2 },
    needs: {
      roles: {
        machine: [
          mayStart,
          {
            Action: ['states:DescribeExecution', 'states:StopExecution'],
            Resource: 'arn:aws:states:<region>:<account>:execution:signalbox-conform-*',
          },
          {
            Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
            Resource:
              'arn:aws:events:<region>:<account>:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule',
          },
        ],
      },
    },
    async run(aws) {
      const child = await makeMachine(
        aws,
        asl(
          yesOrNo(
            { Type: 'Succeed', Output: { answer: 42 } },
            { Type: 'Fail', Error: 'No', Cause: 'not ok' },
          ),
        ),
        { suffix: 'child' },
      );
      const ending = async (suffix: string, pattern: string, ok: boolean) => {
        const Run = task(`states:startExecution${pattern}`, { StateMachineArn: child, Input: { ok } });
        return walk(aws, await makeMachine(aws, asl({ Run }), { suffix }));
      };
      const result = ({ output }: { output?: string | undefined }): Json => {
        const { Output, Status, ...rest } = JSON.parse(output!) as Record<string, Json>;
        return { Output: Output!, Status: Status!, others: Object.keys(rest).sort() };
      };
      const text = await ending('text', '.sync', true);
      const json = await ending('json', '.sync:2', true);
      const failed = await ending('failed', '.sync:2', false);
      const { Error: error, Cause: cause } = JSON.parse(failed.ended.cause!) as Record<string, Json>;
      return {
        text: result(text.ended),
        json: result(json.ended),
        history: json.history,
        failed: {
          status: failed.ended.status!,
          error: failed.ended.error!,
          child: { error: error!, cause: cause! },
        },
      };
    },
  },
  {
    id: 'stepfunctions/task-results',
    title: 'What tasks get from S3 and SQS',
    service: 'stepfunctions',
    asks: 'results of an optimized and of an AWS SDK integration, and the error of a missing object',
    assumed: 'the optimized one adds the response’s metadata; `S3.NoSuchKeyException`',
    cost: aFewStates,
    needs: {
      roles: {
        machine: [
          { Action: ['sqs:SendMessage'], Resource: 'arn:aws:sqs:<region>:<account>:signalbox-conform-*' },
          { Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::signalbox-conform-*/*' },
          { Action: ['s3:ListBucket'], Resource: 'arn:aws:s3:::signalbox-conform-*' },
        ],
      },
    },
    async run(aws) {
      const Bucket = await makeBucket(aws);
      await aws.client(S3Client).send(new PutObjectCommand({ Bucket, Key: 'a.json', Body: '{"a":1}' }));
      const { url } = await makeQueue(aws, 'queue');
      const one = (resource: string, Arguments: object) => asl({ Do: task(resource, Arguments) });
      const keys = async (suffix: string, definition: string) => {
        const machine = await makeMachine(aws, definition, { suffix });
        const { output } = await untilEnded(aws, await start(aws, machine));
        return JSON.parse(output!) as Record<string, Json>;
      };
      const sent = await keys('send', one('sqs:sendMessage', { QueueUrl: url, MessageBody: { a: 1 } }));
      const sentBare = await keys(
        'send-bare',
        one('aws-sdk:sqs:sendMessage', { QueueUrl: url, MessageBody: 'x' }),
      );
      const got = await keys('get', one('aws-sdk:s3:getObject', { Bucket, Key: 'a.json' }));
      return {
        sent: Object.keys(sent).sort(),
        sentBare: Object.keys(sentBare).sort(),
        got: Object.keys(got).sort(),
        body: got.Body!,
        etag: got.ETag!,
        missing: await outcomeOf(aws, one('aws-sdk:s3:getObject', { Bucket, Key: 'gone' }), {
          suffix: 'missing',
        }),
        noQueue: await outcomeOf(aws, one('sqs:sendMessage', { QueueUrl: `${url}-gone`, MessageBody: 'x' }), {
          suffix: 'gone',
        }),
      };
    },
  },
];
