import { globSync } from 'node:fs';
import { isCall } from '../../conform/case.ts';
import { cases } from '../../conform/cases/index.ts';
import { serviceOperations } from '../../packaging/fidelity/operations.ts';
import { parts } from '../../packaging/fidelity/parts.ts';
import { fidelityFindings } from '../../packaging/fidelity.ts';
import { projectRoot } from '../../packaging/root.ts';

const behaviours = parts.flatMap((part) => part.behaviours);

test('docs/fidelity.md tells what the code does', async () => {
  expect(await fidelityFindings()).toEqual([]);
});

test('every part that tells how it stands to AWS is on the page', async () => {
  const files = globSync('local/*/**/fidelity.ts', { cwd: projectRoot });
  const told = await Promise.all(
    files.map(async (file) => (await import(`../../${file}`)) as { fidelity: (typeof parts)[number] }),
  );

  expect(told.map(({ fidelity }) => fidelity.title).sort()).toEqual(parts.map(({ title }) => title).sort());
});

test('every unconfirmed behaviour names a case that asks AWS, and no other behaviour does', () => {
  const askable = new Set(cases.filter(isCall).map(({ id }) => id));

  const unasked = behaviours.filter(
    ({ standing, case: id }) => (standing === 'unconfirmed') !== (id !== undefined && askable.has(id)),
  );

  expect(unasked).toEqual([]);
});

test('every operation that a stand-in answers has AWS’s model', async () => {
  const unmodelled = (await serviceOperations()).flatMap((one) => one.unmodelled);

  expect(unmodelled).toEqual([]);
});

test('no behaviour is told twice', () => {
  expect(new Set(behaviours.map(({ behaviour }) => behaviour)).size).toBe(behaviours.length);
});
