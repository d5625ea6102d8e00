import { madeFromPipelines } from './support/made-from-pipelines.ts';

interface Rule {
  readonly Properties: {
    readonly EventPattern: { readonly detail: { readonly alarmName: readonly string[] } };
    readonly Targets: readonly { readonly InputTransformer: { readonly InputTemplate: string } }[];
  };
}

/** The rules for pipelines of these endpoints that name these alarms. */
function rulesFor(...deploys: readonly object[]): Record<string, Rule> {
  const pipelines = deploys.map((deploy) => ({ deploy }));
  return madeFromPipelines('resources/named-alarms.cjs', pipelines).Resources as Record<string, Rule>;
}

const namesIn = ({ Properties }: Rule): readonly string[] => Properties.EventPattern.detail.alarmName;

test('there is no rule where no alarm is named', () => {
  expect(rulesFor({ endpoint: 'one' }, { endpoint: 'two', alarms: { named: [] } })).toEqual({});
});

test('each endpoint has a rule that names it, with the alarms of all its pipelines', () => {
  const rules = Object.values(
    rulesFor(
      { endpoint: 'shop', alarms: { named: ['conversion', 'returns'] } },
      { endpoint: 'shop', alarms: { named: ['conversion', 'baskets'] } },
      { endpoint: 'other', alarms: { named: ['conversion'] } },
    ),
  );

  expect(rules.map(namesIn)).toEqual([['baskets', 'conversion', 'returns'], ['conversion']]);
  expect(rules.map(({ Properties }) => Properties.Targets[0]!.InputTransformer.InputTemplate)).toEqual([
    '{"subject":"endpoint/shop","news":<news>}',
    '{"subject":"endpoint/other","news":<news>}',
  ]);
});

test('names that are too long for one pattern are parted, and none is lost', () => {
  const named = Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(255, 'x'));

  const rules = Object.values(rulesFor({ endpoint: 'shop', alarms: { named } }));

  expect(rules.length).toBeGreaterThan(1);
  expect(rules.flatMap(namesIn)).toEqual(named);
  for (const { Properties } of rules)
    expect(JSON.stringify(Properties.EventPattern).length).toBeLessThanOrEqual(2048);
});

test('endpoints that are the same without their hyphens have rules of their own', () => {
  const rules = rulesFor(
    { endpoint: 'a-b', alarms: { named: ['one'] } },
    { endpoint: 'ab', alarms: { named: ['one'] } },
    { endpoint: 'AB', alarms: { named: ['one'] } },
  );

  expect(Object.keys(rules)).toHaveLength(3);
  for (const id of Object.keys(rules)) expect(id).toMatch(/^[A-Za-z0-9]+$/);
});
