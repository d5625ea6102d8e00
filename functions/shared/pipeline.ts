import { check } from './check.ts';
import { RequestRefusedError } from './errors.ts';
import type { Fault } from './faults.ts';
import type { Pipeline, Shift } from './generated/contracts.ts';
import pipelineContract from './generated/schemas/pipeline.json' with { type: 'json' };
import { pipelineFaults } from './pipeline-rules.ts';

/** A value with everything present that the schema gives a default. */
type Filled<T> = T extends readonly (infer Item)[]
  ? Filled<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Filled<NonNullable<T[Key]>> }
    : T;

type Alarms = NonNullable<Pipeline['deploy']['alarms']>;

/** A pipeline with its defaults filled in. What has no default stays optional. */
export type ResolvedPipeline = Omit<
  Filled<Pipeline>,
  'description' | 'triggers' | 'process' | 'train' | 'compile' | 'evaluate' | 'deploy'
> & {
  description?: string;
  triggers: NonNullable<Pipeline['triggers']>;
  process: Omit<Filled<Pipeline['process']>, 'image'> & { image?: string };
  train: Omit<Filled<Pipeline['train']>, 'image' | 'spot'> & {
    image?: string;
    spot?: Filled<NonNullable<Pipeline['train']['spot']>>;
  };
  compile?: Pipeline['compile'] &
    Required<Pick<NonNullable<Pipeline['compile']>, 'onFailure' | 'maxRuntimeSeconds'>>;
  evaluate: Omit<Filled<Pipeline['evaluate']>, 'image' | 'gates'> & {
    image?: string;
    gates: Pipeline['evaluate']['gates'];
  };
  deploy: Omit<Filled<Pipeline['deploy']>, 'image' | 'shift' | 'alarms'> & {
    image?: string;
    /** As written; `shiftOf` fills in what its type takes. */
    shift: Shift;
    alarms: Alarms & Required<Pick<Alarms, 'errorRatePercent' | 'p99LatencyMs' | 'periods' | 'named'>>;
  };
};

/**
 * Checks what an author wrote and fills in the defaults; `written` stays as it is.
 *
 * @throws RequestRefusedError with the JSON path of every fault
 */
export function resolvePipeline(written: unknown): ResolvedPipeline {
  const pipeline = structuredClone(written);
  const faults: Fault[] = check(pipelineContract, pipeline);
  // Rules between fields are only meaningful once each field is well formed.
  if (faults.length === 0) faults.push(...pipelineFaults(pipeline as ResolvedPipeline));
  if (faults.length > 0) throw new RequestRefusedError(faults);
  return pipeline as ResolvedPipeline;
}

/** `overrides` merged over `pipeline`: objects field by field, everything else replaced. */
export function mergeOver(pipeline: unknown, overrides: unknown): unknown {
  if (!isRecord(pipeline) || !isRecord(overrides)) return overrides;
  const merged: Record<string, unknown> = { ...pipeline };
  for (const [key, value] of Object.entries(overrides)) {
    // A shift that names its type is a whole shift: fields of another would be refused, or mean something else.
    if ((key === 'shift' || key === 'then') && isRecord(value) && value.type !== undefined) {
      merged[key] = value;
      continue;
    }
    // An own property named __proto__ would otherwise become the prototype.
    if (key === '__proto__') continue;
    merged[key] = Object.hasOwn(merged, key) ? mergeOver(merged[key], value) : value;
  }
  return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
