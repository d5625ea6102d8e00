import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { samplePlan } from '../../cli/check/sample-plan.ts';
import { machineName, machinesOf, readTemplate } from '../../packaging/checks/template.ts';
import { readPipelineFiles } from '../../packaging/pipelines.ts';
import { projectRoot } from '../../packaging/root.ts';
import { packagePipeline, pipelineFile } from '../../play/pipeline-file.ts';

const folder = join(projectRoot, 'examples/pipelines');
const names = globSync('*.yaml', { cwd: folder })
  .map((name) => basename(name, '.yaml'))
  .sort();
const ours = readFileSync(join(projectRoot, 'pipelines/flight-delay.yaml'), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'examples-'));

afterAll(() => rmSync(scratch, { recursive: true }));

test('there is an example of every shift, and one of a compiled model', () => {
  expect(names).toEqual(['all-at-once', 'canary', 'compiled', 'linear', 'rolling', 'shadow', 'weights']);
});

describe.each(names)('the example %s', (name) => {
  const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');

  test('has no fault, and can be planned', async () => {
    const path = join(scratch, 'flight-delay.yaml');
    writeFileSync(path, text);
    const [file] = await readPipelineFiles([path]);

    expect(file?.faults).toEqual([]);
    const { plan } = samplePlan(file!.pipeline!, 'eu-west-1');
    expect(plan.deploy.shiftType).toBe(name === 'compiled' ? 'canary' : name);
    expect(plan.compile === null).toBe(name !== 'compiled');
  });

  test('is flight-delay with one block changed', () => {
    // Comments aside, a changed block stands in the place of one of ours or beside them.
    const linesOf = (yaml: string) =>
      yaml.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
    const gone = linesOf(ours).filter((line) => !linesOf(text).includes(line));

    expect(gone.filter((line) => !line.trim().startsWith('shift:'))).toEqual([]);
    expect(text).toContain(`npm start -- --pipeline ${name}\n`);
  });

  test('is found by its bare name and by its path', async () => {
    const path = join(folder, `${name}.yaml`);

    expect((await pipelineFile(name)).path).toBe(path);
    expect(await pipelineFile(path)).toEqual(await pipelineFile(name));
  });
});

test('the acts know by which shift the new model takes over', async () => {
  expect((await pipelineFile('shadow')).acts).toEqual({ shift: 'shadow' });
  expect((await pipelineFile('compiled')).acts).toEqual({ shift: 'canary' });
});

test('a stack with an example as its only pipeline can be packaged', async () => {
  const folder = packagePipeline(await pipelineFile('weights'));
  const machines = machinesOf(readTemplate(folder)).map(([id]) => machineName(id));

  expect(machines).toEqual(expect.arrayContaining(['release', 'deploy', 'weights', 'watch']));
});

describe('npm start -- --pipeline refuses', () => {
  const written = (name: string, yaml: string) => {
    const path = join(scratch, name);
    writeFileSync(path, yaml);
    return path;
  };

  test('what is no file, and names the examples', async () => {
    await expect(pipelineFile('lineal')).rejects.toThrow(
      '--pipeline is lineal; give a file, or one of all-at-once, canary, compiled, linear, rolling, shadow, weights.',
    );
  });

  test('a pipeline that the acts do not play', async () => {
    const path = written('other.yaml', ours.replace('name: flight-delay', 'name: other'));

    await expect(pipelineFile(path)).rejects.toThrow('which is other; the acts play flight-delay');
  });

  test('a file with a fault, which it names', async () => {
    const path = written('faulty.yaml', ours.replace('percent: 25', 'percent: 70'));

    await expect(pipelineFile(path)).rejects.toThrow(/faulty\.yaml: \$\.deploy\.shift/);
  });
});
