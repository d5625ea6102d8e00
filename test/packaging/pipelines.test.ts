import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPipelines } from '../../packaging/pipelines.ts';
import { projectRoot } from '../../packaging/root.ts';

let folder: string;
const sample = readFileSync(join(projectRoot, 'pipelines/flight-delay.yaml'), 'utf8');
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-'));
  cpSync(join(projectRoot, 'pipelines'), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('pipeline files', () => {
  test('are read by name, as they were written', async () => {
    expect(Object.keys(await loadPipelines(folder))).toEqual(['flight-delay']);
  });

  test('tell every fault of every file, one a line', async () => {
    write('one.yaml', sample.replace('name: flight-delay', 'name: one').replace('\nprocess:', '\nproccess:'));
    write(
      'two.yaml',
      sample
        .replace('name: flight-delay', 'name: two')
        .replace('count: 4', 'count: 1')
        .replace('endpoint: flight-delay', 'endpoint: two'),
    );

    const failure = await loadPipelines(folder).catch((error: Error) => error.message.split('\n'));

    expect(failure).toEqual([
      'pipelines/one.yaml: $.process is missing',
      expect.stringContaining('pipelines/one.yaml: $.proccess is not a known field; did you mean process?'),
      expect.stringContaining(
        'pipelines/two.yaml: $.deploy.instances.count is 1; a canary needs at least 2 instances',
      ),
    ]);
  });

  test('may not share an endpoint', async () => {
    write('copy.yaml', sample.replace('name: flight-delay', 'name: copy'));

    await expect(loadPipelines(folder)).rejects.toThrow(
      'pipelines/flight-delay.yaml: $.deploy.endpoint is flight-delay, which belongs to pipelines/copy.yaml already',
    );
  });

  test.each([
    ['', 'is empty; copy pipelines/flight-delay.yaml to begin with'],
    ['name: [one', 'Flow sequence in block collection'],
    [
      sample,
      '$.name is flight-delay, but a file is named after its pipeline: rename it to flight-delay.yaml',
    ],
  ])('say what is wrong with a file that begins with %#', async (text, message) => {
    write('one.yaml', text);

    await expect(loadPipelines(folder)).rejects.toThrow(message);
  });
});
