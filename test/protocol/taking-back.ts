/** After a trial that did not end well: its deployment brings back what served, as a rollback under the same turn. */
import { deleteEndpointConfig, updateEndpoint } from './endpoint.ts';
import { isCallUnderWay } from './late-calls.ts';
import type { StepName } from './step-names.ts';
import { recheck, unshift } from './turn.ts';
import { conclude, goTo, type Step } from './waiting.ts';
import { bit, type Execution, OUTCOME, type World } from './world.ts';

export const takingBackSteps: Partial<Record<StepName, Step>> = {
  /** A trial that broke off is not begun again. The fence goes up, so that of its machine no check is let through. */
  'RECHECK A TRIAL'(world, me) {
    if (world.turn.holder !== me.id) conclude(me, OUTCOME.FAILED, 'RELEASE');
    else if (recheck(world, me)) conclude(me, OUTCOME.FAILED, 'WAIT FOR THE TRIAL');
    else me.knowsFence = 1;
  },

  'WAIT FOR THE TRIAL'(world, me) {
    if (!world.lacks('the minute of waiting') && isCallUnderWay(world)) return false;
    goTo(me, 'LOOK WHAT IS LEFT');
    return true;
  },

  'RECHECK AFTER A TRIAL'(world, me) {
    if (world.turn.holder !== me.id) conclude(me, OUTCOME.FAILED, 'RELEASE');
    else if (recheck(world, me)) goTo(me, hasBegun(world, me) ? 'PROVE' : 'CHECK BEFORE THE SHIFT');
    else me.knowsFence = 1;
  },

  'LOOK WHAT IS LEFT'(world, me) {
    const { endpoint, turn } = world;
    if (endpoint.updating !== 0) return false;
    goTo(me, endpoint.serves === turn.live ? 'UNSHIFT WHAT WAS TAKEN BACK' : 'CHECK BEFORE TAKING BACK');
    return true;
  },

  'CHECK BEFORE TAKING BACK'(world, me) {
    if (recheck(world, me)) goTo(me, 'TAKE BACK');
    else conclude(me, OUTCOME.FAILED, 'RELEASE');
  },

  'TAKE BACK'(world, me) {
    if (updateEndpoint(world, me, world.turn.live) === 'no such config')
      world.wrong = 'nothing to go back to';
    goTo(me, 'LOOK WHAT IS LEFT');
  },

  'UNSHIFT WHAT WAS TAKEN BACK'(world, me) {
    unshift(world, me);
    goTo(me, 'REMOVE WHAT WAS TAKEN BACK');
  },

  'REMOVE WHAT WAS TAKEN BACK'(world, me) {
    deleteEndpointConfig(world, world.trialOf(me.id));
    goTo(me, 'DELETE OWN CONFIG');
  },

  /** Of one that serves goes what only its trial needed, before it is told. */
  'REMOVE THE TRIAL'(world, me) {
    deleteEndpointConfig(world, world.trialOf(me.id));
    goTo(me, 'MARK');
  },
};

function hasBegun({ endpoint }: World, me: Execution): boolean {
  return endpoint.serves === me.id || endpoint.updating === bit(me.id);
}
