/**
 * The machines of `machines.ts` as near as JSONPath comes, which is all that the
 * peer speaks: what ours keeps in variables travels in the states' data here.
 */
export function peerMixedStates(rounds: number): Record<string, object> {
  const judge = (next: string) => ({
    Type: 'Task',
    Resource: JUDGE,
    Parameters: { 'threshold.$': '$.threshold', 'round.$': '$.round' },
    ResultSelector: { 'score.$': '$.score' },
    ResultPath: '$.judged',
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
    Next: next,
  });
  const read = (next: string) => ({
    Type: 'Task',
    Resource: READ,
    Parameters: { TableName: 'ledger', Key: { pk: { 'S.$': "States.Format('pipeline/{}', $.name)" } } },
    ResultSelector: { 'outcome.$': '$.Item.outcome.S' },
    ResultPath: '$.read',
    TimeoutSeconds: 60,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nothing is known' }],
    Next: next,
  });
  const remember = (next: string) => ({
    Type: 'Pass',
    Parameters: {
      'name.$': "States.Format('{}-{}', $.name, $.round)",
      rows: [1, 2, 3],
      note: 'kept as it is',
      'best.$': '$.judged.score',
    },
    ResultPath: '$.remembered',
    Next: next,
  });
  const ask = (rule: object, next: string) => ({
    Type: 'Choice',
    Choices: [
      { Variable: '$.round', NumericLessThan: 0, Next: 'Nothing is known' },
      { ...rule, Next: next },
    ],
    Default: 'Nothing is known',
  });
  const accepted = { Variable: '$.judged.score', NumericGreaterThanPath: '$.threshold' };
  const live = { Variable: '$.read.outcome', StringEquals: 'LIVE' };
  return {
    Begin: {
      Type: 'Pass',
      Parameters: { name: 'flight-delay', 'threshold.$': '$.threshold', round: 0, best: 0 },
      Next: 'Judge',
    },
    Judge: judge('Is it accepted?'),
    'Is it accepted?': ask(accepted, 'Remember'),
    Remember: remember('Read'),
    Read: read('Is it live?'),
    'Is it live?': ask(live, 'Name it'),
    'Name it': {
      Type: 'Pass',
      Parameters: {
        'id.$': "States.Format('{}-{}', $.name, $.round)",
        'tags.$': "States.Array($.read.outcome, 'bench')",
      },
      ResultPath: '$.named',
      Next: 'Has it a name?',
    },
    'Has it a name?': ask({ Variable: '$.named.tags[1]', StringEquals: 'bench' }, 'Judge again'),
    'Judge again': judge('Is it still accepted?'),
    'Is it still accepted?': ask(accepted, 'Remember again'),
    'Remember again': remember('Read again'),
    'Read again': read('Is it live still?'),
    'Is it live still?': ask(live, 'Sum up'),
    'Sum up': {
      Type: 'Pass',
      Parameters: {
        'total.$': 'States.MathAdd(6, $.round)',
        'count.$': 'States.ArrayLength($.remembered.rows)',
      },
      ResultPath: '$.sum',
      Next: 'Is the sum right?',
    },
    'Is the sum right?': ask({ Variable: '$.sum.total', NumericGreaterThanEquals: 6 }, 'Keep the sum'),
    'Keep the sum': { Type: 'Pass', InputPath: '$.sum.total', ResultPath: '$.total', Next: 'Count' },
    ...counting(rounds, 'Judge'),
    'Nothing is known': {
      Type: 'Fail',
      Error: 'UnexpectedError',
      Cause: 'The measured path leads elsewhere.',
    },
  };
}

export function peerPassStates(rounds: number): Record<string, object> {
  const steps = Array.from({ length: 16 }, (_, index): [string, object] => [
    `Step ${index + 1}`,
    { Type: 'Pass', Next: index === 15 ? 'Count' : `Step ${index + 2}` },
  ]);
  return {
    Begin: { Type: 'Pass', Parameters: { round: 0 }, Next: 'Step 1' },
    ...Object.fromEntries(steps),
    ...counting(rounds, 'Step 1'),
  };
}

const counting = (rounds: number, again: string): Record<string, object> => ({
  Count: {
    Type: 'Pass',
    Parameters: { 'next.$': 'States.MathAdd($.round, 1)' },
    ResultPath: '$.counted',
    Next: 'Keep the count',
  },
  'Keep the count': {
    Type: 'Pass',
    InputPath: '$.counted.next',
    ResultPath: '$.round',
    Next: 'Is it enough?',
  },
  'Is it enough?': {
    Type: 'Choice',
    Choices: [{ Variable: '$.round', NumericLessThan: rounds, Next: again }],
    Default: 'Done',
  },
  Done: { Type: 'Succeed' },
});

const JUDGE = 'arn:aws:lambda:eu-west-1:123456789012:function:judge';
const READ = 'arn:aws:lambda:eu-west-1:123456789012:function:read';
