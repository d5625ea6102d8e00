import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import type { Aws } from '../../aws.ts';
import type { CallCase, Json } from '../../case.ts';
import { makeBucket } from '../s3/buckets.ts';
import { makeQueue, nextMessage } from '../sqs/queues.ts';
import {
  aFewStates,
  asl,
  bareMachine,
  historyOf,
  makeMachine,
  mayStart,
  outcomeOf,
  shapeOf,
  start,
  task,
  told,
  untilEnded,
  walk,
} from './machines.ts';

const mayAskQueues = {
  roles: {
    machine: [
      { Action: ['sqs:SendMessage'], Resource: 'arn:aws:sqs:<region>:<account>:signalbox-conform-*' },
    ],
  },
} as const;

/** A machine that puts its token into a queue and waits. */
const asking = async (
  aws: Aws,
  limits: object = {},
  suffix = 'asking',
): Promise<{ machine: string; token: () => Promise<string> }> => {
  const { url } = await makeQueue(aws, suffix);
  const machine = await makeMachine(
    aws,
    asl({
      Ask: task(
        'sqs:sendMessage.waitForTaskToken',
        { QueueUrl: url, MessageBody: { token: '{% $states.context.Task.Token %}' } },
        limits,
      ),
    }),
    { suffix },
  );
  const token = async () => (JSON.parse((await nextMessage(aws, url)).body) as { token: string }).token;
  return { machine, token };
};

export const taskCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/callbacks',
    title: 'A task that waits for its token takes one answer',
    service: 'stepfunctions',
    asks: 'history of an answered callback, a second answer, wrong output and a token of nobody',
    assumed: 'the second answer is `TaskTimedOut`, a made-up token `InvalidToken`, no JSON `InvalidOutput`',
    cost: aFewStates,
    needs: mayAskQueues,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const { machine, token } = await asking(aws);
      const executionArn = await start(aws, machine);
      const taskToken = await token();
      const noJson = await aws.refusal(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{' })));
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
      await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"yes":true}' }));
      const ended = await untilEnded(aws, executionArn);
      const failing = await start(aws, machine);
      await sfn.send(new SendTaskFailureCommand({ taskToken: await token(), error: 'No', cause: 'said no' }));
      return {
        noJson,
        ended: told(ended),
        history: shapeOf(await historyOf(aws, executionArn)),
        again: await aws.refusal(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))),
        heartbeatAfterwards: await aws.refusal(sfn.send(new SendTaskHeartbeatCommand({ taskToken }))),
        madeUp: await aws.refusal(
          sfn.send(new SendTaskSuccessCommand({ taskToken: 'made-up', output: '{}' })),
        ),
        failed: told(await untilEnded(aws, failing)),
      };
    },
  },
  {
    id: 'stepfunctions/time-outs',
    title: 'A task whose token stays unanswered ends by its time limit or its heartbeat',
    service: 'stepfunctions',
    asks: 'error names and events of a time-out and of a missed heartbeat',
    assumed: 'both show as `States.Timeout`',
    cost: { usd: 0.001, minutes: 2 },
    needs: mayAskQueues,
    async run(aws) {
      const ending = async (suffix: string, limits: object): Promise<Json> => {
        const { machine } = await asking(aws, limits, suffix);
        const { ended, events, history } = await walk(aws, machine);
        const { taskTimedOutEventDetails, executionFailedEventDetails } = Object.assign({}, ...events);
        return {
          ended: told(ended),
          history,
          details: JSON.parse(
            JSON.stringify({ task: taskTimedOutEventDetails, execution: executionFailedEventDetails }),
          ) as Json,
        };
      };
      return {
        timeLimit: await ending('limit', { TimeoutSeconds: 5 }),
        heartbeat: await ending('heartbeat', { TimeoutSeconds: 60, HeartbeatSeconds: 5 }),
      };
    },
  },
  {
    id: 'stepfunctions/arguments-of-a-retry',
    title: 'Each attempt of a task evaluates its arguments anew',
    service: 'stepfunctions',
    asks: 'whether `RetryCount` in a task’s Arguments counts from attempt to attempt',
    assumed: 'it does',
    cost: aFewStates,
    needs: { roles: { machine: [mayStart] } },
    async run(aws) {
      const machine = await makeMachine(
        aws,
        asl({
          Start: task(
            'states:startExecution',
            {
              StateMachineArn: `arn:aws:states:${aws.region}:${aws.accountId}:stateMachine:${aws.name('gone')}`,
              Name: "{% 'attempt-' & $string($states.context.State.RetryCount) %}",
              Input: {},
            },
            { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 1 }] },
          ),
        }),
      );
      const { ended, events } = await walk(aws, machine);
      const names = events
        .filter(({ type }) => type === 'TaskScheduled')
        .map(({ taskScheduledEventDetails }) => {
          const { Name } = JSON.parse(taskScheduledEventDetails!.parameters!) as { Name: string };
          return Name;
        });
      return { ended: told(ended), names };
    },
  },
  {
    id: 'stepfunctions/access-denied-in-a-task',
    title: 'A machine whose role may not do a thing is told so',
    service: 'stepfunctions',
    asks: 'error names and texts of refused calls, optimized and AWS SDK integrations',
    assumed: 'the service’s own text under the integration’s name for it',
    cost: aFewStates,
    needs: bareMachine,
    async run(aws) {
      const tried = (suffix: string, resource: string, args: object) =>
        outcomeOf(aws, asl({ Try: task(resource, args) }), { suffix, role: 'bare' });
      const key = { TableName: 'signalbox-conform-none', Key: { pk: { S: '1' } } };
      return {
        optimizedDynamoDb: await tried('a', 'dynamodb:getItem', key),
        sdkDynamoDb: await tried('b', 'aws-sdk:dynamodb:getItem', key),
        sdkS3: await tried('c', 'aws-sdk:s3:deleteObject', { Bucket: await makeBucket(aws), Key: 'x' }),
        sdkSageMaker: await tried('d', 'aws-sdk:sagemaker:describeModel', {
          ModelName: 'signalbox-conform-none',
        }),
      };
    },
  },
];
