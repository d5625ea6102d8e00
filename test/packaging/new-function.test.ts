import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { schemaFindings } from '../../packaging/checks/schemas.ts';
import { type Contract, readContracts } from '../../packaging/contracts.ts';
import { newFunction } from '../../packaging/new-function.ts';
import { projectRoot } from '../../packaging/root.ts';

const FOUR_PLACES = [
  'functions/weigh-evidence/weigh-evidence.ts',
  'functions/weigh-evidence/handler.ts',
  'schemas/weigh-evidence.request.schema.json',
  'schemas/weigh-evidence.result.schema.json',
  'test/functions/weigh-evidence.test.ts',
];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-function-'));
  copyFileSync(join(projectRoot, 'serverless.yml'), join(root, 'serverless.yml'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const functionsOf = (text: string): Record<string, unknown> =>
  (parse(text, { logLevel: 'error' }) as { functions: Record<string, unknown> }).functions;

describe('a new function', () => {
  test('stands in its four places under one name', () => {
    const { files } = newFunction('weigh-evidence', root);

    expect(files).toEqual([...FOUR_PLACES, 'serverless.yml']);
    for (const file of files) expect(existsSync(join(root, file))).toBe(true);
    expect(read('functions/weigh-evidence/weigh-evidence.ts')).toContain(
      'export function weighEvidence({ release }: WeighEvidenceRequest): WeighEvidenceResult {',
    );
    expect(read('functions/weigh-evidence/handler.ts')).toContain(
      'deciding(weighEvidence, { request, result })',
    );
  });

  test('has contracts that pass the checks', () => {
    newFunction('weigh-evidence', root);

    const added = ['request', 'result'].map(
      (end): Contract => ({
        name: `weigh-evidence.${end}`,
        schema: JSON.parse(read(`schemas/weigh-evidence.${end}.schema.json`)),
      }),
    );

    expect(schemaFindings([...readContracts(), ...added])).toEqual([]);
  });

  test('is entered in the stack, whose other lines stay as they are', () => {
    const before = read('serverless.yml');

    newFunction('weigh-evidence', root);

    const after = read('serverless.yml');
    expect(functionsOf(after)).toEqual({
      ...functionsOf(before),
      'weigh-evidence': {
        handler: 'functions/weigh-evidence/handler.handler',
        description: expect.any(String),
      },
    });
    const added = after.split('\n').filter((line) => !before.includes(line));
    expect(added).toHaveLength(3);
    expect(after.split('\n').length).toBe(before.split('\n').length + 4);
  });

  test('tells the lines to paste: substitution, permission and state', () => {
    const { remaining } = newFunction('weigh-evidence', root);

    expect(remaining).toContain('WeighEvidenceFunction: !GetAtt WeighDashevidenceLambdaFunction.Arn');
    expect(remaining).toContain('- !GetAtt WeighDashevidenceLambdaFunction.Arn');
    expect(remaining).toContain('  Weigh evidence:\n');
    expect(remaining).not.toContain('under functions:');
  });

  test('tells its entry too where the stack file is laid out in another way', () => {
    writeFileSync(join(root, 'serverless.yml'), 'service: signalbox\nfunctions: { a-b: { handler: x } }\n');

    const { files, remaining } = newFunction('weigh-evidence', root);

    expect(files).toEqual(FOUR_PLACES);
    expect(remaining).toContain('serverless.yml, under functions:');
    expect(remaining).toContain('handler: functions/weigh-evidence/handler.handler');
  });
});

describe('a name is refused, and nothing is written,', () => {
  test.each([
    ['is missing', undefined, 'Name the function, for example: npm run new -- judge-challenger'],
    ['is empty', '', 'Name the function'],
    ['is one word', 'shared', '"shared" is no name for a function: a verb and its object'],
    ['has capitals', 'WeighEvidence', '"WeighEvidence" is no name'],
    ['leaves its folder', '../weigh-evidence', '"../weigh-evidence" is no name'],
    ['has digits', 'weigh-2', '"weigh-2" is no name'],
    ['ends with a hyphen', 'weigh-', '"weigh-" is no name'],
    ['is too long for Lambda', `weigh-${'e'.repeat(40)}`, 'has 46 characters; at most 38 fit'],
  ])('when it %s', (_why, name, message) => {
    expect(() => newFunction(name, root)).toThrow(message);
    expect(existsSync(join(root, 'functions'))).toBe(false);
  });

  test.each(FOUR_PLACES)('when %s is there already', (file) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'kept');

    expect(() => newFunction('weigh-evidence', root)).toThrow(`The name weigh-evidence is taken: ${file}.`);
    expect(read(file)).toBe('kept');
    expect(FOUR_PLACES.filter((other) => existsSync(join(root, other)))).toEqual([file]);
  });

  test('when the stack has a function of that name', () => {
    expect(() => newFunction('judge-challenger', root)).toThrow(
      'serverless.yml (functions.judge-challenger)',
    );
  });
});
