/** A random afternoon of one pipeline: who asks for what when, who interferes, and what goes wrong. */
import { Random } from '../../local/random.ts';

export type Policy = 'newest' | 'queue' | 'cancel';

export type Action =
  /** Data and images lead to releases that shift as the pipeline's file says. */
  | { readonly kind: 'upload' | 'push' }
  /** By hand, with a shift and a watch of its own. */
  | { readonly kind: 'ask'; readonly deploy: object }
  /** To what served before, or to the `pick`-th that ever went live. */
  | { readonly kind: 'roll back'; readonly pick?: number }
  /** What serves just now answers with errors for some minutes. */
  | { readonly kind: 'ring' }
  | Stop;

/** Somebody stops whatever runs of this machine, the `pick`-th of them, and perhaps redrives it later. */
export interface Stop {
  readonly kind: 'stop';
  readonly machine: 'release' | 'deploy' | 'train' | 'rollback' | 'weights' | 'shadow' | 'watch';
  readonly pick: number;
  readonly redrivenAfterSeconds?: number;
}

/** Stops a machine while its n-th call of a kind is under way, or right after it. */
export interface Ambush {
  readonly machine:
    | 'release'
    | 'deploy'
    | 'rollback'
    | 'settle'
    | 'take-turn'
    | 'pass-turn'
    | 'weights'
    | 'shadow'
    | 'trial'
    | 'watch';
  readonly operation:
    | 'UpdateEndpoint'
    | 'UpdateEndpointWeightsAndCapacities'
    | 'DeleteEndpointConfig'
    | 'UpdateItem'
    | 'PutItem'
    | 'TransactWriteItems'
    | 'StartExecution';
  readonly nth: number;
  readonly afterSeconds: number;
  readonly redrivenAfterSeconds?: number;
}

export interface Schedule {
  readonly seed: number;
  readonly policy: Policy;
  readonly hasChampion: boolean;
  readonly actions: readonly (Action & { readonly atSeconds: number })[];
  readonly ambushes: readonly Ambush[];
  /** How many of a hundred events of SageMaker, CloudWatch, Step Functions and S3 get lost, come twice or late. */
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  /** How many of a hundred challengers answer with errors, go back without a reason, or cannot go back. */
  readonly faulty: number;
  readonly returning: number;
  readonly rollbackFails: number;
  /** How many of a hundred calls come late to SageMaker or to the table, lose their answer or act twice. */
  readonly slow: number;
  readonly unanswered: number;
  readonly twice: number;
}

/** How long after the first moment something may still be asked for. */
const SPAN_SECONDS = 3 * 3600;

export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed).stream('schedule');
  const one = drawFrom(random);
  const moment = (): number => random.integer(SPAN_SECONDS);
  const policy = one<Policy>('newest', 'queue', 'cancel');
  const actions: (Action & { atSeconds: number })[] = [];
  for (let left = 2 + random.integer(5); left > 0; left--) {
    const kind = one('upload', 'push', 'ask', 'ask', 'ask');
    actions.push({ atSeconds: moment(), ...(kind === 'ask' ? askOf(random) : { kind }) });
  }
  const redrive = (): { redrivenAfterSeconds?: number } =>
    one(true, false) ? { redrivenAfterSeconds: one(1, 30, 90, 600, 7200) } : {};
  for (let left = random.integer(4); left > 0; left--) {
    const machine = one<Stop['machine']>(
      'release',
      'release',
      'deploy',
      'deploy',
      'train',
      'rollback',
      'weights',
      'shadow',
      'watch',
    );
    actions.push({ kind: 'stop', machine, pick: random.integer(6), atSeconds: moment(), ...redrive() });
  }
  const ambushes = Array.from({ length: random.integer(4) }, (): Ambush => {
    const operation = one<Ambush['operation']>(
      'UpdateEndpoint',
      'UpdateEndpointWeightsAndCapacities',
      'DeleteEndpointConfig',
      'UpdateItem',
      'UpdateItem',
      'TransactWriteItems',
      'StartExecution',
    );
    const machine = one<Ambush['machine']>(
      'deploy',
      'deploy',
      'release',
      'rollback',
      'settle',
      'take-turn',
      'pass-turn',
      'weights',
      'shadow',
      'trial',
      'watch',
    );
    const nth = 1 + random.integer(/Endpoint/.test(operation) ? 2 : 8);
    return { machine, operation, nth, afterSeconds: one(0, 0.01, 5, 25), ...redrive() };
  });
  if (one(true, false, false)) actions.push({ kind: 'roll back', atSeconds: moment() });
  if (one(true, false, false))
    actions.push({ kind: 'roll back', pick: random.integer(6), atSeconds: moment() });
  // Into the watches, too, that go on after the last release.
  for (let left = one(0, 1, 2, 3); left > 0; left--) {
    actions.push({ kind: 'ring', atSeconds: random.integer(1.5 * SPAN_SECONDS) });
  }
  return {
    seed,
    policy,
    hasChampion: one(true, true, false),
    ambushes,
    actions: actions.sort((earlier, later) => earlier.atSeconds - later.atSeconds),
    lost: one(0, 10, 50),
    doubled: one(0, 20),
    late: one(0, 20),
    faulty: one(0, 20),
    returning: one(0, 15),
    rollbackFails: one(0, 0, 10),
    slow: one(0, 30),
    unanswered: one(0, 3),
    twice: one(0, 3),
  };
}

/** Takes one of the values; what stands there twice comes twice as often. */
const drawFrom =
  (random: Random) =>
  <Value>(...values: readonly Value[]): Value =>
    values[random.integer(values.length)]!;

/** A release by hand with any kind of shift, which is watched for a while or not at all. */
function askOf(random: Random): { kind: 'ask'; deploy: object } {
  const one = drawFrom(random);
  const shift = one<object>(
    { type: 'canary', percent: 25, bakeSeconds: 300 },
    { type: 'linear', stepPercent: 50, intervalSeconds: 300 },
    { type: 'all-at-once', bakeSeconds: 300 },
    { type: 'rolling', batchPercent: 50, intervalSeconds: 300 },
    { type: 'weights', steps: [50], intervalSeconds: 300 },
    { type: 'weights', steps: [10, 30], intervalSeconds: 600 },
    { type: 'shadow', seconds: 600 },
  );
  const watch = { seconds: one(0, 1800, 4 * 3600, 4 * 3600) };
  return { kind: 'ask', deploy: { shift, watch, keep: one(1, 2) } };
}
