import { madeFromPipelines } from './support/made-from-pipelines.ts';

/** What a module makes of pipelines with these triggers, and with `more` in each. */
const made = (module: string, triggers: readonly object[], more: object = {}): Record<string, unknown> =>
  madeFromPipelines(
    module,
    triggers.map((given) => ({ triggers: given, ...more })),
  );

test('a rule that no pipeline needs is off, and names something all the same', () => {
  expect(made('packaging/watched.cjs', [{}])).toMatchObject({
    dataRuleState: 'DISABLED',
    dataKeys: [{ prefix: 'none' }],
    pushRuleState: 'DISABLED',
    imageTags: ['none'],
    driftAlarms: ['none'],
    approvalGroups: ['none'],
  });
});

test('a push rule is for pipelines that build, a build rule for those that wait for a build', () => {
  const watched = made('packaging/watched.cjs', [
    { code: { repository: 'model', branch: 'main', build: 'image' } },
    { code: { project: 'other-image' } },
  ]);

  expect(watched).toMatchObject({
    pushRuleState: 'ENABLED',
    pushRepositories: ['model'],
    buildRuleState: 'ENABLED',
    buildProjects: ['other-image'],
  });
});

test('a list too long for a pattern becomes anything', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    drift: { alarm: `the-drift-alarm-number-${index}` },
  }));

  expect(made('packaging/watched.cjs', many)).toMatchObject({
    driftRuleState: 'ENABLED',
    driftAlarms: [{ exists: true }],
  });
});

test('images are looked up in the repositories that pipelines name, and registered from Neo’s as well', () => {
  const compile = { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/runtimes/dlr:1' };
  const { repositoryArns, registeredRepositoryArns } = made('packaging/watched.cjs', [{}], { compile });
  const own = [
    'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/pipeline-0',
    'arn:${AWS::Partition}:ecr:eu-west-1:123456789012:repository/runtimes/dlr',
  ].map((arn) => ({ 'Fn::Sub': arn }));

  expect(repositoryArns).toEqual(own);
  expect(registeredRepositoryArns).toEqual(
    expect.arrayContaining([
      ...own,
      { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:*:repository/xgboost-neo' },
    ]),
  );
});

test('no schedule needs no resource', () => {
  expect(made('resources/schedules.cjs', [{}])).toEqual({ Resources: {} });
});

test('each schedule is one, told apart even where names differ by a hyphen alone', () => {
  const { Resources } = made('resources/schedules.cjs', [
    { schedule: { expression: 'rate(1 day)' } },
    { schedule: { expression: 'cron(0 3 ? * MON *)', timezone: 'Europe/Zurich' } },
  ]) as { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

  const schedules = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  expect(schedules.map(({ Properties }) => [Properties.Name, Properties.ScheduleExpressionTimezone])).toEqual(
    [
      ['pipeline-0', 'UTC'],
      ['pipeline-1', 'Europe/Zurich'],
    ],
  );
  expect(Object.keys(Resources).every((id) => /^[A-Za-z0-9]+$/.test(id))).toBe(true);
});
