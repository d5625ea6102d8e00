/** Twenty states as our machines have them: choices, variables, tasks that somebody answers, reshaping. */
export function mixedStates(rounds: number): Record<string, object> {
  const judge = (next: string) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'judge', Payload: { threshold: '{% $threshold %}', round: '{% $round %}' } },
    Assign: { score: '{% $states.result.Payload.score %}' },
    Output: {
      score: '{% $states.result.Payload.score %}',
      accepted: '{% $states.result.Payload.score > $threshold %}',
    },
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
    Next: next,
  });
  const read = (next: string) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
    Arguments: { TableName: 'ledger', Key: { pk: { S: '{% "pipeline/" & $name %}' } } },
    Assign: { outcome: '{% $states.result.Item.outcome.S %}' },
    Output: '{% $merge([$states.input, {"outcome": $states.result.Item.outcome.S}]) %}',
    TimeoutSeconds: 60,
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nothing is known' }],
    Next: next,
  });
  const remember = (next: string) => ({
    Type: 'Pass',
    Assign: { best: '{% $max([$best, $score]) %}' },
    Output: { name: '{% $name & "-" & $string($round) %}', rows: [1, 2, 3], note: 'kept as it is' },
    Next: next,
  });
  const ask = (condition: string, next: string) => ({
    Type: 'Choice',
    Choices: [
      { Condition: '{% $round < 0 %}', Next: 'Nothing is known' },
      { Condition: `{% ${condition} %}`, Next: next },
    ],
    Default: 'Nothing is known',
  });
  return {
    Begin: {
      Type: 'Pass',
      Assign: {
        name: 'flight-delay',
        threshold: '{% $states.input.threshold %}',
        round: 0,
        best: 0,
        score: 0,
        outcome: '',
      },
      Next: 'Judge',
    },
    Judge: judge('Is it accepted?'),
    'Is it accepted?': ask('$states.input.accepted', 'Remember'),
    Remember: remember('Read'),
    Read: read('Is it live?'),
    'Is it live?': ask('$outcome = "LIVE"', 'Name it'),
    'Name it': {
      Type: 'Pass',
      Output: {
        id: '{% $substring($name, 0, 6) & "-" & $string($round) %}',
        tags: ['{% $outcome %}', 'bench'],
      },
      Next: 'Has it a name?',
    },
    'Has it a name?': ask('$count($states.input.tags) = 2 and $length($states.input.id) > 0', 'Judge again'),
    'Judge again': judge('Is it still accepted?'),
    'Is it still accepted?': ask('$states.input.accepted and $best >= $threshold', 'Remember again'),
    'Remember again': remember('Read again'),
    'Read again': read('Is it live still?'),
    'Is it live still?': ask('$states.input.outcome = "LIVE"', 'Sum up'),
    'Sum up': {
      Type: 'Pass',
      Output: {
        total: '{% $sum($states.input.rows) + $round %}',
        mean: '{% $sum($states.input.rows) / 3 %}',
      },
      Next: 'Is the sum right?',
    },
    'Is the sum right?': ask('$states.input.total >= 6', 'Keep the sum'),
    'Keep the sum': { Type: 'Pass', Assign: { total: '{% $states.input.total %}' }, Next: 'Count' },
    Count: { Type: 'Pass', Assign: { round: '{% $round + 1 %}' }, Next: 'Is it enough?' },
    'Is it enough?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $round < ${rounds} %}`, Next: 'Judge' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed', Output: { best: '{% $best %}', total: '{% $total %}' } },
    'Nothing is known': {
      Type: 'Fail',
      Error: 'UnexpectedError',
      Cause: 'The measured path leads elsewhere.',
    },
  };
}

/** Twenty states of which nearly all hand on what they got. */
export function passStates(rounds: number): Record<string, object> {
  const steps = Array.from({ length: 16 }, (_, index): [string, object] => [
    `Step ${index + 1}`,
    { Type: 'Pass', Next: index === 15 ? 'Count' : `Step ${index + 2}` },
  ]);
  return {
    Begin: { Type: 'Pass', Assign: { round: 0 }, Next: 'Step 1' },
    ...Object.fromEntries(steps),
    Count: { Type: 'Pass', Assign: { round: '{% $round + 1 %}' }, Next: 'Is it enough?' },
    'Is it enough?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $round < ${rounds} %}`, Next: 'Step 1' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  };
}
