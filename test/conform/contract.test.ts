import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumedAnswer, assumedIds } from '../../conform/assumed.ts';
import { isCall } from '../../conform/case.ts';
import { cases } from '../../conform/cases/index.ts';
import { rehearseCase } from '../../conform/rehearse-case.ts';
import { projectRoot } from '../../packaging/root.ts';

const calls = cases.filter(isCall);

test.each(calls.map((one) => [one.id, one] as const))(
  'the local world answers %s as it is written down',
  async (_id, one) => {
    const { answered, why, leftovers, minutes } = await rehearseCase(one);

    expect(why).toBeUndefined();
    expect(answered).toEqual(assumedAnswer(one));
    expect(leftovers).toEqual([]);
    expect(minutes).toBeLessThanOrEqual(one.cost.minutes);
  },
);

test('every written answer belongs to a case', () => {
  const services = [...new Set(calls.map(({ service }) => service))];

  expect(services.flatMap(assumedIds).sort()).toEqual(calls.map(({ id }) => id).sort());
});

test('every case is reached by `npm run conform`', async () => {
  const files = globSync('conform/cases/*/*.ts', { cwd: projectRoot });
  const exported = await Promise.all(files.map((file) => import(`../../${file}`)));
  const written = exported.flatMap((module) => Object.values(module)).flat();

  const ids = written
    .filter((one) => (one as { run?: unknown }).run !== undefined)
    .map((one) => (one as { id: string }).id);

  expect(ids.sort()).toEqual(calls.map(({ id }) => id).sort());
});

test('ids are unique and begin with their service', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  for (const { id, service } of cases) expect(id.startsWith(`${service}/`)).toBe(true);
});

test('cases reach nothing of the local world', () => {
  const allowed = /^(@aws-sdk\/client-[a-z0-9-]+|fflate|\.\.?\/.*)$/;
  const foreign = globSync('conform/cases/**/*.ts', { cwd: projectRoot }).flatMap((file) => {
    const imports = readFileSync(join(projectRoot, file), 'utf8').matchAll(/from '([^']+)'/g);
    return [...imports]
      .map(([, from]) => from!)
      .filter((from) => !allowed.test(from) || (from.includes('/local/') && !from.endsWith('/local/tar.ts')))
      .map((from) => `${file}: ${from}`);
  });

  expect(foreign).toEqual([]);
});
