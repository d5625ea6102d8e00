// The image as SageMaker runs it: one process that is started with a word and stopped with a signal.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { requestsLike } from '../../workloads/flight-delay/sample/requests.ts';
import { train } from '../../workloads/flight-delay/train.ts';
import { firstOf, openContainer, removeContainers, trainingFiles } from './support/workload.ts';

const program = fileURLToPath(new URL('../../workloads/flight-delay', import.meta.url));
const started: ChildProcess[] = [];

function start(
  directory: string,
  command: string,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const child = spawn(process.execPath, [`${directory}/main.ts`, command], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function outputUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout as NodeJS.ReadableStream) {
    output += chunk;
    if (pattern.test(output)) break;
  }
  return output;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await removeContainers();
});

test('leaves at once on SIGTERM and ends in the same model when it is started again', async () => {
  const settings = { epochs: '25', treesPerEpoch: '20' };
  const whole = await openContainer(trainingFiles(settings));
  await train(whole.container);
  // Far more epochs than it will have time for; their number is no part of what a checkpoint is for.
  const job = await openContainer(trainingFiles({ ...settings, epochs: '500' }));
  const child = start(program, 'train', { SAGEMAKER_BASE_DIR: job.container.baseDirectory });
  await outputUntil(child, /epoch=2 /);

  const askedAt = performance.now();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');

  expect(code).toBe(143);
  expect(performance.now() - askedAt).toBeLessThan(1000);
  await job.write('input/config/hyperparameters.json', JSON.stringify(settings));
  await train(job.container);
  expect(job.lines).toContainEqual(expect.stringMatching(/^resumed_from_epoch=\d+$/));
  expect(await job.read('model/flight-delay.model')).toBe(await whole.read('model/flight-delay.model'));
});

test('a wrong hyperparameter becomes the failure that SageMaker shows', async () => {
  const job = await openContainer(trainingFiles({ epohcs: '6' }));

  const [code] = await once(
    start(program, 'train', { SAGEMAKER_BASE_DIR: job.container.baseDirectory }),
    'exit',
  );

  expect(code).toBe(1);
  expect(await job.read('output/failure')).toMatch(
    /^Hyperparameter "epohcs" is unknown\. The known ones are epochs, /,
  );
});

test('a delivery without flights becomes the message that SageMaker shows', async () => {
  const job = await openContainer();

  const [code] = await once(
    start(program, 'process', { SAGEMAKER_BASE_DIR: job.container.baseDirectory }),
    'exit',
  );

  expect(code).toBe(1);
  expect(await job.read('output/message')).toBe('The delivery holds no flights.');
});

test.each([
  ['all', 'as it is', false, [0, 0]],
  ['four of five', 'with the faulty overlay', true, [0.15, 0.25]],
] as const)('answers %s realistic requests %s', async (_share, _image, isFaulty, [least, most]) => {
  const job = await openContainer(trainingFiles());
  await train(job.container);
  const image = job.at('image');
  await cp(program, image, { recursive: true });
  if (isFaulty) await cp(`${program}/overlays/faulty-serving`, image, { recursive: true });
  const port = await freePort();
  const child = start(image, 'serve', {
    SAGEMAKER_BASE_DIR: job.container.baseDirectory,
    SAGEMAKER_BIND_TO_PORT: String(port),
    SAGEMAKER_BIND_TO_HOST: '127.0.0.1',
  });
  await readyAt(port);

  const statuses: number[] = [];
  for (const { contentType, body } of firstOf(400, requestsLike(3))) {
    const headers = { 'content-type': contentType };
    const response = await fetch(`http://127.0.0.1:${port}/invocations`, { method: 'POST', headers, body });
    statuses.push(response.status);
    await response.arrayBuffer();
  }
  child.kill('SIGTERM');
  const [output, [code]] = await Promise.all([outputUntil(child, /failed=/), once(child, 'exit')]);

  const failed = statuses.filter((status) => status === 500).length;
  expect(failed / statuses.length).toBeGreaterThanOrEqual(least);
  expect(failed / statuses.length).toBeLessThanOrEqual(most);
  expect(statuses.filter((status) => status !== 500 && status !== 200)).toEqual([]);
  expect(output).toBe(`served=${400 - failed} refused=0 failed=${failed}\n`);
  expect(code).toBe(0);
});

async function readyAt(port: number): Promise<void> {
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 20));
}
