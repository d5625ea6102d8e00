import { ListMapRunsCommand, RedriveExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { CallCase } from '../../case.ts';
import {
  aFewStates,
  anyMachine,
  asl,
  bareMachine,
  historyOf,
  makeMachine,
  outcomeOf,
  shapeOf,
  start,
  told,
  untilEnded,
} from './machines.ts';

/** A distributed Map starts executions of its own machine. */
const startsItself = {
  roles: {
    machine: [
      {
        Action: ['states:StartExecution'],
        Resource: 'arn:aws:states:<region>:<account>:stateMachine:signalbox-conform-*',
      },
      {
        Action: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
        Resource: 'arn:aws:states:<region>:<account>:execution:signalbox-conform-*',
      },
    ],
  },
} as const;

const distributed = (states: Readonly<Record<string, object>>, more: object = {}) => ({
  Each: {
    Type: 'Map',
    Label: 'Each',
    MaxConcurrency: 1,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: Object.keys(states)[0],
      States: states,
    },
    End: true,
    ...more,
  },
});

const badSecond = {
  Check: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Bad' }],
    Default: 'Good',
  },
  Good: { Type: 'Succeed' },
  Bad: { Type: 'Fail', Error: 'Bad' },
};

export const mapCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/redrive-of-parts',
    title: 'A redrive takes up what failed inside a Parallel and a Map',
    service: 'stepfunctions',
    asks: 'events and previous ids after `ExecutionRedriven`, for branches and iterations',
    assumed:
      'states and iterations that were entered are not entered again; each goes on from `ExecutionRedriven`',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const redriven = async (suffix: string, states: Record<string, object>) => {
        const machine = await makeMachine(aws, asl(states), { suffix });
        const executionArn = await start(aws, machine, [1, 2]);
        await untilEnded(aws, executionArn);
        await aws.client(SFNClient).send(new RedriveExecutionCommand({ executionArn }));
        await untilEnded(aws, executionArn);
        return shapeOf(await historyOf(aws, executionArn));
      };
      const undecided = { Type: 'Choice', Choices: [{ Condition: false, Next: 'Never' }] };
      return {
        parallel: await redriven('parallel', {
          Both: {
            Type: 'Parallel',
            Branches: [
              { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } },
              { StartAt: 'Open', States: { Open: undecided, Never: { Type: 'Succeed' } } },
            ],
            End: true,
          },
        }),
        map: await redriven('map', {
          Each: {
            Type: 'Map',
            MaxConcurrency: 1,
            ItemProcessor: { StartAt: 'Check', States: badSecond },
            End: true,
          },
        }),
      };
    },
  },
  {
    id: 'stepfunctions/distributed-map',
    title: 'A distributed Map goes over an object, tolerates failures, and is redriven',
    service: 'stepfunctions',
    asks: 'what an item of an object is, what a tolerated failure leaves in the result, and the events of a redriven map run',
    assumed:
      'an item is the member’s value; the result holds successes only; the exit of a redriven map run follows from `MapRunRedriven`',
    cost: { usd: 0.001, minutes: 3 },
    needs: startsItself,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const machine = await makeMachine(aws, asl(distributed(badSecond)), { suffix: 'redriven' });
      const executionArn = await start(aws, machine, [1, 2]);
      await untilEnded(aws, executionArn);
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
      const ended = await untilEnded(aws, executionArn);
      const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
      return {
        object: await outcomeOf(aws, asl(distributed({ Only: { Type: 'Succeed' } })), {
          input: { a: 1, b: { c: 2 } },
          suffix: 'object',
        }),
        tolerated: await outcomeOf(aws, asl(distributed(badSecond, { ToleratedFailureCount: 1 })), {
          input: [1, 2, 3],
          suffix: 'tolerated',
        }),
        negative: await outcomeOf(
          aws,
          asl(distributed({ Only: { Type: 'Succeed' } }, { ToleratedFailureCount: '{% -1 %}' })),
          { input: [1], suffix: 'negative' },
        ),
        redriven: told(ended),
        history: shapeOf(await historyOf(aws, executionArn)),
        mapRuns: mapRuns!.length,
      };
    },
  },
  {
    id: 'stepfunctions/distributed-map-without-permission',
    title: 'A distributed Map whose role may not start executions',
    service: 'stepfunctions',
    asks: 'error and cause of a map run that may start nothing',
    assumed: '`States.Permissions`',
    cost: aFewStates,
    needs: bareMachine,
    run: (aws) =>
      outcomeOf(aws, asl(distributed({ Only: { Type: 'Succeed' } })), {
        input: [1],
        suffix: 'forbidden',
        role: 'bare',
      }),
  },
];
