/** Steps 5 to 7: restoring, the check, the act, its proof, and passing the turn. */
import { deleteEndpointConfig, updateEndpoint } from './endpoint.ts';
import { isCallUnderWay } from './late-calls.ts';
import { post } from './mailbox.ts';
import type { StepName } from './step-names.ts';
import { check, firstInLine, handOver, mark, recheck, release, skip, unshift } from './turn.ts';
import { begin, conclude, forget, goTo, type Step } from './waiting.ts';
import { bit, OUTCOME } from './world.ts';

export const actingSteps: Partial<Record<StepName, Step>> = {
  /** After a redrive: my fence may be past, and somebody may hold me for dead. */
  RECHECK(world, me) {
    if (world.turn.holder !== me.id) conclude(me, OUTCOME.FAILED, 'RELEASE');
    else if (recheck(world, me)) begin(world, me);
    else me.knowsFence = 1;
  },

  /** A call of the dead one may be under way, and an update of it in progress. */
  'WAIT A MINUTE'(world, me) {
    if (!world.lacks('the minute of waiting') && isCallUnderWay(world)) return false;
    if (world.endpoint.updating !== 0) return false;
    me.sawNext = world.turn.shifting;
    goTo(me, world.endpoint.serves === world.turn.live ? 'DELETE THE DEAD CONFIG' : 'RESTORE');
    return true;
  },

  RESTORE(world, me) {
    if (updateEndpoint(world, me, world.turn.live) === 'no such config')
      world.wrong = 'nothing to go back to';
    goTo(me, 'PROVE THE RESTORED');
  },

  'PROVE THE RESTORED'(world, me) {
    if (world.endpoint.updating !== 0) return false;
    goTo(me, world.endpoint.serves === world.turn.live ? 'DELETE THE DEAD CONFIG' : 'RESTORE');
    return true;
  },

  'DELETE THE DEAD CONFIG'(world, me) {
    if (!world.lacks('deleting the config')) {
      deleteEndpointConfig(world, me.sawNext);
      if (world.size.trials) deleteEndpointConfig(world, world.trialOf(me.sawNext));
    }
    forget(me);
    goTo(me, 'UNSHIFT THE RESTORED');
  },

  'UNSHIFT THE RESTORED'(world, me) {
    unshift(world, me);
    goTo(me, me.isSettler ? 'RELEASE' : 'CHECK');
  },

  CHECK(world, me) {
    const { liveRank, floorRank } = world.turn;
    const isOverruled = liveRank >= me.rank || floorRank > me.rank;
    if (check(world, me)) {
      if (world.size.trials) me.sawNext = world.turn.live;
      goTo(me, world.size.trials ? 'CHECK BEFORE ENTERING' : 'ACT');
    } else conclude(me, isOverruled ? OUTCOME.SUPERSEDED : OUTCOME.FAILED, 'RELEASE');
  },

  ACT(world, me) {
    const { endpoint } = world;
    const hasBegun = endpoint.updating === bit(me.id) || endpoint.serves === me.id;
    const answer = hasBegun ? 'accepted' : updateEndpoint(world, me, me.id);
    if (answer === 'in progress' && me.isRunning) world.wrong = 'two actors';
    if (answer === 'accepted') goTo(me, 'PROVE');
    else conclude(me, OUTCOME.FAILED, world.size.trials ? 'LOOK WHAT IS LEFT' : 'UNSHIFT');
  },

  PROVE(world, me) {
    if (world.endpoint.updating !== 0) return false;
    if (world.endpoint.serves === me.id) goTo(me, world.size.trials ? 'REMOVE THE TRIAL' : 'MARK');
    else conclude(me, OUTCOME.ROLLED_BACK, world.size.trials ? 'LOOK WHAT IS LEFT' : 'DELETE OWN CONFIG');
    return true;
  },

  MARK(world, me) {
    conclude(me, mark(world, me) ? OUTCOME.LIVE : OUTCOME.FAILED, 'RELEASE');
  },

  'DELETE OWN CONFIG'(world, me) {
    deleteEndpointConfig(world, me.id);
    goTo(me, 'UNSHIFT');
  },

  UNSHIFT(world, me) {
    unshift(world, me);
    goTo(me, 'RELEASE');
  },

  RELEASE(world, me) {
    forget(me);
    if (world.turn.holder !== me.id || release(world, me)) {
      goTo(me, 'RECORD');
      return;
    }
    me.sawNext = world.turn.next;
    me.sawWaiters = world.turn.waiters;
    me.sawFirst = firstInLine(world);
    goTo(me, 'DESCRIBE THE HEIR');
  },

  'DESCRIBE THE HEIR'(world, me) {
    goTo(me, world.execution(me.sawFirst).isRunning ? 'HAND OVER' : 'DROP THE HEIR');
  },

  'DROP THE HEIR'(world, me) {
    skip(world, me.sawFirst);
    goTo(me, 'RELEASE');
  },

  'HAND OVER'(world, me) {
    goTo(me, handOver(world, me, me.sawFirst) ? 'POST TO THE HEIR' : 'RELEASE');
  },

  'POST TO THE HEIR'(world, me) {
    post(world, me.sawFirst);
    forget(me);
    goTo(me, 'RECORD');
  },
};
