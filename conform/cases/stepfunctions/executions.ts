import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CallCase } from '../../case.ts';
import {
  aFewStates,
  anyMachine,
  asl,
  historyOf,
  makeMachine,
  outcomeOf,
  shapeOf,
  start,
  told,
  untilEnded,
  walk,
} from './machines.ts';

// One branch, one iteration at a time: with more, AWS’s order is chance.
const short = asl({
  Choose: {
    Type: 'Choice',
    Choices: [
      { Condition: '{% $states.input.n > 1 %}', Next: 'Both', Assign: { n: '{% $states.input.n %}' } },
    ],
    Default: 'Few',
  },
  Both: {
    Type: 'Parallel',
    Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', Output: 'a', End: true } } }],
    Next: 'Each',
  },
  Each: {
    Type: 'Map',
    Items: '{% [1..$n] %}',
    MaxConcurrency: 1,
    ItemProcessor: {
      StartAt: 'Double',
      States: { Double: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } },
    },
    End: true,
  },
  Few: { Type: 'Fail', Error: 'TooFew', Cause: '{% $string($states.input.n) %}' },
});

const long = asl({ Wait: { Type: 'Wait', Seconds: 3_000, End: true } });

const passing = (expression: string): string =>
  asl({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } });

const choosing = (condition: string): string =>
  asl({
    A: { Type: 'Choice', Choices: [{ Condition: `{% ${condition} %}`, Next: 'B' }] },
    B: { Type: 'Succeed' },
  });

export const executionCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/history-of-a-walk',
    title: 'A walk through choice, branches and iterations is told event by event',
    service: 'stepfunctions',
    asks: 'types, order, ids and previous ids of history events',
    assumed: 'as in published histories',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const machine = await makeMachine(aws, short);
      const { ended, history } = await walk(aws, machine, { n: 2 });
      const failed = await untilEnded(aws, await start(aws, machine, { n: 1 }));
      return {
        ended: told(ended),
        history,
        failed: told(failed),
      };
    },
  },
  {
    id: 'stepfunctions/start-twice',
    title: 'The same name starts once',
    service: 'stepfunctions',
    asks: 'idempotency of StartExecution while the first runs, and after it ended',
    assumed: 'same name and input while it runs: same ARN; otherwise `ExecutionAlreadyExists`',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const stateMachineArn = await makeMachine(aws, long);
      const begin = (input: string, name = 'one') =>
        sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      const first = await begin('{"a":1}');
      const executionArn = first.executionArn!;
      aws.later('execution one', () => sfn.send(new StopExecutionCommand({ executionArn })));
      const again = await begin('{"a":1}');
      const otherInput = await aws.refusal(begin('{"a":2}'));
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'asked' }));
      const ended = await untilEnded(aws, executionArn);
      return {
        sameArn: again.executionArn === executionArn,
        otherInput,
        stopped: told(ended),
        history: shapeOf(await historyOf(aws, executionArn)),
        afterEnd: await aws.refusal(begin('{"a":1}')),
        stoppedAgain: await aws.refusal(sfn.send(new StopExecutionCommand({ executionArn }))),
        badInput: await aws.refusal(begin('{', 'two')),
        badName: await aws.refusal(begin('{}', 'a b')),
        unknownMachine: await aws.refusal(
          sfn.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-gone` })),
        ),
        unknownExecution: await aws.refusal(
          sfn.send(new DescribeExecutionCommand({ executionArn: `${executionArn}-gone` })),
        ),
      };
    },
  },
  {
    id: 'stepfunctions/pages-of-history',
    title: 'A history is read in pages, forwards and backwards',
    service: 'stepfunctions',
    asks: 'paging and reverse order of GetExecutionHistory, filters of ListExecutions',
    assumed: 'pages join without a gap; backwards is the same read from the end',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const stateMachineArn = await makeMachine(aws, short);
      const executionArn = await start(aws, stateMachineArn, { n: 2 });
      await untilEnded(aws, executionArn);
      const page = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3 }));
      const next = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken: page.nextToken }),
      );
      const last = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 2, reverseOrder: true }),
      );
      const bare = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1, includeExecutionData: false }),
      );
      const succeeded = await sfn.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }),
      );
      const failed = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'FAILED' }));
      return {
        page: shapeOf(page.events!),
        next: shapeOf(next.events!),
        last: shapeOf(last.events!),
        dataHidden: bare.events![0]!.executionStartedEventDetails?.input === undefined,
        succeeded: succeeded.executions!.length,
        failed: failed.executions!.length,
        badToken: await aws.refusal(
          sfn.send(new GetExecutionHistoryCommand({ executionArn, nextToken: 'never given' })),
        ),
      };
    },
  },
  {
    id: 'stepfunctions/query-errors',
    title: 'An expression that fails ends the execution with its reason',
    service: 'stepfunctions',
    asks: 'the texts of `States.QueryEvaluationError` for a type error, an undefined value and a condition that is no boolean',
    assumed: 'recorded texts',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      return {
        type: await outcomeOf(aws, passing('1 + $states.input.text'), {
          input: { text: 'x' },
          suffix: 'type',
        }),
        undefined: await outcomeOf(aws, passing('$states.input.nothing'), { suffix: 'undefined' }),
        condition: await outcomeOf(aws, choosing('1'), { suffix: 'condition' }),
        noChoice: await outcomeOf(aws, choosing('false'), { suffix: 'choice' }),
      };
    },
  },
  {
    id: 'stepfunctions/regular-expressions',
    title: 'Regular expressions of the JSONata engine read brackets as the reference engine does',
    service: 'stepfunctions',
    asks: 'whether AWS’s engine miscounts brackets after a backslash, as the reference engine does',
    assumed: 'the same expressions are refused, the same groups are found',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const found = (pattern: string) =>
        aws
          .refusal(Promise.resolve())
          .then(() =>
            outcomeOf(aws, passing(`$match($states.input, ${pattern}).groups`), {
              input: 'say "FailureReason":"no \\"luck\\"" end',
              suffix: `m${pattern.length}`,
            }),
          )
          .catch((error: Error) => ({ refused: error.name, message: error.message }));
      return {
        plain: await found('/"FailureReason"\\s*:\\s*"([^"]*)/'),
        escapedInBrackets: await found('/"FailureReason"\\s*:\\s*"([^"\\\\]*)/'),
        lazy: await found('/say (.*?)Failure/'),
        ignoringCase: await found('/FAILUREREASON/i'),
      };
    },
  },
];
