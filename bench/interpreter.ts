import { SmallWorld } from '../test/local/asl/support/small-world.ts';
import { mixedStates, passStates } from './machines.ts';
import { median, rounded } from './numbers.ts';
import type { Section } from './section.ts';

const BATCHES = 7;
const BATCH_MS = 500;

/** Rounds that one execution makes through its states. */
const ROUNDS = 25;

/** How fast the interpreter enters states. */
export async function measureInterpreter(): Promise<Section> {
  const machines = [
    { name: 'mixed: choices, variables, mocked tasks', states: mixedStates(ROUNDS) },
    { name: 'Pass states', states: passStates(ROUNDS) },
  ];
  const rows: string[][] = [];
  for (const { name, states } of machines) {
    const { perSecond, eventsPerTransition } = await speedOf(states);
    rows.push([name, String(Object.keys(states).length), rounded(perSecond), eventsPerTransition.toFixed(2)]);
  }
  return {
    title: 'The state machine interpreter',
    how: `JSONata machines run one after another in virtual time on one core, with full history; each execution goes ${ROUNDS} rounds through its states. Median of ${BATCHES} batches after one to warm up.`,
    columns: ['machine', 'states', 'transitions per second', 'history events per transition'],
    rows,
    broken: [],
  };
}

async function speedOf(
  states: Record<string, object>,
): Promise<{ perSecond: number; eventsPerTransition: number }> {
  const batches: { perSecond: number; eventsPerTransition: number }[] = [];
  for (let batch = 0; batch <= BATCHES; batch += 1) batches.push(await oneBatch(states));
  const timed = batches.slice(1);
  return {
    perSecond: median(timed.map(({ perSecond }) => perSecond)),
    eventsPerTransition: timed[0]!.eventsPerTransition,
  };
}

/** In a world of its own, so that no batch pays for the histories of those before it. */
async function oneBatch(states: Record<string, object>) {
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
