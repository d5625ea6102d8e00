import { cases } from '../../conform/cases/index.ts';
import { mayAsk } from '../../conform/confirm.ts';
import { OptionsError, readOptions } from '../../conform/options.ts';
import { planText } from '../../conform/plan.ts';
import { realGround } from '../../conform/real-ground.ts';
import { rolesFor } from '../../conform/roles.ts';

describe('the plan', () => {
  test('is what is printed when nobody names a cap', () => {
    expect(readOptions([])).toMatchObject({ mode: 'plan', cap: 0 });
    expect(readOptions(['--region', 'eu-west-1', '--yes'])).toMatchObject({ mode: 'plan' });
  });

  test('names every case in order with its cost, and the policies of every role', () => {
    const text = planText(cases);

    const places = cases.map(({ id }) => text.indexOf(`  ${id} `));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const kind of rolesFor(cases).keys()) expect(text).toContain(`--${kind}-role-arn, for`);
    expect(text).toContain('Nothing was asked and nothing was spent.');
  });

  test('puts cheap cases first and what must be read last', () => {
    const costs = cases.map((one) => ('kind' in one ? Number.POSITIVE_INFINITY : one.cost.usd));

    expect(costs).toEqual([...costs].sort((a, b) => (a < b ? -1 : 1)));
  });
});

describe('options', () => {
  test.each([
    [['--spend', '5'], '--spend needs a --region.'],
    [['--spend', 'much', '--region', 'eu-west-1'], '--spend is much; give dollars, such as 5 or 0.50.'],
    [['--spend', '', '--region', 'eu-west-1'], '--spend is ; give dollars, such as 5 or 0.50.'],
    [['--spend=-1', '--region', 'eu-west-1'], '--spend is -1; give dollars, such as 5 or 0.50.'],
    [['--local', '--spend', '1'], '--local spends nothing: leave --spend out.'],
    [['--case', 'sqs/none'], 'There is no case sqs/none.'],
    [['--service', 'ec2'], 'There is no case of ec2.'],
    [['--job-role-arn', 'me'], "--job-role-arn is me, which is not a role's ARN."],
  ])('%j is refused', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(new OptionsError(message));
  });

  test('a service and a case are both taken', () => {
    const { ids } = readOptions(['--service', 'sqs', '--case', 'ecr/refusals'])!;

    expect([...ids].sort()).toEqual(['ecr/refusals', 'sqs/refusals', 'sqs/visibility-and-dead-letters']);
  });
});

test('AWS is not asked where calls would go elsewhere', async () => {
  process.env.AWS_ENDPOINT_URL_SQS = 'http://127.0.0.1:1';
  try {
    const options = readOptions(['--region', 'eu-west-1', '--spend', '1'])!;

    await expect(realGround(options)).rejects.toThrow(
      'AWS_ENDPOINT_URL_SQS is set, so AWS would not be asked.',
    );
  } finally {
    delete process.env.AWS_ENDPOINT_URL_SQS;
  }
});

describe('before AWS is asked', () => {
  const place = { accountId: '999988887777', region: 'eu-west-1' };
  const typing = (text: string, isPerson = true) => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    return { said, isPerson, say, question: async () => text };
  };

  test('the account and the cap are shown, and the account id has to be typed', async () => {
    const right = typing(' 999988887777 ');

    expect(await mayAsk({ cap: 5, confirmed: false }, place, right)).toBe(true);
    expect(right.said).toEqual(['Account 999988887777 in eu-west-1; at most about 5.00 $ are spent.']);
  });

  test.each(['', 'y', 'yes', '999988887778'])('typing %j spends nothing', async (text) => {
    const wrong = typing(text);

    expect(await mayAsk({ cap: 5, confirmed: false }, place, wrong)).toBe(false);
    expect(wrong.said.at(-1)).toBe('Nothing was asked and nothing was spent.');
  });

  test('a script has to say --yes', async () => {
    const nobody = typing('', false);

    await expect(mayAsk({ cap: 5, confirmed: false }, place, nobody)).rejects.toThrow('give --yes');
    expect(await mayAsk({ cap: 5, confirmed: true }, place, nobody)).toBe(true);
  });
});
