import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unpack } from '../local/services/lambda/function-code.ts';
import { packageFolder } from '../packaging/package.ts';
import { projectRoot } from '../packaging/root.ts';
import { openAwsEdge } from './aws-edge.ts';
import { median, rounded } from './numbers.ts';
import type { Section } from './section.ts';

const BATCH = 1000;
const ROUNDS = 25;
const WARM_UP = 10;

type Handler = (event: object, context: object) => Promise<{ batchItemFailures: unknown[] }>;

/** What a batch is made of, by the number of a message in it. */
const BATCHES: readonly { readonly shown: string; readonly body: (index: number) => string }[] = [
  { shown: 'uploads', body: (index) => upload(index) },
  { shown: 'events that no pipeline watches', body: (index) => upload(index, 'elsewhere/') },
  {
    shown: '95 % uploads, 4 % pushed images, 1 % that nobody can read',
    body: (index) => (index % 100 === 0 ? 'poison' : index % 25 === 1 ? image(index) : upload(index)),
  },
];

/** How many events a second go through the packaged handler, its AWS clients included. */
export async function measureRouting(): Promise<Section> {
  const edge = await openAwsEdge();
  const environment = { ...process.env };
  const handler = await loadHandler(edge.url);
  const rows: string[][] = [];
  try {
    for (const { shown, body } of BATCHES) {
      const event = {
        Records: Array.from({ length: BATCH }, (_, index) => ({ messageId: `m${index}`, body: body(index) })),
      };
      const perSecond: number[] = [];
      for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
        if (round === WARM_UP) edge.calls.clear();
        const beganMs = performance.now();
        const { batchItemFailures } = await quietly(() => handler(event, { awsRequestId: String(round) }));
        if (batchItemFailures.length > 0)
          throw new Error(`${batchItemFailures.length} messages of a batch would come back.`);
        if (round >= WARM_UP) perSecond.push((BATCH * 1000) / (performance.now() - beganMs));
      }
      const calls = [...edge.calls.values()].reduce((sum, count) => sum + count, 0) / ROUNDS;
      rows.push([shown, rounded(median(perSecond)), rounded(Math.min(...perSecond)), rounded(calls)]);
    }
  } finally {
    edge.close();
    process.env = environment;
  }
  return {
    title: 'Events through route-events',
    how: `Batches of ${BATCH.toLocaleString('en-GB')} messages through the packaged handler in one thread, which answers its AWS calls, too: they end at an HTTP server in the same process. Median and slowest of ${ROUNDS} batches; the same event may come again, as it may on AWS. At least 5,000 a second are wanted.`,
    columns: ['a batch of', 'events per second', 'slowest', 'AWS calls a batch'],
    rows,
    broken: [],
  };
}

/** The bundle that is deployed, with its clients pointed at the edge. */
async function loadHandler(endpoint: string): Promise<Handler> {
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL: endpoint,
    RELEASE_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:release',
    ROLLBACK_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:rollback',
    COLLECT_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:collect',
    LEDGER_TABLE: 'ledger',
    // A name that may not stand in a host name keeps it in the path.
    ARTIFACT_BUCKET: 'artifacts.of.the.bench',
    DEAD_LETTER_QUEUE_URL: `${endpoint}/123456789012/dead-letters`,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  });
  const { directory } = unpack(join(packageFolder, 'route-events.zip'));
  const module = await import(pathToFileURL(join(directory, 'functions/route-events/handler.mjs')).href);
  return (module as { handler: Handler }).handler;
}

/** The log is made, and goes nowhere: the logger writes to the process's output past the console. */
async function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}

const sample = (path: string) =>
  JSON.parse(readFileSync(join(projectRoot, 'events', `${path}.json`), 'utf8'));
const s3 = sample('s3/object-created');
const ecr = sample('ecr/image-pushed');

const upload = (index: number, prefix = 'flight-delay/incoming/'): string =>
  JSON.stringify({
    ...s3,
    id: `event-${index}`,
    detail: { ...s3.detail, object: { ...s3.detail.object, key: `${prefix}${index}.json` } },
  });

const image = (index: number): string =>
  JSON.stringify({
    ...ecr,
    id: `event-${index}`,
    detail: { ...ecr.detail, 'image-digest': `sha256:${String(index).padStart(64, '0')}` },
  });
