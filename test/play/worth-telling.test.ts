import { worthTelling } from '../../play/local/worth-telling.ts';

const entry = (what: string) => ({ atMs: 0, subject: 'door/stepfunctions/StartExecution', what });

test('a refusal is told with who was asked', () => {
  expect(worthTelling(entry('refused, InvalidName'))).toBe(
    'stepfunctions/StartExecution: refused, InvalidName',
  );
});

test('a refusal that repeats a large input does not fill the terminal', () => {
  expect(worthTelling(entry(`refused: ${'x'.repeat(262_144)}`))!.length).toBeLessThan(600);
});
