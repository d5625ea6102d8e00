import { ListMapRunsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { CallCase } from '../../case.ts';
import {
  aFewStates,
  anyMachine,
  asl,
  bareMachine,
  makeMachine,
  mayStart,
  outcomeOf,
  redriven,
  told,
} from './machines.ts';

/** A distributed Map starts executions of its own machine. */
const startsItself = {
  roles: {
    machine: [
      mayStart,
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
      const historyOf = async (suffix: string, states: Record<string, object>) =>
        (await redriven(aws, await makeMachine(aws, asl(states), { suffix }), [1, 2])).history;
      const undecided = { Type: 'Choice', Choices: [{ Condition: false, Next: 'Never' }] };
      return {
        parallel: await historyOf('parallel', {
          Both: {
            Type: 'Parallel',
            Branches: [
              { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } },
              { StartAt: 'Open', States: { Open: undecided, Never: { Type: 'Succeed' } } },
            ],
            End: true,
          },
        }),
        map: await historyOf('map', {
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
      const machine = await makeMachine(aws, asl(distributed(badSecond)), { suffix: 'redriven' });
      const { executionArn, ended, history } = await redriven(aws, machine, [1, 2]);
      const { mapRuns } = await aws.client(SFNClient).send(new ListMapRunsCommand({ executionArn }));
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
        history,
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
