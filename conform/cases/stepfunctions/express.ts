import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CallCase } from '../../case.ts';
import {
  aFewStates,
  anyMachine,
  asl,
  makeMachine,
  redriven,
  start,
  told,
  untilEnded,
  yesOrNo,
} from './machines.ts';

export const expressCases: readonly CallCase[] = [
  {
    id: 'stepfunctions/express',
    title: 'An Express machine answers at once and keeps no record',
    service: 'stepfunctions',
    asks: 'what StartSyncExecution answers, and what is known of it afterwards',
    assumed: 'output or error in the answer; DescribeExecution knows no such execution',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const stateMachineArn = await makeMachine(
        aws,
        asl(yesOrNo({ Type: 'Wait', Seconds: 2, End: true }, { Type: 'Fail', Error: 'No', Cause: 'not ok' })),
        { type: 'EXPRESS' },
      );
      const begin = (input: string) =>
        aws.pass(sfn.send(new StartSyncExecutionCommand({ stateMachineArn, input })));
      const good = await begin('{"ok":true}');
      const bad = await begin('{"ok":false}');
      return {
        good: { status: good.status!, output: good.output!, hasBilling: good.billingDetails !== undefined },
        bad: { status: bad.status!, error: bad.error!, cause: bad.cause! },
        described: await aws.refusal(
          sfn.send(new DescribeExecutionCommand({ executionArn: good.executionArn! })),
        ),
      };
    },
  },
  {
    id: 'stepfunctions/redrive',
    title: 'A failed execution goes on where it failed',
    service: 'stepfunctions',
    asks: 'history and counts of a redriven execution, and what cannot be redriven',
    assumed:
      '`ExecutionRedriven` follows the failure; a `Fail` state fails again; success is `ExecutionNotRedrivable`',
    cost: aFewStates,
    needs: anyMachine,
    async run(aws) {
      const sfn = aws.client(SFNClient);
      const machine = await makeMachine(
        aws,
        asl(yesOrNo({ Type: 'Succeed' }, { Type: 'Fail', Error: 'No' })),
      );
      const { ended, history } = await redriven(aws, machine, { ok: false });
      const good = await start(aws, machine, { ok: true });
      await untilEnded(aws, good);
      return {
        ended: told(ended),
        count: ended.redriveCount!,
        history,
        good: await aws.refusal(sfn.send(new RedriveExecutionCommand({ executionArn: good }))),
      };
    },
  },
];
