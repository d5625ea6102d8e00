import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../packaging/root.ts';
import { SmallWorld } from '../test/local/asl/support/small-world.ts';
import { mixedStates, passStates } from './machines.ts';
import { median, ratio, rounded } from './numbers.ts';
import { Peer } from './peer.ts';
import { peerMixedStates, peerPassStates } from './peer-machines.ts';
import type { Section } from './section.ts';

const BATCHES = 7;
const BATCH_MS = 500;

/** Rounds that one execution makes through its states. */
const ROUNDS = 25;

/** How fast the interpreter enters states, beside the nearest other one. */
export async function measureInterpreter(): Promise<Section> {
  const machines = [
    {
      name: 'mixed: choices, variables, mocked tasks',
      states: mixedStates(ROUNDS),
      peer: new Peer(peerMixedStates(ROUNDS)),
    },
    { name: 'Pass states', states: passStates(ROUNDS), peer: new Peer(peerPassStates(ROUNDS)) },
  ];
  const rows: string[][] = [];
  for (const { name, states, peer } of machines) {
    const { perSecond, eventsPerTransition, peerPerSecond } = await speedOf(states, peer);
    rows.push([
      name,
      rounded(perSecond),
      eventsPerTransition.toFixed(2),
      rounded(peerPerSecond),
      ratio(perSecond, peerPerSecond),
    ]);
  }
  return {
    title: 'The state machine interpreter',
    how: `Machines of twenty states, run one after another on one core; each execution goes ${ROUNDS} rounds through its states. Ours are JSONata, in virtual time, and keep AWS’s full history with every input and output. The peer is aws-local-stepfunctions ${peerVersion()}, which speaks only JSONPath: its machines do the same with paths and intrinsic functions, need one state more to count, and keep no history but a short log. Batches in turns, median of ${BATCHES} after one to warm up.`,
    columns: [
      'machine',
      'transitions per second',
      'history events per transition',
      'peer, transitions per second',
      'beside the peer',
    ],
    rows,
    broken: [],
  };
}

async function speedOf(states: Record<string, object>, peer: Peer) {
  const ours: Batch[] = [];
  const theirs: Pick<Batch, 'perSecond'>[] = [];
  // Taken in turns, so that a slow moment of the machine meets both.
  for (let batch = 0; batch <= BATCHES; batch += 1) {
    ours.push(await oneBatch(states));
    const { transitions, spentMs } = await peer.batch(BATCH_MS);
    theirs.push({ perSecond: (transitions * 1000) / spentMs });
  }
  return {
    perSecond: median(ours.slice(1).map(({ perSecond }) => perSecond)),
    eventsPerTransition: ours[1]!.eventsPerTransition,
    peerPerSecond: median(theirs.slice(1).map(({ perSecond }) => perSecond)),
  };
}

interface Batch {
  readonly perSecond: number;
  readonly eventsPerTransition: number;
}

const peerVersion = (): string =>
  (
    JSON.parse(
      readFileSync(join(projectRoot, 'node_modules/aws-local-stepfunctions/package.json'), 'utf8'),
    ) as {
      version: string;
    }
  ).version;

/** In a world of its own, so that no batch pays for the histories of those before it. */
async function oneBatch(states: Record<string, object>): Promise<Batch> {
  const world = new SmallWorld({
    'lambda:Invoke': { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: '{"score":0.68}' },
    'dynamodb:GetItem': { Item: { pk: { S: 'pipeline/flight-delay' }, outcome: { S: 'LIVE' } } },
  });
  const machine = world.machine(states);
  let transitions = 0;
  let events = 0;
  let spentMs = 0;
  while (spentMs < BATCH_MS) {
    const beganMs = performance.now();
    const { view } = await world.ended(world.start(machine, { threshold: 0.6 }));
    spentMs += performance.now() - beganMs;
    if (view.status !== 'SUCCEEDED')
      throw new Error(`A measured execution failed: ${view.error}: ${view.cause}`);
    transitions += view.history.filter(({ type }) => type.endsWith('StateEntered')).length;
    events += view.history.length;
  }
  return { perSecond: (transitions * 1000) / spentMs, eventsPerTransition: events / transitions };
}
