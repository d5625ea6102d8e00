/** A random afternoon of one pipeline: who asks for what when, who interferes, and what goes wrong. */
import { Random } from '../../local/random.ts';

export type Policy = 'newest' | 'queue' | 'cancel';

export type Action = { readonly kind: 'upload' | 'push' | 'ask' | 'roll back' } | Stop;

/** Somebody stops whatever runs of this machine, the `pick`-th of them, and perhaps redrives it later. */
export interface Stop {
  readonly kind: 'stop';
  readonly machine: 'release' | 'deploy' | 'train' | 'rollback';
  readonly pick: number;
  readonly redrivenAfterSeconds?: number;
}

/** Stops a machine while its n-th call of a kind is under way, or right after it. */
export interface Ambush {
  readonly machine: 'release' | 'deploy' | 'rollback' | 'settle' | 'take-turn' | 'pass-turn';
  readonly operation: 'UpdateEndpoint' | 'UpdateItem' | 'PutItem' | 'TransactWriteItems' | 'StartExecution';
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
  /** How many of a hundred challengers answer with errors, or go back without a reason. */
  readonly faulty: number;
  readonly returning: number;
  /** How many of a hundred calls come late to SageMaker or to the table, lose their answer or act twice. */
  readonly slow: number;
  readonly unanswered: number;
  readonly twice: number;
}

/** How long after the first moment something may still be asked for. */
const SPAN_SECONDS = 3 * 3600;

export function scheduleOf(seed: number): Schedule {
  const random = new Random(seed).stream('schedule');
  const one = <Value>(...values: readonly Value[]): Value => values[random.integer(values.length)]!;
  const moment = (): number => random.integer(SPAN_SECONDS);
  const policy = one<Policy>('newest', 'queue', 'cancel');
  const actions: (Action & { atSeconds: number })[] = [];
  for (let left = 2 + random.integer(5); left > 0; left--) {
    actions.push({ kind: one('upload', 'upload', 'push', 'ask', 'ask'), atSeconds: moment() });
  }
  const redrive = (): { redrivenAfterSeconds?: number } =>
    one(true, false) ? { redrivenAfterSeconds: one(1, 30, 90, 600, 7200) } : {};
  for (let left = random.integer(4); left > 0; left--) {
    const machine = one<Stop['machine']>('release', 'release', 'deploy', 'deploy', 'train', 'rollback');
    actions.push({ kind: 'stop', machine, pick: random.integer(6), atSeconds: moment(), ...redrive() });
  }
  const ambushes = Array.from({ length: random.integer(4) }, (): Ambush => {
    const operation = one<Ambush['operation']>(
      'UpdateEndpoint',
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
    );
    const nth = 1 + random.integer(operation === 'UpdateEndpoint' ? 2 : 8);
    return { machine, operation, nth, afterSeconds: one(0, 0.01, 5, 25), ...redrive() };
  });
  if (one(true, false, false)) actions.push({ kind: 'roll back', atSeconds: moment() });
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
    slow: one(0, 30),
    unanswered: one(0, 3),
    twice: one(0, 3),
  };
}
