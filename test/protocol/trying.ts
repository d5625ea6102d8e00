/** A trial: the challenger beside the champion for a while. Several acts under one turn, each after a check of its own. */
import { deleteEndpointConfig, updateEndpoint, updateWeights } from './endpoint.ts';
import { STEPS_OF_A_TRIAL, type StepName } from './step-names.ts';
import { check, checkAgain, isMine } from './turn.ts';
import { conclude, goTo, type Step } from './waiting.ts';
import { type Execution, OUTCOME, STATUS, type World } from './world.ts';

/** By the machine of the trial, under the turn that its deployment lends it. The champion is the one of its beginning. */
export const tryingSteps: Partial<Record<StepName, Step>> = {
  'CHECK BEFORE ENTERING'(world, me) {
    if (checkAgain(world, me)) goTo(me, 'ENTER THE TRIAL');
    else conclude(me, OUTCOME.SUPERSEDED, 'DELETE THE TRIAL CONFIG');
  },

  'ENTER THE TRIAL'(world, me) {
    const answer = updateEndpoint(world, me, world.trialOf(me.id));
    if (answer === 'in progress' && me.isRunning) world.wrong = 'two actors';
    if (answer === 'accepted') goTo(me, 'PROVE THE TRIAL');
    else isUnclear(world, me);
  },

  'PROVE THE TRIAL'(world, me) {
    const { endpoint, size } = world;
    if (endpoint.updating !== 0) return false;
    if (endpoint.serves === me.sawNext) conclude(me, OUTCOME.ROLLED_BACK, 'DELETE THE TRIAL CONFIG');
    else if (endpoint.serves !== world.trialOf(me.id)) isUnclear(world, me);
    // A shadow is compared and taken away before anybody shifts.
    else goTo(me, size.trials === 'shadow' ? 'CHECK BEFORE LEAVING' : 'CHECK BEFORE WEIGHING');
    return true;
  },

  'CHECK BEFORE WEIGHING'(world, me) {
    if (world.lacks('CHECK before weighing') || checkAgain(world, me)) goTo(me, 'WEIGH');
    else conclude(me, OUTCOME.SUPERSEDED, 'CHECK BEFORE LEAVING');
  },

  WEIGH(world, me) {
    const answer = updateWeights(world, me);
    if (answer === 'in progress' && me.isRunning) world.wrong = 'two actors';
    if (answer === 'accepted') goTo(me, 'PROVE THE WEIGHTS');
    else conclude(me, OUTCOME.FAILED, 'CHECK BEFORE LEAVING');
  },

  'PROVE THE WEIGHTS'(world, me) {
    const { endpoint } = world;
    if (endpoint.updating !== 0) return false;
    if (endpoint.serves !== world.trialOf(me.id)) isUnclear(world, me);
    else if (endpoint.weight === 1) goTo(me, 'CHECK BEFORE THE SHIFT');
    else conclude(me, OUTCOME.ROLLED_BACK, 'CHECK BEFORE LEAVING');
    return true;
  },

  'CHECK BEFORE LEAVING'(world, me) {
    if (checkAgain(world, me, true)) goTo(me, 'LEAVE THE TRIAL');
    else isUnclear(world, me);
  },

  'LEAVE THE TRIAL'(world, me) {
    const answer = updateEndpoint(world, me, me.sawNext);
    if (answer === 'no such config') world.wrong = 'nothing to go back to';
    if (answer === 'in progress' && me.isRunning) world.wrong = 'two actors';
    goTo(me, 'PROVE WHAT WAS LEFT FOR');
  },

  'PROVE WHAT WAS LEFT FOR'(world, me) {
    const { endpoint } = world;
    if (endpoint.updating !== 0) return false;
    if (endpoint.serves === me.sawNext) goTo(me, 'DELETE THE TRIAL CONFIG');
    else isUnclear(world, me);
    return true;
  },

  'DELETE THE TRIAL CONFIG'(world, me) {
    deleteEndpointConfig(world, world.trialOf(me.id));
    goTo(me, me.conclusion === OUTCOME.NONE ? 'CHECK BEFORE THE SHIFT' : 'DELETE OWN CONFIG');
  },

  /** The deployment's own again, and like any other: what has begun is taken back if something newer has come. */
  'CHECK BEFORE THE SHIFT'(world, me) {
    if (check(world, me)) goTo(me, 'ACT');
    else if (world.turn.live === me.id) conclude(me, OUTCOME.LIVE, 'RELEASE');
    else if (isMine(world, me)) conclude(me, OUTCOME.SUPERSEDED, 'LOOK WHAT IS LEFT');
    else conclude(me, OUTCOME.FAILED, 'RELEASE');
  },
};

/** Who lent the turn brings back what served. It waits for no machine any more, but one may still be there. */
function isUnclear(world: World, me: Execution): void {
  conclude(
    me,
    OUTCOME.FAILED,
    world.lacks('the minute after a trial') ? 'LOOK WHAT IS LEFT' : 'RECHECK A TRIAL',
  );
}

/** The deployment goes on or ends alone; what the machine of its trial remembers is what it remembers now. */
export function leavesATrialAlone(world: World, me: Execution): boolean {
  const orphan = world.orphans[me.id - 1];
  if (!me.isRunning || !STEPS_OF_A_TRIAL.has(me.step) || orphan?.step !== 0) return false;
  const { step, knowsFence, rank, sawNext, conclusion } = me;
  Object.assign(orphan, { step, knowsFence, rank, sawNext, conclusion, status: STATUS.ORPHANED });
  return true;
}

/** A machine was stopped or took too long, and whoever waited for it is told. */
export function trialBreaks(world: World, me: Execution): boolean {
  if (world.left.aborts === 0 || !leavesATrialAlone(world, me)) return false;
  world.left.aborts--;
  isUnclear(world, me);
  return true;
}

/** What comes after the trial is for the deployment that started it. */
export function goesOnAlone(world: World, orphan: Execution, steps: readonly (Step | undefined)[]): boolean {
  if (orphan.step === 0 || steps[orphan.step]!(world, orphan) === false) return false;
  if (!STEPS_OF_A_TRIAL.has(orphan.step)) endsAlone(orphan);
  return true;
}

export function endsAlone(orphan: Execution): boolean {
  if (orphan.step === 0) return false;
  const none = {
    step: 0,
    knowsFence: 0,
    rank: 0,
    sawNext: 0,
    conclusion: OUTCOME.NONE,
    status: STATUS.RUNNING,
  };
  Object.assign(orphan, none);
  return true;
}
