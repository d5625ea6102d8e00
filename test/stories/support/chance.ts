import { AwsError } from '../../../local/aws-error.ts';
import { Random } from '../../../local/random.ts';
import type { SpotFate } from '../../../local/scenario.ts';
import type { Behaviour, Step } from './behaviour.ts';

/** What may go wrong in a run; shares are out of a hundred. */
export interface Chance {
  readonly seed: number;
  /** Shares of the events of endpoints and alarms. */
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  /** Share of the state machines' calls that AWS is too busy for, though never for one kind more than thrice in a row. */
  readonly refused: number;
  /** What becomes of each start of a Spot instance, over and over. */
  readonly spot: readonly SpotFate['kind'][];
  /** The container that always fails. */
  readonly broken: Step | undefined;
  readonly endpointUpdate: 'shift' | 'return-to-old-config' | 'fail';
  readonly errorShare: number;
  readonly healthy: boolean;
}

/** Makes a world in which all of this happens. */
export function befall(chance: Chance): Partial<Behaviour> {
  const { broken, endpointUpdate, errorShare, healthy } = chance;
  return {
    event: eventFates(chance),
    fault: busyAws(chance),
    spot: spotFates(chance),
    endpointUpdate: () => endpointUpdate,
    fleet: () => ({ requestsPerMinute: 600, errorShare, healthy }),
    containers: broken ? { [broken]: { exitCode: 1, message: 'broken by chance' } } : {},
  };
}

function eventFates({ seed, lost, doubled, late }: Chance): NonNullable<Behaviour['event']> {
  const random = new Random(seed).stream('events');
  return ({ source }) => {
    if (source !== 'aws.sagemaker' && source !== 'aws.cloudwatch') return 'deliver';
    const draw = random.integer(100);
    if (draw < lost) return 'drop';
    if (draw < lost + doubled) return 'double';
    return draw < lost + doubled + late ? random.integer(20_000) : 'deliver';
  };
}

function busyAws({ seed, refused }: Chance): NonNullable<Behaviour['fault']> {
  const random = new Random(seed).stream('refusals');
  const inARow = new Map<string, number>();
  return ({ service, operation, caller }) => {
    if (caller.via !== 'state') return undefined;
    const count = inARow.get(operation) ?? 0;
    const isRefused = count < 3 && random.integer(100) < refused;
    inARow.set(operation, isRefused ? count + 1 : 0);
    const code = service === 'lambda' ? 'TooManyRequestsException' : 'ThrottlingException';
    return isRefused ? new AwsError(code, 'Rate exceeded') : undefined;
  };
}

function spotFates({ spot }: Chance): NonNullable<Behaviour['spot']> {
  let start = 0;
  return () => {
    const kind = spot[start++ % spot.length]!;
    return kind === 'reclaimed' ? { kind, afterSeconds: 60 } : { kind };
  };
}
