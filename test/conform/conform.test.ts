import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aws, type Ground, StoppedError } from '../../conform/aws.ts';
import { Budget } from '../../conform/budget.ts';
import type { CallCase, Case } from '../../conform/case.ts';
import { mask } from '../../conform/mask.ts';
import { reportMarkdown, writeReport } from '../../conform/report.ts';
import { policyOf } from '../../conform/roles.ts';
import { runAll } from '../../conform/run-all.ts';
import { type Answer, runCase } from '../../conform/run-case.ts';

const aCase = (more: Partial<CallCase> = {}): CallCase => ({
  id: 'sqs/one',
  title: 'One',
  service: 'sqs',
  asks: 'a thing',
  assumed: 'another',
  cost: { usd: 1, minutes: 2 },
  run: async () => 'yes',
  ...more,
});

/** Nobody's ground: time passes as it is told to. */
const aGround = (slept: number[] = []): Ground => ({
  name: 'AWS',
  region: 'eu-west-1',
  accountId: '999988887777',
  clients: { region: 'eu-west-1' },
  sleep: async (seconds) => {
    slept.push(seconds);
  },
  pass: (call) => call,
  role: (kind) => `arn:aws:iam::999988887777:role/${kind}`,
  image: () => 'image',
});

const options = { prefix: 'signalbox-conform-abc', expected: 'yes' };

const agreed = ({ id }: Case): Answer => ({ id, verdict: 'agrees', leftovers: [], minutes: 0 });

const runOf = (cap: number, more: Partial<Parameters<typeof runAll>[1]> = {}) => ({
  budget: new Budget(cap),
  given: { roles: {}, image: undefined },
  interrupted: () => false,
  ask: async (one: CallCase) => agreed(one),
  say: () => {},
  now: () => 0,
  ...more,
});

describe('the cap', () => {
  test('skips what would exceed it and goes on with what does not', async () => {
    const chosen = [
      aCase({ id: 'sqs/a' }),
      aCase({ id: 'sqs/b', cost: { usd: 5, minutes: 1 } }),
      aCase({ id: 'sqs/c', cost: { usd: 0.5, minutes: 1 } }),
    ];

    const answers = await runAll(chosen, runOf(1.5));

    expect(answers.map(({ id, verdict, why }) => [id, verdict, why])).toEqual([
      ['sqs/a', 'agrees', undefined],
      ['sqs/b', 'skipped', 'would cost 5.00 $, and 0.50 $ of the cap are left'],
      ['sqs/c', 'agrees', undefined],
    ]);
  });

  test('of nothing asks only what is free', async () => {
    const asked: string[] = [];
    const ask = async (one: CallCase) => {
      asked.push(one.id);
      return agreed(one);
    };

    await runAll([aCase(), aCase({ id: 'sqs/free', cost: { usd: 0, minutes: 1 } })], runOf(0, { ask }));

    expect(asked).toEqual(['sqs/free']);
  });

  test('stops a case that takes so long that it costs more than is left', () => {
    const budget = new Budget(2);

    expect(() => budget.check(aCase(), 4)).not.toThrow();
    expect(() => budget.check(aCase(), 4.1)).toThrow('Stopped: the cap of 2 $ is reached.');
  });

  test('charges a long case by the minute and a short one in full', () => {
    const budget = new Budget(10);

    budget.charge(aCase(), 0.1);
    budget.charge(aCase(), 4);

    expect(budget.spentUsd).toBe(3);
  });

  test('stops what takes far longer than was thought, even if it is free', () => {
    const free = aCase({ cost: { usd: 0, minutes: 2 } });

    expect(() => new Budget(0).check(free, 17)).toThrow('Stopped: it took more than 16 minutes.');
  });
});

describe('a run', () => {
  test('skips cases whose role or image was not given, and says which', async () => {
    const needy = aCase({ needs: { roles: { job: [], machine: [] }, image: true } });

    const [answer] = await runAll([needy], runOf(9, { given: { roles: { job: 'x' }, image: undefined } }));

    expect(answer).toMatchObject({ verdict: 'skipped', why: 'needs --machine-role-arn and --image' });
  });

  test('begins nothing new once it is stopped by hand', async () => {
    let stopped = false;
    const ask = async (one: CallCase) => {
      stopped = true;
      return agreed(one);
    };

    const answers = await runAll(
      [aCase(), aCase({ id: 'sqs/two' })],
      runOf(9, { ask, interrupted: () => stopped }),
    );

    expect(answers.map(({ verdict, why }) => [verdict, why])).toEqual([
      ['agrees', undefined],
      ['skipped', 'stopped by hand'],
    ]);
  });
});

describe('a case', () => {
  test('differs, agrees, or tells what the local world does not know', async () => {
    const asked = (expected: string | undefined) => runCase(aCase(), aGround(), { ...options, expected });

    expect((await asked('yes')).verdict).toBe('agrees');
    expect((await asked('no')).verdict).toBe('differs');
    expect((await asked('not modelled here')).verdict).toBe('told');
  });

  test('takes away what it made in reverse order after a failure, and says what is left', async () => {
    const undone: string[] = [];
    const failing = aCase({
      async run(aws: Aws) {
        aws.later('queue', async () => undone.push('queue'));
        aws.later('topic', async () => {
          throw new Error(`${aws.accountId} says no`);
        });
        aws.later('rule', async () => undone.push('rule'));
        throw new Error('broken');
      },
    });

    const answer = await runCase(failing, aGround(), options);

    expect(answer).toMatchObject({
      verdict: 'failed',
      why: 'Error: broken',
      leftovers: [{ what: 'topic', why: '999988887777 says no' }],
    });
    expect(undone).toEqual(['rule', 'queue']);
  });

  test('names at any time what would be left behind', async () => {
    const seen: (readonly string[])[] = [];
    let pending = (): readonly string[] => [];
    const making = aCase({
      async run(aws: Aws) {
        aws.later('queue', async () => seen.push(pending()));
        aws.later('topic', async () => seen.push(pending()));
        return 'yes';
      },
    });

    await runCase(making, aGround(), { ...options, watch: (look) => (pending = look) });

    expect([...seen, pending()]).toEqual([['queue', 'topic'], ['queue'], []]);
  });

  test('that is stopped still waits for what it takes away', async () => {
    let deleted = false;
    const slow = aCase({
      async run(aws: Aws) {
        aws.later('endpoint', async () => {
          let looks = 0;
          await aws.until('it settles', async () => (++looks > 2 ? true : undefined), { minutes: 1 });
          deleted = true;
        });
        await aws.until('never', async () => undefined, { minutes: 1 });
        return 'yes';
      },
    });
    const mayGoOn = () => {
      throw new StoppedError('Stopped by hand.');
    };

    const answer = await runCase(slow, aGround(), { ...options, mayGoOn });

    expect(answer).toMatchObject({ verdict: 'failed', why: 'Stopped by hand.', leftovers: [] });
    expect(deleted).toBe(true);
  });

  test('waits no longer than it was told to', async () => {
    const slept: number[] = [];

    const waiting = new Aws(aGround(slept), 'p').until('an answer', async () => undefined, {
      minutes: 1,
      everySeconds: 30,
    });

    await expect(waiting).rejects.toThrow('Waited 1 minutes in vain: an answer.');
    expect(slept).toEqual([30, 30, 30]);
  });
});

test('accounts, regions, names, roles, sessions, ids, times and keys are masked', () => {
  const secrets = {
    accountId: '999988887777',
    region: 'eu-west-1',
    prefix: 'signalbox-conform-abc',
    given: { '<job-role>': 'arn:aws:iam::999988887777:role/mine' },
  };
  const seen = {
    'arn:aws:sqs:eu-west-1:999988887777:signalbox-conform-abc-queue': [
      'arn:aws:iam::999988887777:role/mine',
      'arn:aws:sts::999988887777:assumed-role/mine/session-1 may not',
      'at 2026-11-20T10:00:00.123Z by 6a7e8feb-b491-4cf7-a9f1-bf3703467718',
      'Request ID: 4N4N7GDK, AKIAIOSFODNN7EXAMPLE',
    ],
    n: 1,
  };

  expect(mask(seen, secrets)).toEqual({
    'arn:aws:sqs:<region>:<account>:<prefix>-queue': [
      '<job-role>',
      'arn:aws:sts::<account>:assumed-role/<job-role>/<session> may not',
      'at <time> by <uuid>',
      'Request ID: <id>, <key>',
    ],
    n: 1,
  });
});

test('a policy names the account, the region and the other role', () => {
  const allows = [
    { Action: ['iam:PassRole'], Resource: '<job-role>' },
    { Action: ['sqs:SendMessage'], Resource: 'arn:aws:sqs:<region>:<account>:x' },
    { Action: ['sqs:DeleteMessage'], Resource: 'arn:aws:sqs:<region>:<account>:x' },
  ];

  const { Statement } = policyOf(allows, { accountId: '1', region: 'r', roleArnOf: (kind) => `the ${kind}` });

  expect(Statement).toEqual([
    { Effect: 'Allow', Action: ['iam:PassRole'], Resource: ['the job'] },
    { Effect: 'Allow', Action: ['sqs:DeleteMessage', 'sqs:SendMessage'], Resource: ['arn:aws:sqs:r:1:x'] },
  ]);
});

test('a report sets what was answered next to what we assumed', () => {
  const text = reportMarkdown({
    date: '2026-11-20',
    where: 'eu-west-1',
    cases: [aCase()],
    answers: [{ ...agreed(aCase()), verdict: 'differs', answered: { a: 'AWS' } }],
    assumed: () => ({ a: 'ours' }),
  });

  expect(text).toContain('1 differs, 0 told, 0 failed, 0 agrees, 0 skipped.');
  expect(text).toContain('| `sqs/one` | differs | a thing | another |');
  expect(text.indexOf('"a": "ours"')).toBeLessThan(text.indexOf('"a": "AWS"'));
});

describe('what was answered', () => {
  test('is kept after each case, for a run that is torn down', async () => {
    const kept: string[][] = [];

    await runAll(
      [
        aCase({ id: 'sqs/a' }),
        aCase({ id: 'sqs/dear', cost: { usd: 9, minutes: 1 } }),
        aCase({ id: 'sqs/c' }),
      ],
      runOf(2, { keep: (answers) => kept.push(answers.map(({ id }) => id)) }),
    );

    expect(kept).toEqual([['sqs/a'], ['sqs/a', 'sqs/dear', 'sqs/c']]);
  });

  test('outlives a second run of the same day that does not ask it again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'answers-'));
    const cases = [aCase({ id: 'sqs/a' }), aCase({ id: 'sqs/b' })];
    const write = (...answers: Answer[]): string[] =>
      writeReport(folder, {
        date: '2026-11-21',
        where: 'eu-west-1',
        cases,
        assumed: () => 'no',
        keepsEarlier: true,
        answers,
      });
    try {
      write({ ...agreed(cases[0]!), verdict: 'differs', answered: 'dear' });
      const [json] = write(
        { ...agreed(cases[0]!), verdict: 'skipped', why: 'no money' },
        { ...agreed(cases[1]!), answered: 'yes' },
      );

      expect(JSON.parse(readFileSync(json!, 'utf8')).answers).toEqual([
        { case: 'sqs/a', verdict: 'differs', assumed: 'no', answered: 'dear' },
        { case: 'sqs/b', verdict: 'agrees', assumed: 'no', answered: 'yes' },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
