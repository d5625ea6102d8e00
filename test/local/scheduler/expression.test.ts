import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../../../local/services/scheduler/expression/expression.ts';
import { UTC, zoneOf } from '../../../local/services/scheduler/expression/zone.ts';

const START = '2026-03-02T09:00:00Z';

/** The first moments at which an expression is due. */
const due = (expression: string, { zone = 'UTC', from = START, count = 3 } = {}): string[] => {
  const timetable = parseExpression(expression, 'schedule', zoneOf(zone)!)!;
  const startMs = Date.parse(from);
  const moments: string[] = [];
  for (let ms = startMs; moments.length < count; ) {
    const nextMs = timetable.next(ms, startMs);
    if (nextMs === undefined) break;
    moments.push(new Date(nextMs).toISOString().slice(0, 16));
    ms = nextMs;
  }
  return moments;
};

describe('a cron expression', () => {
  test.each([
    ['cron(0 12 * * ? *)', ['2026-03-02T12:00', '2026-03-03T12:00', '2026-03-04T12:00']],
    ['cron(5,35 14 * * ? *)', ['2026-03-02T14:05', '2026-03-02T14:35', '2026-03-03T14:05']],
    ['cron(*/20 9 * * ? *)', ['2026-03-02T09:20', '2026-03-02T09:40', '2026-03-03T09:00']],
    ['cron(0/30 9-10 * * ? *)', ['2026-03-02T09:30', '2026-03-02T10:00', '2026-03-02T10:30']],
    ['cron(0 8 ? * sat-SAT *)', ['2026-03-07T08:00', '2026-03-14T08:00', '2026-03-21T08:00']],
    ['cron(15 10 ? * 6L *)', ['2026-03-27T10:15', '2026-04-24T10:15', '2026-05-29T10:15']],
    ['cron(0 2 ? * SAT#3 *)', ['2026-03-21T02:00', '2026-04-18T02:00', '2026-05-16T02:00']],
    ['cron(0 0 L * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00', '2026-05-31T00:00']],
    ['cron(0 0 15W * ? *)', ['2026-03-16T00:00', '2026-04-15T00:00', '2026-05-15T00:00']],
    ['cron(0 0 1W AUG ? *)', ['2026-08-03T00:00', '2027-08-02T00:00', '2028-08-01T00:00']],
    ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['cron(0 0 1 1 ? 2027-2028)', ['2027-01-01T00:00', '2028-01-01T00:00']],
  ])('%s', (expression, moments) => {
    expect(due(expression)).toEqual(moments);
  });

  test('that can never be due any more says so', () => {
    expect(due('cron(0 0 31 2 ? *)')).toEqual([]);
    expect(due('cron(0 0 1 1 ? 2025)')).toEqual([]);
  });
});

test('a rate begins to count where it is told to', () => {
  expect(due('rate(5 minutes)', { count: 2 })).toEqual(['2026-03-02T09:05', '2026-03-02T09:10']);
});

describe('where clocks change', () => {
  const zone = 'Europe/Berlin';

  test('a schedule stays at its time on the wall', () => {
    expect(due('cron(0 9 * * ? *)', { zone, from: '2026-03-28T00:00:00Z' })).toEqual([
      '2026-03-28T08:00',
      '2026-03-29T07:00',
      '2026-03-30T07:00',
    ]);
  });

  test('what falls into the lost hour is left out', () => {
    expect(due('cron(30 2 * * ? *)', { zone, from: '2026-03-28T00:00:00Z' })).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
    expect(due('at(2026-03-29T02:30:00)', { zone })).toEqual([]);
  });

  test('what falls into the hour that comes twice is due once', () => {
    expect(due('cron(30 2 * * ? *)', { zone, from: '2026-10-24T12:00:00Z' })).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
      '2026-10-27T01:30',
    ]);
  });

  test('a rate of days is one of 24 hours', () => {
    expect(due('rate(1 day)', { zone, from: '2026-03-28T12:00:00Z' })[1]).toBe('2026-03-30T12:00');
  });
});

test('a moment is due once, by the clock of its zone', () => {
  expect(due('at(2026-07-01T12:00:00)', { zone: 'America/New_York' })).toEqual(['2026-07-01T16:00']);
});

describe('is refused', () => {
  test.each([
    'rate(10 seconds)',
    'rate(0 minutes)',
    'rate(-1 minutes)',
    'rate(1.5 hours)',
    'rate(10 MINUTES)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'rate(10 minutess)',
    'rate()',
    'cron()',
    'cron(0 1 * * * *)',
    'cron(0 1 ? * ? *)',
    'cron(0 12 * * ?)',
    'cron(7 20 * * NOT *)',
    'cron(71 8 1 * ? *)',
    'cron(0 24 1 * ? *)',
    'cron(0 0 0 * ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * MON#6 *)',
    'cron(0 0 1 1 ? 1969)',
    'cron(*/0 0 1 1 ? *)',
    'cron(9-5 0 1 1 ? *)',
    'cron(0  0 1 1 ? *)',
    'at(2026-03-03)',
    'at(2026-03-03T10:00:00Z)',
    'at(2026-02-30T10:00:00)',
    'at(2026-03-03T25:00:00)',
    'every day',
    '',
  ])('%j', (expression) => {
    expect(parseExpression(expression, 'schedule', UTC)).toBeUndefined();
  });

  test.each(['rate(1 hours)', 'rate(2 hour)', 'at(2026-03-03T10:00:00)'])('by rules %j', (expression) => {
    expect(parseExpression(expression, 'rule', UTC)).toBeUndefined();
    expect(parseExpression(expression, 'schedule', UTC)).toBeDefined();
  });

  test.each(['+01:00', 'europe/berlin', 'Europe/berlin', 'Mars/Olympus', 'utc', ''])(
    'the zone %j',
    (name) => {
      expect(zoneOf(name)).toBeUndefined();
    },
  );
});
