/** Everything that can happen in a world of the protocol, in any order: steps, SageMaker, people and accidents. */
import { completes, goesBack, isActing } from './endpoint.ts';
import { type Found, type Model, type Move, search } from './search.ts';
import { STEPS } from './settling.ts';
import { AFTER_A_TRIAL, CALLS_TO_THE_ENDPOINT, nameOf, STEP, STEPS_OF_A_TRIAL } from './step-names.ts';
import { stop } from './stop.ts';
import { endsAlone, goesOnAlone, leavesATrialAlone, trialBreaks } from './trying.ts';
import { conclude, forget } from './waiting.ts';
import { bit, type Execution, OUTCOME, type Size, STATUS, World } from './world.ts';

/** Searches every interleaving of this size. */
export function explore(size: Size, mostStates?: number): Found {
  return search(protocol(size), mostStates);
}

export function protocol(size: Size): Model {
  const world = new World(size);
  return {
    bytes: world.bytes,
    moves: [...environment(world), ...world.executions.flatMap((execution) => movesOf(world, execution))].map(
      (move) => ({
        ...move,
        happen() {
          world.wrong = undefined;
          if (!move.happen()) return false;
          forgetTheDead(world);
          return true;
        },
      }),
    ),
    violation: () => world.wrong ?? wrongWith(world),
    isEnd: () => isEnd(world),
  };
}

/** What a dead one knew, and where it stood, is forgotten as far as it can never matter again. */
function forgetTheDead(world: World): void {
  for (const execution of world.executions) {
    const { status, isSettler } = execution;
    if (status !== STATUS.DEAD && status !== STATUS.ENDED) continue;
    const isDone = status === STATUS.ENDED || isSettler || world.left.redrives === 0;
    if (isDone) execution.step = STEP.END;
    else if (isCheckedAgain(world, execution))
      execution.step = world.size.trials ? recheckOf(execution) : STEP.RECHECK;
    else continue;
    execution.knowsFence = 0;
    execution.hasNote = 0;
    execution.conclusion = OUTCOME.NONE;
    forget(execution);
  }
}

/** A redrive enters again at 5, wherever between the turn and its release the execution stood. */
function isCheckedAgain(world: World, execution: Execution): boolean {
  const { step } = execution;
  if (world.lacks('CHECK after a redrive') && isActing(execution)) return false;
  return step >= STEP.RECHECK && step < STEP.RELEASE;
}

/** A trial that was stopped is not begun again, nor is one that has passed. */
function recheckOf({ step }: Execution): number {
  if (step === STEP['RECHECK AFTER A TRIAL'] || AFTER_A_TRIAL.has(step)) return STEP['RECHECK AFTER A TRIAL'];
  const hasBroken = step === STEP['RECHECK A TRIAL'] || step === STEP['WAIT FOR THE TRIAL'];
  const isTakenBack = step >= STEP['LOOK WHAT IS LEFT'] && step <= STEP['REMOVE WHAT WAS TAKEN BACK'];
  return hasBroken || isTakenBack || STEPS_OF_A_TRIAL.has(step) ? STEP['RECHECK A TRIAL'] : STEP.RECHECK;
}

function wrongWith(world: World): string | undefined {
  const actors = world.executions.filter((execution) => execution.isRunning && isActing(execution));
  return actors.length > 1 ? 'two actors' : undefined;
}

/** Everybody has an outcome and it is true, the turn is free, and nothing is half done. */
function isEnd(world: World): boolean {
  const { turn, endpoint } = world;
  const isOver = world.attempts.every(({ rank, status }) => rank === 0 || status >= STATUS.DEAD);
  // Where nobody settles, the living get on and the dead lie where they fell.
  if (world.settlers.length === 0) return isOver;
  return (
    turn.holder === 0 &&
    turn.next === 0 &&
    turn.waiters === 0 &&
    endpoint.updating === 0 &&
    world.orphans.every(({ step }) => step === 0) &&
    isSettled(world) &&
    world.settlers.every(({ step, status }) => step === 0 || status === STATUS.DEAD) &&
    isOver &&
    world.attempts.slice(0, world.size.releases).every(({ rank }) => hasTrueOutcome(world, rank))
  );
}

/** Nothing is half done, but where somebody gave up and nobody came after. */
function isSettled({ turn, endpoint, left, size }: World): boolean {
  const isAPersonCalled = left.giveUps < (size.giveUps ?? 0);
  return turn.shifting === 0 ? endpoint.serves === turn.live : isAPersonCalled;
}

function environment(world: World): Move[] {
  return [
    { label: () => 'endpoint: the update completes', happen: () => completes(world), isFault: false },
    { label: () => 'endpoint: the update goes back', happen: () => goesBack(world), isFault: false },
  ];
}

function movesOf(world: World, me: Execution): Move[] {
  const moves = [
    move('', () => walk(world, me)),
    move('is stopped', () => isStopped(world, me), true),
    move('gives up', () => givesUp(world, me), true),
    move('its late call lands:', () => lands(world, me)),
    move('its late call never lands:', () => isLost(me)),
  ];
  if (me.isSettler) {
    for (const dead of world.executions) {
      if (dead !== me) moves.push(move(`settles ${dead.id}`, () => startsSettling(world, me, dead)));
    }
    return moves;
  }
  return [
    ...moves,
    move('is started', () => starts(world, me)),
    ...(world.size.trials ? movesOfATrial() : []),
    move('time-out', () => timesOut(world, me)),
    move('deadline', () => leaves(world, me), true),
    move('is redriven', () => isRedriven(world, me), true),
    ...world.attempts
      .slice(world.size.releases)
      .filter((later) => later !== me)
      .map((later) =>
        move(`its release is redriven as ${later.id}`, () => isStartedAgain(world, me, later), true),
      ),
  ];

  function movesOfATrial(): Move[] {
    const orphan = world.orphans[me.id - 1]!;
    return [
      move('an alarm rings', () => alarmRings(world, me), true),
      move('its trial breaks:', () => trialBreaks(world, me), true),
      move('its trial goes on alone:', () => goesOnAlone(world, orphan, STEPS), false, orphan),
      move('an alarm rings for its trial alone:', () => alarmRings(world, orphan), true, orphan),
      move('its trial ends alone:', () => endsAlone(orphan), true, orphan),
    ];
  }

  function move(what: string, happen: () => boolean, isFault = false, actor = me): Move {
    const who = me.isSettler ? 'settler' : 'release';
    return { label: () => `${who} ${me.id}: ${what} ${nameOf(actor.step)}`, happen, isFault };
  }
}

function walk(world: World, me: Execution): boolean {
  const step = STEPS[me.step];
  return me.isRunning && step !== undefined && step(world, me) !== false;
}

function starts(world: World, me: Execution): boolean {
  if (me.step !== 0 || me.rank === 0 || !me.isRunning) return false;
  me.step = firstStep(world, me);
  return true;
}

function firstStep(world: World, me: Execution): number {
  if (world.policyOf(me) !== 'cancel') return STEP.TAKE;
  return world.lacks('reading after RAISE') ? STEP['READ THE TURN'] : STEP.RAISE;
}

/** Whoever sleeps looks again after a while, even if nobody woke it. */
function timesOut(world: World, me: Execution): boolean {
  if (!me.isRunning || me.step !== STEP.PARKED || world.lacks('time-outs')) return false;
  me.step = STEP.ARM;
  return true;
}

function leaves(world: World, me: Execution): boolean {
  if (!me.isRunning || me.step !== STEP.PARKED || world.left.deadlines === 0) return false;
  world.left.deadlines--;
  me.step = STEP.LEAVE;
  return true;
}

function isStopped(world: World, me: Execution): boolean {
  if (!me.isRunning || me.step === 0 || world.left.aborts === 0) return false;
  // A lone settler lives: who could settle it?
  if (me.isSettler && world.settlers.length === 1) return false;
  if (world.size.trials && STEPS_OF_A_TRIAL.has(me.step)) return isStoppedBesideItsTrial(world, me);
  world.left.aborts--;
  stop(me);
  if (world.size.isCoarse && !CALLS_TO_THE_ENDPOINT.has(me.step)) me.status = STATUS.DEAD;
  return true;
}

/** SageMaker did not bring back what served. The mark stays, so that the next one tries again. */
function givesUp(world: World, me: Execution): boolean {
  if (!me.isRunning || me.step !== STEP['PROVE THE RESTORED'] || world.left.giveUps === 0) return false;
  if (world.endpoint.updating !== 0 || world.endpoint.serves === world.turn.live) return false;
  world.left.giveUps--;
  conclude(me, OUTCOME.FAILED, 'RELEASE');
  return true;
}

/** Nothing stops the machine of a trial with the deployment that started it, not at once at least. */
function isStoppedBesideItsTrial(world: World, me: Execution): boolean {
  if (world.left.aborts === 0 || !leavesATrialAlone(world, me)) return false;
  world.left.aborts--;
  stop(me);
  me.status = STATUS.DEAD;
  return true;
}

/** Its own machine watches a trial by weights at rest; the deployment looks once more before the shift. */
function alarmRings(world: World, me: Execution): boolean {
  if (me.status !== STATUS.RUNNING && me.status !== STATUS.ORPHANED) return false;
  const isBeforeTheShift = me.step === STEP['CHECK BEFORE THE SHIFT'];
  const isAtRest = me.step === STEP['PROVE THE WEIGHTS'] && world.endpoint.updating === 0;
  if (!isBeforeTheShift && !isAtRest && me.step !== STEP['CHECK BEFORE WEIGHING']) return false;
  conclude(me, OUTCOME.ROLLED_BACK, isBeforeTheShift ? 'LOOK WHAT IS LEFT' : 'CHECK BEFORE LEAVING');
  return true;
}

function lands(world: World, me: Execution): boolean {
  if (me.status !== STATUS.STOPPED) return false;
  if (world.size.isCoarse && !CALLS_TO_THE_ENDPOINT.has(me.step)) return false;
  const { step, knowsFence, hasNote, sawHolder, sawFirst, sawNext, sawWaiters, conclusion } = me;
  world.hasRaisedFence = false;
  if (STEPS[step]!(world, me) === false) return false;
  Object.assign(me, { step, hasNote, sawHolder, sawFirst, sawNext, sawWaiters, conclusion });
  me.knowsFence = world.hasRaisedFence ? 0 : knowsFence;
  me.status = STATUS.DEAD;
  return true;
}

function isLost(me: Execution): boolean {
  if (me.status !== STATUS.STOPPED) return false;
  me.status = STATUS.DEAD;
  return true;
}

/** The console's Redrive on what was stopped: it goes on where it stood, or at 5 (see forgetTheDead). */
function isRedriven(world: World, me: Execution): boolean {
  if (world.size.redriven === 'the release') return false;
  if (me.status !== STATUS.DEAD || world.left.redrives === 0 || !isLatest(world, me)) return false;
  world.left.redrives--;
  me.status = STATUS.RUNNING;
  me.isSuperseded = 0;
  if (me.step === STEP.PARKED) me.step = STEP.PARK;
  return true;
}

/** Redriving the release starts its acting child anew: another execution, another config, the same rank. */
function isStartedAgain(world: World, dead: Execution, later: Execution): boolean {
  if (dead.status !== STATUS.DEAD || world.left.redrives === 0 || later.rank !== 0) return false;
  if (!isLatest(world, dead)) return false;
  world.left.redrives--;
  later.of = dead.rank;
  later.rank = dead.rank;
  later.step = firstStep(world, later);
  return true;
}

const isLatest = (world: World, me: Execution): boolean =>
  world.attempts.findLast(({ rank }) => rank === me.rank) === me;

/** By the event, however late and however often, or by the sweep. */
function startsSettling(world: World, me: Execution, dead: Execution): boolean {
  const isFree = me.step === 0 || (me.status === STATUS.DEAD && world.turn.holder !== me.id);
  if (!isFree || !((dead.wasStopped === 1 && !dead.isSettler) || isFoundBySweep(world, dead))) return false;
  if (world.size.isCoarse) dead.wasStopped = 0;
  me.status = STATUS.RUNNING;
  me.step = STEP.FORGET;
  me.of = dead.id;
  me.rank = dead.rank;
  return true;
}

/** The sweep looks at who holds the turn, whoever it is, and at releases that run no more and have no outcome. */
function isFoundBySweep(world: World, dead: Execution): boolean {
  if (dead.status !== STATUS.DEAD) return false;
  return (
    world.turn.holder === dead.id ||
    (!dead.isSettler && isLatest(world, dead) && !hasTrueOutcome(world, dead.rank))
  );
}

function hasTrueOutcome(world: World, release: number): boolean {
  const { outcome } = world.execution(release);
  const isProven = (world.endpoint.proven & bit(release)) !== 0;
  return outcome !== OUTCOME.NONE && (outcome === OUTCOME.LIVE) === isProven;
}
