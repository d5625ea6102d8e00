import { RequestRefusedError } from '../../functions/shared/errors.ts';
import type { Pipeline } from '../../functions/shared/generated/contracts.ts';
import packaged from '../../functions/shared/generated/pipelines.json' with { type: 'json' };
import { resolvePipeline } from '../../functions/shared/pipeline.ts';
import { expressionFault, timezoneFault } from '../../functions/shared/schedule-expression.ts';
import { parseExpression } from '../../local/services/scheduler/expression/expression.ts';
import { UTC } from '../../local/services/scheduler/expression/zone.ts';

const shipped = packaged['flight-delay'] as unknown as Pipeline;

/** What is said against the pipeline that ships when it has these triggers. */
function faultsOf(triggers: unknown): string[] {
  try {
    resolvePipeline({ ...shipped, triggers });
    return [];
  } catch (error) {
    if (!(error instanceof RequestRefusedError)) throw error;
    return error.faults.map(({ path, message }) => `${path} ${message}`);
  }
}

test.each<[string, unknown]>([
  ['nothing', {}],
  [
    'uploads with all that can be said',
    {
      data: {
        prefix: 'flight-delay/incoming/eu/',
        suffix: '.json',
        pattern: '*/train-*',
        quietSeconds: 900,
        maxWaitSeconds: 900,
        marker: '_SUCCESS',
      },
    },
  ],
  [
    'pushes that the release builds',
    { code: { repository: 'team/model', branch: 'release/1.x', build: 'image' } },
  ],
  ['builds', { code: { project: 'image' } }],
  ['an image that a step runs', { image: { repository: 'flight-delay', tag: 'stable' } }],
  ['a rate', { schedule: { expression: 'rate(12 hours)' } }],
  ['a cron in a time zone', { schedule: { expression: 'cron(0 3 ? * MON *)', timezone: 'Europe/Zurich' } }],
  ['the alarm of a monitor', { drift: { alarm: 'flight-delay-drift' } }],
  ['approvals', { approval: {} }],
])('triggers of %s are taken', (_, triggers) => {
  expect(faultsOf(triggers)).toEqual([]);
});

test.each<[string, unknown, string]>([
  [
    'data outside what is read',
    { data: { prefix: 'elsewhere/' } },
    '$.triggers.data.prefix is elsewhere/, which the release would not read',
  ],
  [
    'a quiet longer than the longest wait',
    { data: { prefix: 'flight-delay/incoming/', quietSeconds: 61, maxWaitSeconds: 60 } },
    '$.triggers.data.quietSeconds is 61, so it would never be waited for',
  ],
  [
    'a longest wait shorter than the usual quiet',
    { data: { prefix: 'flight-delay/incoming/', maxWaitSeconds: 30 } },
    '$.triggers.data.quietSeconds is 60',
  ],
  [
    'a wildcard in the suffix',
    { data: { prefix: 'flight-delay/incoming/', suffix: '*.json' } },
    '$.triggers.data.suffix is *.json',
  ],
  [
    'a pattern that repeats the prefix',
    { data: { prefix: 'flight-delay/incoming/', pattern: 'flight-delay/incoming/*' } },
    '$.triggers.data.pattern is',
  ],
  [
    'a marker with a path',
    { data: { prefix: 'flight-delay/incoming/', marker: 'a/_SUCCESS' } },
    '$.triggers.data.marker is "a/_SUCCESS"',
  ],
  [
    'code that nobody builds',
    { code: { repository: 'model', branch: 'main' } },
    '$.triggers.code has neither build nor project',
  ],
  [
    'code that two build',
    { code: { repository: 'model', branch: 'main', build: 'a1', project: 'b1' } },
    '$.triggers.code has build and project',
  ],
  [
    'a build of no branch',
    { code: { repository: 'model', build: 'image' } },
    '$.triggers.code.branch is missing',
  ],
  [
    'a build’s success of a branch',
    { code: { branch: 'main', project: 'image' } },
    '$.triggers.code.branch means nothing beside project',
  ],
  [
    'a branch by its reference',
    { code: { repository: 'model', branch: 'refs/heads/main', build: 'image' } },
    "events tell the branch's name alone: main",
  ],
  [
    'an image that no step runs',
    { image: { repository: 'other', tag: 'stable' } },
    '$.triggers.image watches other:stable, which no step uses',
  ],
  [
    'no schedule at all',
    { schedule: { expression: 'daily' } },
    '$.triggers.schedule.expression is daily; it is no schedule expression',
  ],
  [
    'a place that is no time zone',
    { schedule: { expression: 'rate(1 day)', timezone: 'Europe/Zürich' } },
    '$.triggers.schedule.timezone is Europe/Zürich; it is no time zone',
  ],
  [
    'an alarm of our own',
    { drift: { alarm: 'signalbox-prod-release-flight-delay-5xx' } },
    '$.triggers.drift.alarm is signalbox-prod-release-flight-delay-5xx, an alarm that a release makes',
  ],
])('triggers of %s are refused with path and reason', (_, triggers, fault) => {
  expect(faultsOf(triggers).join('\n')).toContain(fault);
});

const TAKEN = [
  'rate(1 minute)',
  'rate(5 minutes)',
  'rate(1 hours)',
  'rate(5 minute)',
  'rate(30 days)',
  'cron(0 3 ? * MON *)',
  'cron(0/15 8-18 ? * MON-FRI *)',
  'cron(0 10 * * ? *)',
  'cron(5,35 14 * * ? 2026-2030)',
  'cron(0 9 ? * 2#1 *)',
  'cron(0 9 L * ? *)',
  'cron(0 9 15W * ? *)',
  'cron(0 9 ? * 6L *)',
  'cron(0 9 1 JAN,jul ? *)',
];
const REFUSED: readonly [string, string][] = [
  ['', 'is no schedule expression'],
  ['rate(0 minutes)', 'is no rate'],
  ['rate(5 weeks)', 'is no rate'],
  ['rate(1.5 hours)', 'is no rate'],
  ['at(2026-03-02T09:00:00)', 'asks for a single time'],
  ['cron(0 3 * * ?)', 'has 5 fields'],
  ['cron(0 3 * * * *)', 'needs ? in exactly one'],
  ['cron(0 3 ? * ? *)', 'needs ? in exactly one'],
  ['cron(60 3 ? * MON *)', 'has "60" as its minutes'],
  ['cron(0 24 ? * MON *)', 'has "24" as its hours'],
  ['cron(0 3 ? * MUN *)', 'has "MUN" as its day of week'],
  ['cron(0 3 ? * 0 *)', 'has "0" as its day of week'],
  ['cron(0 3 ? * 3#6 *)', 'has "3#6" as its day of week'],
  ['cron(0/0 3 ? * MON *)', 'has "0/0" as its minutes'],
  ['cron(0 18-8 ? * MON *)', 'has "18-8" as its hours'],
  ['cron(? 3 ? * MON *)', 'has ? as its minutes, which does not take it'],
  ['cron(0 3 ? * MON 1969)', 'has "1969" as its year'],
];

describe('a schedule expression', () => {
  test.each(TAKEN)('%s is taken', (expression) => {
    expect(expressionFault(expression)).toBeUndefined();
  });

  test.each(REFUSED)('%s is refused', (expression, reason) => {
    expect(expressionFault(expression)).toContain(reason);
  });

  test('is judged as the scheduler of the local world judges it', () => {
    const judged = [...TAKEN, ...REFUSED.map(([expression]) => expression)].filter(
      (text) => !text.startsWith('at('),
    );

    expect(judged.filter((text) => parseExpression(text, 'schedule', UTC))).toEqual(
      judged.filter((text) => expressionFault(text) === undefined),
    );
  });
});

test.each([
  ['UTC', true],
  ['Europe/Zurich', true],
  ['America/Argentina/Buenos_Aires', true],
  ['+01:00', false],
  ['Mars/Olympus', false],
])('the time zone %s is known: %s', (timezone, isKnown) => {
  expect(timezoneFault(timezone) === undefined).toBe(isKnown);
});
