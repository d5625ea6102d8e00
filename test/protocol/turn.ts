/**
 * The writes to the turn's item, each with its condition: the table of docs/decisions/0012-turns.md in code.
 * A refused write answers false and changes nothing. Who writes with success knows the fence as it is then.
 */
import { bit, type Execution, type World } from './world.ts';

/** IF nobody holds AND nothing is half done AND nothing newer is live AND no newer intent forbids it. */
export function take(world: World, me: Execution): boolean {
  if (world.turn.shifting !== 0 && !world.lacks('a turn that is not shifting')) return false;
  return takeAnyhow(world, me);
}

/** The same for whoever stands in line, and brings back what served if something is half done. */
export function takeAnyhow(world: World, me: Execution): boolean {
  const { turn } = world;
  if (turn.holder !== 0 || turn.liveRank >= me.rank || turn.floorRank > me.rank) return false;
  return hold(world, me.id, me);
}

/** IF somebody else holds AND nobody newer is next. Answers who was displaced, 0 for nobody. */
export function queueAsNext(world: World, me: Execution): number | false {
  const { turn } = world;
  if (turn.holder === 0 || turn.holder === me.id) return false;
  if (turn.next !== 0 && world.rankOf(turn.next) >= me.rank) return false;
  const displaced = turn.next;
  turn.next = me.id;
  return displaced;
}

/** IF somebody else holds: one more in the set of waiters. */
export function queueAsWaiter(world: World, me: Execution): boolean {
  const { turn } = world;
  if (turn.holder === 0 || turn.holder === me.id) return false;
  turn.waiters |= bit(me.id);
  return true;
}

/** IF the dead one is still next: me in its place. */
export function replaceNext(world: World, me: Execution, dead: number): boolean {
  if (world.turn.next !== dead || world.turn.holder === 0) return false;
  world.turn.next = me.id;
  return true;
}

/** Out of the line, wherever it stands. */
export function skip(world: World, dead: number): void {
  if (world.turn.next === dead) world.turn.next = 0;
  world.turn.waiters &= ~bit(dead);
}

/** IF the dead one still holds AND the fence is the one read with it AND I am in line. */
export function takeOver(world: World, me: Execution, dead: number): boolean {
  const { turn } = world;
  if (turn.holder !== dead || !isInLine(world, me.id)) return false;
  if (me.knowsFence === 0 && !world.lacks('fence of TAKE OVER')) return false;
  skip(world, me.id);
  return hold(world, me.id, me);
}

/** IF the dead one still holds AND the fence is the one read with it. */
export function seize(world: World, me: Execution, dead: number): boolean {
  if (world.turn.holder !== dead) return false;
  if (me.knowsFence === 0 && !world.lacks('fence of TAKE OVER')) return false;
  return hold(world, me.id, me);
}

/** IF mine. Shuts out whoever read the fence while I was thought to be dead. */
export function recheck(world: World, me: Execution): boolean {
  if (!isMine(world, me)) return false;
  return hold(world, me.id, me);
}

/** IF mine AND nothing newer is live AND no newer intent forbids it. */
export function check(world: World, me: Execution): boolean {
  const { turn } = world;
  if (!isMine(world, me) || turn.liveRank >= me.rank || turn.floorRank > me.rank) return false;
  turn.shifting = me.id;
  return world.lacks('fence of CHECK') || hold(world, me.id, me);
}

/**
 * IF mine AND nothing newer is live AND no newer intent forbids it: before each act of a trial. The fence stays as it
 * is, for the deployment that lends its turn remembers it; on the way back the turn alone decides.
 */
export function checkAgain(world: World, me: Execution, isLeaving = false): boolean {
  if (world.lacks('CHECK within a trial')) return true;
  const { liveRank, floorRank } = world.turn;
  if (!isMine(world, me) || (!isLeaving && (liveRank >= me.rank || floorRank > me.rank))) return false;
  world.turn.shifting = me.id;
  return true;
}

/** IF mine. The one write that makes a release LIVE; the row of `live/<endpoint>` is written with it. */
export function mark(world: World, me: Execution): boolean {
  if (!isMine(world, me)) return false;
  world.turn.liveRank = me.rank;
  world.turn.live = me.id;
  world.turn.shifting = 0;
  world.endpoint.proven |= bit(me.rank);
  return true;
}

/** IF mine. What serves was seen to be what was live before. */
export function unshift(world: World, me: Execution): boolean {
  if (!isMine(world, me)) return false;
  world.turn.shifting = 0;
  return true;
}

/** IF mine AND nobody is in line. */
export function release(world: World, me: Execution): boolean {
  const { turn } = world;
  if (turn.holder !== me.id || turn.next !== 0 || turn.waiters !== 0) return false;
  turn.holder = 0;
  return true;
}

/** IF mine AND the line is as it was read. */
export function handOver(world: World, me: Execution, heir: number): boolean {
  const { turn } = world;
  if (turn.holder !== me.id || turn.next !== me.sawNext || turn.waiters !== me.sawWaiters) return false;
  skip(world, heir);
  return hold(world, heir);
}

/** IF the floor is lower: older intents may neither take the turn nor begin to shift. */
export function raise(world: World, me: Execution): boolean {
  if (world.turn.floorRank >= me.rank) return false;
  world.turn.floorRank = me.rank;
  return true;
}

/** Among `next` and the waiters the lowest rank; of two attempts of one release the earlier. 0 for nobody. */
export function firstInLine(world: World): number {
  let first = 0;
  for (const { id, rank } of world.executions) {
    if (isInLine(world, id) && (first === 0 || rank < world.rankOf(first))) first = id;
  }
  return first;
}

export function isInLine(world: World, id: number): boolean {
  return world.turn.next === id || (world.turn.waiters & bit(id)) !== 0;
}

export const isMine = (world: World, me: Execution): boolean =>
  world.turn.holder === me.id && me.knowsFence === 1;

/** holder = who, fence + 1; whoever wrote it knows the new one. */
function hold(world: World, who: number, writer?: Execution): true {
  world.turn.holder = who;
  world.raiseFence();
  if (writer) writer.knowsFence = 1;
  return true;
}
