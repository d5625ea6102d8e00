import { describe, expect, test } from '@jest/globals';
import { MachineAccount, openMachineAccount, refusal, STATES } from '../stepfunctions/machine-account.ts';

const DAY_MS = 24 * 3600 * 1000;
const REST = 60_000;

/** Fails until an object under this key is there. */
const needs = (key: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
  Arguments: { Bucket: 'data', Key: key },
  Output: '{% $states.result.Body %}',
  ...more,
});

async function redriven(account: MachineAccount, executionArn: string) {
  await account.call('RedriveExecution', { executionArn });
  return account.ended(executionArn);
}

describe('RedriveExecution', () => {
  test('goes on at the failed state with its old input and the variables it had', async () => {
    const account = await openMachineAccount();
    const states = {
      Remember: { Type: 'Pass', Assign: { kept: 1 }, Output: { from: 'Remember' }, Next: 'Read' },
      Read: needs('late', { Next: 'Tell', Output: '{% [$states.input.from, $states.result.Body, $kept] %}' }),
      Tell: {
        Type: 'Pass',
        Output: {
          read: '{% $states.input %}',
          count: '{% $states.context.Execution.RedriveCount %}',
          time: '{% $states.context.Execution.RedriveTime %}',
        },
        End: true,
      },
    };
    const failed = await account.run(states);
    expect(failed.trace.slice(-2)).toEqual(['7<6 TaskFailed', '8<7 ExecutionFailed']);

    await account.world.clock.advance(REST);
    await account.put('late', 'here');
    const ended = await redriven(account, failed.executionArn);

    expect(ended.trace.slice(8)).toEqual([
      '9<8 ExecutionRedriven',
      '10<9 TaskScheduled',
      '11<10 TaskStarted',
      '12<11 TaskSucceeded',
      '13<12 TaskStateExited',
      '14<13 PassStateEntered',
      '15<14 PassStateExited',
      '16<15 ExecutionSucceeded',
    ]);
    expect(MachineAccount.details(ended, 'ExecutionRedriven')).toEqual({ redriveCount: 1 });
    expect(ended.output).toEqual({
      read: ['Remember', 'here', 1],
      count: 1,
      time: '2026-03-02T09:01:00.000Z',
    });
    expect(await account.call('DescribeExecution', { executionArn: failed.executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate: new Date('2026-03-02T09:01:00Z'),
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  test('begins retries and time-outs anew', async () => {
    const account = await openMachineAccount();
    const retry = { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 2 }] };
    const states = { Read: needs('never', { ...retry, End: true }) };
    const failed = await account.run(states, {}, { TimeoutSeconds: 60 });
    await account.world.clock.advance(REST);
    const again = await redriven(account, failed.executionArn);

    const scheduled = again.trace.filter((event) => event.endsWith('TaskScheduled'));
    expect(scheduled).toHaveLength(6);
    expect(again.status).toBe('FAILED');
  });

  test('enters a Fail state again, and looks at a Choice again', async () => {
    const account = await openMachineAccount();
    const failed = await account.run({ Broken: { Type: 'Fail', Error: 'Broken' } }, {}, { name: 'fail' });
    const undecided = await account.run(
      {
        Which: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }] },
        End: { Type: 'Succeed' },
      },
      {},
      { name: 'choice' },
    );

    expect((await redriven(account, failed.executionArn)).trace.slice(3)).toEqual([
      '4<3 ExecutionRedriven',
      '5<4 FailStateEntered',
      '6<5 ExecutionFailed',
    ]);
    expect((await redriven(account, undecided.executionArn)).trace.slice(3)).toEqual([
      '4<3 ExecutionRedriven',
      expect.stringMatching(/^5<4 ExecutionFailed/),
    ]);
  });

  test('takes up an execution that was stopped in the middle of a wait', async () => {
    const account = await openMachineAccount();
    const states = {
      Rest: { Type: 'Wait', Timestamp: '2026-03-02T10:00:00Z', Next: 'End' },
      End: { Type: 'Succeed' },
    };
    const executionArn = await account.start(await account.machine(states), { a: 1 });
    await account.world.clock.advance(REST);
    await account.call('StopExecution', { executionArn });
    await account.world.clock.advance(DAY_MS);
    const ended = await redriven(account, executionArn);

    // The moment has passed by now, so that nothing is left to wait for.
    expect(ended.trace.slice(2)).toEqual([
      '3<0 ExecutionAborted',
      '4<3 ExecutionRedriven',
      '5<4 WaitStateExited',
      '6<5 SucceedStateEntered',
      '7<6 SucceedStateExited',
      '8<7 ExecutionSucceeded',
    ]);
    expect(ended.output).toEqual({ a: 1 });
  });

  test('takes up only the branches of a Parallel that failed or were given up', async () => {
    const account = await openMachineAccount();
    const one = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
    const states = {
      Both: {
        Type: 'Parallel',
        Branches: [
          one('Done', { Type: 'Pass', Output: 'done', End: true }),
          one('Read', needs('late')),
          {
            StartAt: 'First',
            States: {
              First: { Type: 'Pass', Assign: { mine: 3 }, Next: 'Rest' },
              Rest: { Type: 'Wait', Seconds: 30, Next: 'Last' },
              Last: { Type: 'Pass', Output: '{% $mine %}', End: true },
            },
          },
        ],
        End: true,
      },
    };
    const failed = await account.run(states);
    await account.put('late', 'here');
    const ended = await redriven(account, failed.executionArn);

    expect(ended.output).toEqual(['done', 'here', 3]);
    const types = ended.history.slice(failed.trace.length).map(({ type }) => type);
    expect(types).toEqual([
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'WaitStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('takes up only the iterations of an inline Map that have no result', async () => {
    const account = await openMachineAccount();
    await account.put('a', 'A');
    await account.put('c', 'C');
    const states = {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Read',
          States: { Read: needs('{% $states.input %}') },
        },
        End: true,
      },
    };
    const failed = await account.run(states, ['a', 'b', 'c']);
    await account.put('b', 'B');
    const ended = await redriven(account, failed.executionArn);

    expect(ended.output).toEqual(['A', 'B', 'C']);
    const index = ({ type }: { type: string }) => type === 'MapIterationSucceeded';
    expect(ended.history.filter(index)).toHaveLength(3);
    expect(ended.history.filter(({ type }) => type === 'TaskScheduled')).toHaveLength(4);
  });

  test('redrives the child that a .sync:2 task waited for', async () => {
    const account = await openMachineAccount();
    const child = await account.machine({ Read: needs('late') }, { name: 'child' });
    const parent = {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: { StateMachineArn: child, Name: 'fixed', Input: {} },
        Output: '{% $states.result.Output %}',
        End: true,
      },
    };
    const failed = await account.run(parent, {}, { name: 'parent' });
    expect(failed.error).toBe('States.TaskFailed');

    await account.put('late', 'here');
    const ended = await redriven(account, failed.executionArn);

    expect(ended.output).toBe('here');
    const executionArn = `${STATES}:execution:child:fixed`;
    expect(await account.call('DescribeExecution', { executionArn })).toMatchObject({ redriveCount: 1 });
  });

  test.each(['STANDARD', 'EXPRESS'])('redrives the unsuccessful %s children of a map run', async (type) => {
    const account = await openMachineAccount();
    await account.put('a', 'A');
    const states = {
      Each: {
        Type: 'Map',
        Label: 'Each',
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
          StartAt: 'Read',
          States: { Read: needs('{% $states.input %}') },
        },
        End: true,
      },
    };
    const failed = await account.run(states, ['a', 'b', 'c']);
    await account.put('b', 'B');
    await account.put('c', 'C');
    const ended = await redriven(account, failed.executionArn);

    expect(ended.output).toEqual(['A', 'B', 'C']);
    expect(ended.trace.slice(failed.trace.length)).toEqual([
      '8<7 ExecutionRedriven',
      '9<8 MapRunRedriven',
      '10<9 MapRunSucceeded',
      '11<10 MapStateSucceeded',
      '12<9 MapStateExited',
      '13<12 ExecutionSucceeded',
    ]);
    const { mapRunArn } = MachineAccount.details(ended, 'MapRunRedriven') as { mapRunArn: string };
    expect(await account.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      executionCounts: { succeeded: 3, total: 3 },
    });
    if (type === 'EXPRESS') return;
    const { executions } = await account.call('ListExecutions', { mapRunArn, redriveFilter: 'REDRIVEN' });
    expect(executions).toMatchObject([{ redriveCount: 1 }]);
  });

  test('counts only the failures of the redrive against what a map run tolerates', async () => {
    const account = await openMachineAccount();
    const states = {
      Each: {
        Type: 'Map',
        MaxConcurrency: 1,
        ToleratedFailureCount: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Rest',
          States: {
            Rest: { Type: 'Wait', Seconds: 10, Next: 'Read' },
            Read: needs('{% $states.input %}', {
              Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 1 }],
              End: true,
            }),
          },
        },
        End: true,
      },
    };
    const { executionArn, status } = await account.run(states, ['b', 'c']);
    expect(status).toBe('FAILED');
    await account.put('c', 'C');
    await account.call('RedriveExecution', { executionArn });
    await account.world.clock.advance(1_000);
    const [{ mapRunArn }] = (await account.call('ListMapRuns', { executionArn })).mapRuns;

    expect((await account.call('DescribeMapRun', { mapRunArn })).itemCounts).toMatchObject({
      running: 1,
      failed: 0,
      pendingRedrive: 1,
      total: 2,
    });
    const waiting = { mapRunArn, statusFilter: 'PENDING_REDRIVE' };
    expect((await account.call('ListExecutions', waiting)).executions).toHaveLength(1);
    expect((await account.ended(executionArn)).output).toEqual(['C']);
  });

  test('tells EventBridge of both attempts', async () => {
    const account = await openMachineAccount();
    const failed = await account.run({ Read: needs('late') });
    await account.put('late', 'here');
    await redriven(account, failed.executionArn);
    await account.world.clock.advance(REST);

    const told = account.account.events
      .filter(({ source }) => source === 'aws.states')
      .map(({ detail }) => [detail.status, detail.redriveCount, detail.redriveStatus]);
    expect(told).toEqual([
      ['RUNNING', 0, 'NOT_REDRIVABLE'],
      ['FAILED', 0, 'REDRIVABLE'],
      ['RUNNING', 1, 'NOT_REDRIVABLE'],
      ['SUCCEEDED', 1, 'NOT_REDRIVABLE'],
    ]);
  });

  test('answers a repeated client token with the redrive that it made', async () => {
    const account = await openMachineAccount();
    const { executionArn } = await account.run({ Read: needs('never') });
    const first = await account.call('RedriveExecution', { executionArn, clientToken: 'once' });
    await account.ended(executionArn);
    await account.world.clock.advance(REST);

    expect(await account.call('RedriveExecution', { executionArn, clientToken: 'once' })).toEqual(first);
    expect(await account.call('DescribeExecution', { executionArn })).toMatchObject({ redriveCount: 1 });
    await account.world.clock.advance(16 * 60_000);
    await account.call('RedriveExecution', { executionArn, clientToken: 'once' });
    expect(await account.call('DescribeExecution', { executionArn })).toMatchObject({ redriveCount: 2 });
  });

  test('refuses what it cannot redrive, with the reason that DescribeExecution tells', async () => {
    const account = await openMachineAccount();
    const good = await account.run({ End: { Type: 'Succeed' } }, {}, { name: 'good' });
    const old = await account.run({ Read: needs('never') }, {}, { name: 'old' });
    const express = await account.machine({ End: { Type: 'Succeed' } }, { name: 'express', type: 'EXPRESS' });
    const redrive = (executionArn: string) => refusal(account.call('RedriveExecution', { executionArn }));

    expect(await redrive(good.executionArn)).toBe(
      'ExecutionNotRedrivable: Execution is SUCCEEDED and cannot be redriven',
    );
    await account.world.clock.advance(14 * DAY_MS + 1);
    expect(await redrive(old.executionArn)).toBe(
      'ExecutionNotRedrivable: Execution redrivable period exceeded',
    );
    expect(await account.call('DescribeExecution', { executionArn: old.executionArn })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
    expect(await redrive(await account.start(express))).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    );
    expect(await redrive(`${STATES}:execution:good:none`)).toMatch(/^ExecutionDoesNotExist/);
  });
});
