/** Steps 1 to 4: getting the turn, or learning that a newer intent makes it needless. */
import { post } from './mailbox.ts';
import { STEP, type StepName } from './step-names.ts';
import { stop } from './stop.ts';
import {
  firstInLine,
  isInLine,
  queueAsNext,
  queueAsWaiter,
  raise,
  replaceNext,
  skip,
  take,
  takeAnyhow,
  takeOver,
} from './turn.ts';
import { type Execution, OUTCOME, STATUS, type World } from './world.ts';

export type Step = (world: World, me: Execution) => boolean | undefined;

export const waitingSteps: Partial<Record<StepName, Step>> = {
  RAISE(world, me) {
    raise(world, me);
    goTo(me, world.lacks('reading after RAISE') ? 'STOP THE OLDER' : 'READ THE TURN');
  },

  'READ THE TURN'(world, me) {
    const { holder, shifting } = world.turn;
    const isToStop = holder !== 0 && world.rankOf(holder) < me.rank && shifting === 0;
    me.sawHolder = isToStop && !world.execution(holder).isSettler ? holder : 0;
    if (world.lacks('reading after RAISE')) goTo(me, 'RAISE');
    else goTo(me, me.sawHolder === 0 ? 'TAKE IN LINE' : 'STOP THE OLDER');
  },

  'STOP THE OLDER'(world, me) {
    const older = me.sawHolder === 0 ? undefined : world.execution(me.sawHolder);
    me.sawHolder = 0;
    goTo(me, 'TAKE IN LINE');
    if (older?.status !== STATUS.RUNNING) return;
    if (world.turn.shifting === older.id) world.wrong = 'stopped while it shifts';
    stop(older);
    older.isSuperseded = 1;
  },

  /** A deployment's own, before it asks anybody: a turn that something is half done under is not for it. */
  TAKE(world, me) {
    goTo(me, take(world, me) ? 'CHECK' : 'ARM');
  },

  'TAKE IN LINE'(world, me) {
    if (takeAnyhow(world, me)) begin(world, me);
    else goTo(me, 'ARM');
  },

  ARM(_world, me) {
    forget(me);
    me.hasNote = 0;
    me.knowsFence = 0;
    goTo(me, 'QUEUE');
  },

  QUEUE(world, me) {
    goTo(me, 'LOOK');
    if (world.policyOf(me) === 'queue') {
      queueAsWaiter(world, me);
      return;
    }
    const displaced = queueAsNext(world, me);
    if (displaced === false || displaced === 0) return;
    me.sawNext = displaced;
    goTo(me, 'POST TO THE DISPLACED');
  },

  'POST TO THE DISPLACED'(world, me) {
    post(world, me.sawNext);
    me.sawNext = 0;
    goTo(me, 'LOOK');
  },

  LOOK(world, me) {
    const { turn } = world;
    forget(me);
    me.knowsFence = 1;
    if (turn.holder === me.id) {
      begin(world, me);
    } else if (isInLine(world, me.id)) {
      me.sawHolder = turn.holder;
      me.sawFirst = firstInLine(world);
      goTo(me, 'DESCRIBE THE HOLDER');
    } else if (turn.liveRank >= me.rank || turn.floorRank > me.rank) {
      conclude(me, OUTCOME.SUPERSEDED);
    } else if (turn.holder === 0) {
      goTo(me, 'TAKE IN LINE');
    } else if (world.policyOf(me) === 'queue') {
      goTo(me, 'QUEUE');
    } else if (world.rankOf(turn.holder) > me.rank || world.rankOf(turn.next) > me.rank) {
      conclude(me, OUTCOME.SUPERSEDED);
    } else if (turn.next !== 0 && world.rankOf(turn.next) === me.rank) {
      me.sawNext = turn.next;
      goTo(me, 'DESCRIBE THE NEXT');
    } else {
      goTo(me, 'QUEUE');
    }
  },

  'DESCRIBE THE HOLDER'(world, me) {
    if (world.execution(me.sawHolder).isRunning) goTo(me, 'PARK');
    else goTo(me, me.sawFirst === me.id ? 'TAKE OVER' : 'DESCRIBE THE FIRST IN LINE');
  },

  'DESCRIBE THE FIRST IN LINE'(world, me) {
    goTo(me, world.execution(me.sawFirst).isRunning ? 'PARK' : 'SKIP');
  },

  SKIP(world, me) {
    skip(world, me.sawFirst);
    goTo(me, 'LOOK');
  },

  'DESCRIBE THE NEXT'(world, me) {
    goTo(me, world.execution(me.sawNext).isRunning ? 'PARK' : 'REPLACE');
  },

  REPLACE(world, me) {
    replaceNext(world, me, me.sawNext);
    goTo(me, 'LOOK');
  },

  PARK(_world, me) {
    forget(me);
    goTo(me, me.hasNote === 1 ? 'ARM' : 'PARKED');
    me.hasNote = 0;
  },

  'TAKE OVER'(world, me) {
    if (takeOver(world, me, me.sawHolder)) begin(world, me);
    else goTo(me, 'LOOK');
  },

  LEAVE(world, me) {
    skip(world, me.id);
    goTo(me, 'LOOK AFTER LEAVING');
  },

  'LOOK AFTER LEAVING'(world, me) {
    conclude(me, OUTCOME.FAILED, world.turn.holder === me.id ? 'RELEASE' : 'RECORD');
  },
};

/** Whoever has just got the turn first brings back what served, if somebody died while shifting. */
export function begin(world: World, me: Execution): void {
  forget(me);
  const { shifting } = world.turn;
  const isToRestore = shifting !== 0 && shifting !== me.id && !world.lacks('restoring');
  if (isToRestore) goTo(me, 'WAIT A MINUTE');
  else goTo(me, me.isSettler ? 'RELEASE' : 'CHECK');
}

export function goTo(me: Execution, name: StepName): void {
  me.step = STEP[name];
}

export function conclude(me: Execution, outcome: number, name: StepName = 'RECORD'): void {
  me.conclusion = outcome;
  goTo(me, name);
}

/** What was read is not used again; keeping it would only make states differ. */
export function forget(me: Execution): void {
  me.sawHolder = 0;
  me.sawFirst = 0;
  me.sawNext = 0;
  me.sawWaiters = 0;
}
