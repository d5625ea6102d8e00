import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { serveOptionsFromEnvironment, startServer } from '../../workloads/flight-delay/serve.ts';
import { train } from '../../workloads/flight-delay/train.ts';
import { openContainer, removeContainers, trainingFiles } from './support/workload.ts';

const flight = { date: '2001/01/15 06:59', distance: 867, origin: 'ORD', destination: 'DFW' };
const json = 'application/json';
const stops: (() => void)[] = [];

async function openServer(withModel: boolean) {
  const job = await openContainer(withModel ? trainingFiles() : {});
  if (withModel) await train(job.container);
  const { server, counts } = await startServer(job.container, { port: 0, host: '127.0.0.1' });
  stops.push(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const invoke = async (body: string, contentType: string = json) => {
    const response = await fetch(`${base}/invocations`, {
      method: 'POST',
      body,
      headers: { 'content-type': contentType },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  return { base, counts, invoke };
}

let serving: Awaited<ReturnType<typeof openServer>>;

beforeAll(async () => {
  serving = await openServer(true);
});

afterAll(async () => {
  for (const stop of stops) stop();
  await removeContainers();
});

test('answers the ping once the model is loaded', async () => {
  expect((await fetch(`${serving.base}/ping`)).status).toBe(200);
});

test('answers one flight, a list and instances alike', async () => {
  const one = JSON.parse((await serving.invoke(JSON.stringify(flight))).text);
  const list = JSON.parse((await serving.invoke(JSON.stringify([flight, flight]))).text);
  const instances = JSON.parse((await serving.invoke(JSON.stringify({ instances: [flight] }))).text);

  expect(one.predictions[0]).toEqual({ probability: expect.any(Number), delayed: false });
  expect(list.predictions).toEqual([one.predictions[0], one.predictions[0]]);
  expect(instances).toEqual(one);
});

test('answers lines with lines', async () => {
  const [expected] = JSON.parse((await serving.invoke(JSON.stringify(flight))).text).predictions;
  const lines = await serving.invoke(
    `${JSON.stringify(flight)}\n${JSON.stringify(flight)}\n`,
    'application/jsonlines',
  );
  const csv = await serving.invoke('2001/01/15 06:59,867,ORD,DFW', 'text/csv; charset=utf-8');

  expect(lines.type).toBe('application/jsonlines');
  expect(
    lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([expected, expected]);
  expect(csv).toEqual({ status: 200, type: 'text/csv', text: `${expected.probability},false\n` });
});

test('answers for an airport it has never seen', async () => {
  expect((await serving.invoke(JSON.stringify({ ...flight, origin: 'XQX' }))).status).toBe(200);
});

test.each([
  [400, 'The body is not JSON.', '{', json],
  [400, 'The request holds no flights.', '[]', json],
  [400, 'Row 1: (row) is not an object.', 'null', json],
  [400, 'Row 2: distance must be', JSON.stringify([flight, { ...flight, distance: 'far' }]), json],
  [400, 'Line 2 is not JSON.', `${JSON.stringify(flight)}\n{`, 'application/jsonlines'],
  [400, 'Row 1: destination must be', '2001/01/15 06:59,867,ORD', 'text/csv'],
  [415, 'Content type "text/xml" is none of', '<flight/>', 'text/xml'],
  [413, 'The body is longer than 6291456 bytes.', 'x'.repeat(6 * 1024 * 1024 + 1), json],
])('refuses with %i: %s', async (status, message, body, contentType) => {
  const refused = await serving.invoke(body, contentType);

  expect(refused.status).toBe(status);
  expect(JSON.parse(refused.text).error).toContain(message);
});

test('refuses other paths and methods', async () => {
  const lost = await fetch(`${serving.base}/predict`);
  const wrong = await fetch(`${serving.base}/invocations`);

  expect(lost.status).toBe(404);
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
});

test('fails its ping when there is no model', async () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { base, invoke } = await openServer(false);
  said.mockRestore();

  expect((await fetch(`${base}/ping`)).status).toBe(503);
  expect((await invoke(JSON.stringify(flight))).status).toBe(503);
});

test('listens where the environment says', () => {
  expect(serveOptionsFromEnvironment({})).toEqual({ port: 8080, host: '0.0.0.0' });
  expect(
    serveOptionsFromEnvironment({ SAGEMAKER_BIND_TO_PORT: '9001', SAGEMAKER_BIND_TO_HOST: '127.0.0.1' }),
  ).toEqual({ port: 9001, host: '127.0.0.1' });
});
