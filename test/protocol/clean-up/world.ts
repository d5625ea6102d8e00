/**
 * One state of cleaning up: an endpoint with a history of three configs, of which the third serves, and who may meet
 * there. A release brings a fourth, somebody goes back by hand to the first or the second, watches end and clean up what
 * is too old, and a settler takes the turn from the dead.
 */
import { byteView } from '../byte-view.ts';

/** A part to leave out, to see that it is needed. */
export type Omission =
  | 'the fence of STRIKE'
  | 'a free turn'
  | 'striking before deleting'
  | 'reading the history under the turn'
  | 'a look at what serves';

export interface Size {
  /** How many times anybody stops an execution, in all. */
  readonly aborts: number;
  /** The config that somebody goes back to by hand. */
  readonly backTo: 1 | 2;
  /** How many watches end. */
  readonly watches: number;
  /** Whether a fourth config is released. */
  readonly hasRelease: boolean;
  /** Whether somebody goes back at the console, past every turn; at most once. */
  readonly isMovedByHand?: boolean;
  readonly without?: Omission;
}

/** How many of those that served stay beside the one that serves. */
const KEEP = 1;
const CONFIGS = [1, 2, 3, 4] as const;

export const STATUS = {
  RUNNING: 0,
  /** Stopped, but its last call may still land. */
  STOPPED: 1,
  OVER: 2,
} as const;

/** `gone`, `struck`: a bit for each config. `proof1` to `proof4`: when each was proven last, 0 for never. */
const State = byteView([
  'holder',
  'shifting',
  'live',
  'serves',
  'updating',
  'gone',
  'struck',
  'proofs',
  'proof1',
  'proof2',
  'proof3',
  'proof4',
  'aborts',
  'moves',
]);
const STATE_BYTES = 14;

/** `old`: a bit for each config that a watch has found too old. `knowsFence`: that it has read is the present one. */
const ActorView = byteView(['step', 'status', 'knowsFence', 'old']);
const ACTOR_BYTES = 4;

export type Kind = 'release' | 'rollback' | 'watch' | 'settler';

export class Actor extends ActorView {
  readonly id: number;
  readonly kind: Kind;

  constructor(bytes: Uint8Array, index: number, kind: Kind) {
    super(bytes, STATE_BYTES + index * ACTOR_BYTES);
    this.id = index + 1;
    this.kind = kind;
  }
}

export class World {
  readonly size: Size;
  readonly bytes: Uint8Array;
  readonly state: InstanceType<typeof State>;
  readonly actors: readonly Actor[];
  /** What the last step did that nothing may do. */
  wrong: string | undefined;

  constructor(size: Size) {
    const kinds: Kind[] = [
      ...(size.hasRelease ? (['release'] as const) : []),
      'rollback',
      ...Array.from({ length: size.watches }, () => 'watch' as const),
      'settler',
    ];
    this.size = size;
    this.bytes = new Uint8Array(STATE_BYTES + kinds.length * ACTOR_BYTES);
    this.state = new State(this.bytes, 0);
    this.actors = kinds.map((kind, index) => new Actor(this.bytes, index, kind));
    for (const config of [1, 2, 3] as const) this.prove(config);
    this.state.serves = 3;
    this.state.aborts = size.aborts;
    this.state.moves = size.isMovedByHand ? 1 : 0;
  }

  lacks(omission: Omission): boolean {
    return this.size.without === omission;
  }

  /** Whoever takes the turn raises its fence: what anybody has read of it is past. */
  raiseFence(): void {
    for (const actor of this.actors) actor.knowsFence = 0;
  }

  prove(config: number): void {
    this.state.live = config;
    this.state.proofs++;
    this.#proofs()[config - 1] = this.state.proofs;
  }

  /** A line of the history that nobody has struck: somebody may go back to it. */
  isListed(config: number): boolean {
    return this.#proofs()[config - 1]! > 0 && (this.state.struck & bit(config)) === 0;
  }

  /** By the rule: what is live, what served last before it, and what was proven before it, stays. */
  tooOld(): number {
    const { live } = this.state;
    const proofs = this.#proofs();
    const others = CONFIGS.filter((config) => config !== live && this.isListed(config)).sort(
      (one, other) => proofs[other - 1]! - proofs[one - 1]!,
    );
    const kept = [...others.slice(0, KEEP), ...others.filter((config) => config < live).slice(0, KEEP)];
    return others.filter((config) => !kept.includes(config)).reduce((bits, config) => bits | bit(config), 0);
  }

  update(config: number): 'accepted' | 'in progress' | 'no such config' {
    const { state } = this;
    if ((state.gone & bit(config)) !== 0) return 'no such config';
    if (state.updating !== 0) return 'in progress';
    state.updating = config;
    return 'accepted';
  }

  delete(config: number): void {
    const { state } = this;
    if (state.serves === config || state.updating === config || state.live === config) {
      this.wrong = 'deleted what serves';
    }
    state.gone |= bit(config);
  }

  #proofs(): Uint8Array {
    return this.bytes.subarray(8, 12);
  }
}

export const bit = (config: number): number => 1 << config;
