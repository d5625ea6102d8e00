/** Everything that can happen while watches clean up, in any order: see world.ts. */
import { type Found, type Model, type Move, search } from '../search.ts';
import { type Actor, bit, type Kind, type Size, STATUS, World } from './world.ts';

/** Where an actor can stand: before the step of that name. */
const NAMES = [
  'TAKE',
  'READ THE HISTORY',
  'CHECK',
  'ACT',
  'PROVE',
  'MARK',
  'RESTORE',
  'PROVE THE RESTORED',
  'RELEASE',
  'READ THE TURN',
  'READ WHAT IS TOO OLD',
  'LOOK WHAT SERVES',
  'STRIKE',
  'DELETE',
  'SEIZE',
  'END',
] as const;

type StepName = (typeof NAMES)[number];

const FIRST: Record<Kind, StepName> = {
  release: 'TAKE',
  rollback: 'TAKE',
  watch: 'READ THE TURN',
  settler: 'SEIZE',
};

const stepOf = (name: StepName): number => NAMES.indexOf(name);

/** Calls that change what others see; of those to the endpoint a settler waits until they have landed. */
const CALLS: readonly StepName[] = ['TAKE', 'CHECK', 'ACT', 'MARK', 'RELEASE', 'STRIKE', 'DELETE'];

export function exploreCleanUp(size: Size): Found {
  return search(cleanUp(size));
}

function cleanUp(size: Size): Model {
  const world = new World(size);
  for (const actor of world.actors) actor.step = stepOf(FIRST[actor.kind]);
  const moves = [...environment(world), ...world.actors.flatMap((actor) => movesOf(world, actor))].map(
    (move) => ({
      ...move,
      happen() {
        world.wrong = undefined;
        return move.happen();
      },
    }),
  );
  return {
    bytes: world.bytes,
    moves,
    violation: () => world.wrong ?? wrongWith(world),
    isEnd: () => isEnd(world),
  };
}

/** Whoever reads the history believes it. */
function wrongWith(world: World): string | undefined {
  const isKept = [1, 2, 3, 4].every(
    (config) => !world.isListed(config) || (world.state.gone & bit(config)) === 0,
  );
  return isKept ? undefined : 'a kept one is gone';
}

function isEnd(world: World): boolean {
  const { holder, shifting, updating, serves, live, moves } = world.state;
  const isAtRest = holder === 0 && shifting === 0 && updating === 0;
  // Moved by hand it serves what nobody has told the ledger.
  const isAsTold = serves === live || (world.size.isMovedByHand === true && moves === 0);
  return (
    isAtRest &&
    isAsTold &&
    world.actors.every(
      ({ kind, step, status }) => kind === 'settler' || status === STATUS.OVER || step === stepOf('END'),
    )
  );
}

function environment(world: World): Move[] {
  const { state } = world;
  return [
    {
      label: () => 'endpoint: the update completes',
      isFault: false,
      happen() {
        if (state.updating === 0) return false;
        state.serves = state.updating;
        state.updating = 0;
        return true;
      },
    },
    {
      label: () => 'endpoint: the update goes back',
      isFault: false,
      happen() {
        if (state.updating === 0) return false;
        state.updating = 0;
        return true;
      },
    },
    {
      label: () => 'somebody moves the endpoint by hand, past every turn',
      isFault: true,
      happen() {
        // In the very second in which a watch looks and deletes nothing can help.
        const isLookedAt = world.actors.some(
          ({ step }) => step === stepOf('STRIKE') || step === stepOf('DELETE'),
        );
        if (state.moves === 0 || state.holder !== 0 || isLookedAt) return false;
        if (world.update(1) !== 'accepted') return false;
        state.moves--;
        return true;
      },
    },
  ];
}

function movesOf(world: World, me: Actor): Move[] {
  const label = (what: string) => () => `${me.kind} ${me.id}: ${what}${NAMES[me.step]}`;
  return [
    {
      label: label(''),
      isFault: false,
      happen: () => me.status === STATUS.RUNNING && STEPS[NAMES[me.step]!](world, me) !== false,
    },
    {
      label: label('is stopped at '),
      isFault: true,
      happen() {
        if (me.kind === 'settler' || me.status !== STATUS.RUNNING || world.state.aborts === 0) return false;
        if (me.step === stepOf('END')) return false;
        world.state.aborts--;
        me.status = CALLS.includes(NAMES[me.step]!) ? STATUS.STOPPED : STATUS.OVER;
        return true;
      },
    },
    {
      label: label('its late call lands: '),
      isFault: false,
      happen() {
        if (me.status !== STATUS.STOPPED || STEPS[NAMES[me.step]!](world, me) === false) return false;
        me.status = STATUS.OVER;
        return true;
      },
    },
    {
      label: label('its late call never lands: '),
      isFault: false,
      happen() {
        if (me.status !== STATUS.STOPPED) return false;
        me.status = STATUS.OVER;
        return true;
      },
    },
  ];
}

type Step = (world: World, me: Actor) => boolean | undefined;

const STEPS: Record<StepName, Step> = {
  TAKE(world, me) {
    if (world.state.holder !== 0) return false;
    hold(world, me);
    goTo(me, world.state.shifting === 0 ? 'READ THE HISTORY' : 'RESTORE');
    return true;
  },

  'READ THE HISTORY'(world, me) {
    const isToBeSeen = me.kind === 'rollback' && !world.lacks('reading the history under the turn');
    goTo(me, isToBeSeen && !world.isListed(world.size.backTo) ? 'RELEASE' : 'CHECK');
  },

  CHECK(world, me) {
    if (!isMine(world, me)) {
      goTo(me, 'END');
      return;
    }
    world.state.shifting = targetOf(world, me);
    hold(world, me);
    goTo(me, 'ACT');
  },

  ACT(world, me) {
    if (world.state.serves === targetOf(world, me)) {
      goTo(me, 'PROVE');
      return true;
    }
    const answer = world.update(targetOf(world, me));
    if (answer === 'no such config') world.wrong = 'nothing to go back to';
    if (answer === 'in progress') return false;
    goTo(me, 'PROVE');
    return true;
  },

  PROVE(world, me) {
    if (world.state.updating !== 0) return false;
    goTo(me, world.state.serves === targetOf(world, me) ? 'MARK' : 'RESTORE');
    return true;
  },

  MARK(world, me) {
    if (isMine(world, me)) {
      world.prove(targetOf(world, me));
      world.state.shifting = 0;
    }
    goTo(me, 'RELEASE');
  },

  /** Whoever finds a shift half done, or whose own came to nothing. */
  RESTORE(world, me) {
    const { state } = world;
    const isUnderWay = world.actors.some(
      ({ status, step }) => status === STATUS.STOPPED && step === stepOf('ACT'),
    );
    if (isUnderWay || state.updating !== 0) return false;
    if (state.serves !== state.live && world.update(state.live) === 'no such config') {
      world.wrong = 'nothing to go back to';
    }
    goTo(me, 'PROVE THE RESTORED');
    return true;
  },

  'PROVE THE RESTORED'(world, me) {
    const { state } = world;
    if (state.updating !== 0) return false;
    if (state.serves !== state.live) {
      goTo(me, 'RESTORE');
      return true;
    }
    if (isMine(world, me)) state.shifting = 0;
    goTo(me, 'RELEASE');
    return true;
  },

  RELEASE(world, me) {
    if (world.state.holder === me.id) world.state.holder = 0;
    goTo(me, me.kind === 'settler' ? 'SEIZE' : 'END');
  },

  'READ THE TURN'(world, me) {
    const { holder, shifting } = world.state;
    const isFree = (holder === 0 && shifting === 0) || world.lacks('a free turn');
    me.knowsFence = 1;
    goTo(me, isFree ? 'READ WHAT IS TOO OLD' : 'END');
  },

  'READ WHAT IS TOO OLD'(world, me) {
    me.old = world.tooOld();
    goTo(me, me.old === 0 ? 'END' : 'LOOK WHAT SERVES');
  },

  'LOOK WHAT SERVES'(world, me) {
    const { serves, updating } = world.state;
    if (!world.lacks('a look at what serves')) me.old &= ~(bit(serves) | bit(updating));
    goTo(me, me.old === 0 ? 'END' : world.lacks('striking before deleting') ? 'DELETE' : 'STRIKE');
  },

  /** One transaction: all lines, and only if nobody has had the turn since it was read. */
  STRIKE(world, me) {
    const { holder, shifting } = world.state;
    const isFree = (holder === 0 && shifting === 0) || world.lacks('a free turn');
    const isRefused = !isFree || (me.knowsFence === 0 && !world.lacks('the fence of STRIKE'));
    if (!isRefused) world.state.struck |= me.old;
    goTo(me, isRefused || world.lacks('striking before deleting') ? 'END' : 'DELETE');
  },

  DELETE(world, me) {
    for (const config of [1, 2, 3, 4]) if ((me.old & bit(config)) !== 0) world.delete(config);
    goTo(me, world.lacks('striking before deleting') ? 'STRIKE' : 'END');
  },

  /** A dead one that holds the turn is found, sooner or later. */
  SEIZE(world, me) {
    const dead = world.actors[world.state.holder - 1];
    if (dead === undefined || dead.status === STATUS.RUNNING || dead === me) return false;
    hold(world, me);
    goTo(me, world.state.shifting === 0 ? 'RELEASE' : 'RESTORE');
    return true;
  },

  END: () => false,
};

function hold(world: World, me: Actor): void {
  world.state.holder = me.id;
  world.raiseFence();
  me.knowsFence = 1;
}

const isMine = (world: World, me: Actor): boolean => world.state.holder === me.id && me.knowsFence === 1;

const targetOf = (world: World, me: Actor): number => (me.kind === 'release' ? 4 : world.size.backTo);

function goTo(me: Actor, name: StepName): void {
  me.step = stepOf(name);
  if (name !== 'END') return;
  me.knowsFence = 0;
  me.old = 0;
}
