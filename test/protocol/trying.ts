/** A trial: the challenger beside the champion for a while. Several acts under one turn, each after a check of its own. */
import { deleteEndpointConfig, updateEndpoint, updateWeights } from './endpoint.ts';
import type { StepName } from './step-names.ts';
import { checkAgain, isMine, recheck } from './turn.ts';
import { conclude, goTo, type Step } from './waiting.ts';
import { bit, type Execution, OUTCOME, type World } from './world.ts';

export const tryingSteps: Partial<Record<StepName, Step>> = {
  'ENTER THE TRIAL'(world, me) {
    const { endpoint } = world;
    const trial = world.trialOf(me.id);
    // Started again, it may have come further before.
    if (endpoint.serves === me.id || endpoint.updating === bit(me.id)) {
      goTo(me, 'PROVE');
      return true;
    }
    const hasBegun = endpoint.serves === trial || endpoint.updating === bit(trial);
    const answer = hasBegun ? 'accepted' : updateEndpoint(world, me, trial);
    if (answer === 'in progress') return false;
    if (answer === 'accepted') goTo(me, 'PROVE THE TRIAL');
    else conclude(me, OUTCOME.FAILED, 'CHECK BEFORE LEAVING');
    return true;
  },

  'PROVE THE TRIAL'(world, me) {
    const { endpoint, size } = world;
    if (endpoint.updating !== 0) return false;
    if (endpoint.serves !== world.trialOf(me.id)) conclude(me, OUTCOME.ROLLED_BACK, 'CHECK BEFORE LEAVING');
    // A shadow is compared and taken away before anybody shifts.
    else goTo(me, size.trials === 'shadow' ? 'CHECK BEFORE LEAVING' : 'CHECK BEFORE WEIGHING');
    return true;
  },

  'CHECK BEFORE WEIGHING'(world, me) {
    goOnTo(world, me, 'WEIGH');
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
    if (endpoint.weight === 1) goTo(me, 'CHECK BEFORE THE SHIFT');
    else conclude(me, OUTCOME.ROLLED_BACK, 'CHECK BEFORE LEAVING');
    return true;
  },

  'CHECK BEFORE THE SHIFT'(world, me) {
    goOnTo(world, me, 'ACT');
  },

  /** Back to the champion is right for whoever holds the turn, overruled or not. */
  'CHECK BEFORE LEAVING'(world, me) {
    const isLeft = world.endpoint.serves === world.turn.live && world.endpoint.updating === 0;
    if (!world.lacks('CHECK within a trial') && !recheck(world, me)) conclude(me, OUTCOME.FAILED, 'RELEASE');
    else goTo(me, isLeft ? 'DELETE THE TRIAL CONFIG' : 'LEAVE THE TRIAL');
  },

  'LEAVE THE TRIAL'(world, me) {
    const answer = updateEndpoint(world, me, world.turn.live);
    if (answer === 'no such config') world.wrong = 'nothing to go back to';
    if (answer === 'in progress') return false;
    goTo(me, 'PROVE WHAT WAS LEFT FOR');
    return true;
  },

  'PROVE WHAT WAS LEFT FOR'(world, me) {
    const { endpoint, turn } = world;
    if (endpoint.updating !== 0) return false;
    goTo(me, endpoint.serves === turn.live ? 'DELETE THE TRIAL CONFIG' : 'CHECK BEFORE LEAVING');
    return true;
  },

  'DELETE THE TRIAL CONFIG'(world, me) {
    deleteEndpointConfig(world, world.trialOf(me.id));
    if (me.conclusion === OUTCOME.LIVE) goTo(me, 'RELEASE');
    else goTo(me, me.conclusion === OUTCOME.NONE ? 'CHECK BEFORE THE SHIFT' : 'DELETE OWN CONFIG');
  },
};

/** IF nothing newer has come meanwhile; what has begun is taken back otherwise. */
function goOnTo(world: World, me: Execution, name: StepName): void {
  if (world.lacks('CHECK within a trial') || checkAgain(world, me)) goTo(me, name);
  else if (isMine(world, me)) conclude(me, OUTCOME.SUPERSEDED, 'CHECK BEFORE LEAVING');
  else conclude(me, OUTCOME.FAILED, 'RELEASE');
}
