/** SETTLE(x): after an execution that ended without its own clean-up, as often and as late as the event comes. */
import { actingSteps } from './acting.ts';
import { STEP, type StepName } from './step-names.ts';
import { takingBackSteps } from './taking-back.ts';
import { tryingSteps } from './trying.ts';
import { seize, skip } from './turn.ts';
import { begin, forget, goTo, type Step, waitingSteps } from './waiting.ts';
import { bit, type Execution, OUTCOME, STATUS, type World } from './world.ts';

const settlingSteps: Partial<Record<StepName, Step>> = {
  FORGET(world, me) {
    skip(world, me.of);
    goTo(me, 'READ');
  },

  READ(world, me) {
    me.knowsFence = 1;
    me.sawHolder = world.turn.holder;
    goTo(me, 'DESCRIBE');
  },

  DESCRIBE(world, me) {
    if (world.execution(me.of).isRunning) leave(me);
    else goTo(me, me.sawHolder === me.of ? 'SEIZE' : 'RECORD');
  },

  SEIZE(world, me) {
    if (seize(world, me, me.of)) begin(world, me);
    else goTo(me, 'READ');
  },

  RECORD(world, me) {
    if (me.isSettler) {
      recordForTheDead(world, me.rank);
      leave(me);
    } else {
      record(world, me.rank, isProven(world, me.rank) ? OUTCOME.LIVE : me.conclusion);
      me.status = STATUS.ENDED;
    }
  },
};

export const STEPS: readonly (Step | undefined)[] = Object.entries(STEP).map(
  ([name]) =>
    ({ ...waitingSteps, ...actingSteps, ...tryingSteps, ...takingBackSteps, ...settlingSteps })[
      name as StepName
    ],
);

/** Only what nobody recorded, and only if no attempt of the release goes on; that it was live is always told. */
function recordForTheDead(world: World, release: number): void {
  const latest = world.attempts.findLast(({ rank }) => rank === release)!;
  if (latest.isRunning) return;
  if (isProven(world, release)) record(world, release, OUTCOME.LIVE);
  else if (world.execution(release).outcome === OUTCOME.NONE && latest.status !== STATUS.ENDED) {
    record(world, release, latest.isSuperseded === 1 ? OUTCOME.SUPERSEDED : OUTCOME.FAILED);
  }
}

function record(world: World, release: number, outcome: number): void {
  world.execution(release).outcome = outcome;
  if ((outcome === OUTCOME.LIVE) !== isProven(world, release)) world.wrong = 'untrue outcome';
  if (outcome === OUTCOME.SUPERSEDED && !isSupersededRightly(world, release)) world.wrong = 'untrue outcome';
}

/** A release of `queue` gives way only to a newer one that is live, the others to one that was asked for. */
function isSupersededRightly(world: World, release: number): boolean {
  if (world.policyOf(world.execution(release)) === 'queue' && world.turn.floorRank <= release) {
    return world.turn.liveRank > release;
  }
  return world.attempts.some(({ rank, step }) => rank > release && step !== 0);
}

const isProven = (world: World, release: number): boolean => (world.endpoint.proven & bit(release)) !== 0;

function leave(me: Execution): void {
  forget(me);
  goTo(me, 'NOT STARTED');
  me.of = 0;
  me.rank = 0;
  me.knowsFence = 0;
  me.status = STATUS.RUNNING;
}
