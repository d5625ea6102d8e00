import type { ContainerJob } from '../../../local/runners/runner.ts';
import type { Scenario, SimulatedJob } from '../../../local/scenario.ts';

/** The containers of a pipeline, by the argument they are started with; evaluation by whom it judges. */
export type Step = 'process' | 'train' | 'challenger' | 'champion';

/** What the world outside does from now on; what is left out goes well. */
export interface Behaviour
  extends Pick<
    Scenario,
    | 'build'
    | 'compilation'
    | 'spot'
    | 'fleet'
    | 'endpointUpdate'
    | 'fault'
    | 'faults'
    | 'event'
    | 'events'
    | 'provisioning'
  > {
  /** How long each container runs. */
  readonly seconds: number;
  /** What each candidate's evaluation finds. */
  readonly metrics: Readonly<Record<'challenger' | 'champion', Readonly<Record<string, number>>>>;
  /** What a container does otherwise than usual. */
  readonly containers: Partial<Record<Step, Partial<SimulatedJob>>>;
}

export const usual: Behaviour = {
  seconds: 300,
  metrics: { challenger: { auc: 0.7, logLoss: 0.4 }, champion: { auc: 0.69, logLoss: 0.41 } },
  containers: {},
};

/** A metrics.json as the contract wants it. */
export const metricsJson = (metrics: object, rows = 4000): string =>
  JSON.stringify({ schemaVersion: 1, rows, metrics });

/** Puts a text where an evaluation leaves its metrics.json. */
export const leavesMetrics = (text: string): Partial<SimulatedJob> => ({
  outputs: { report: { 'metrics.json': text } },
});

export function play(job: ContainerJob, { seconds, metrics, containers }: Behaviour): SimulatedJob {
  const step = stepOf(job);
  return { seconds, outputs: outputsOf(step, metrics), ...containers[step] };
}

function outputsOf(step: Step, metrics: Behaviour['metrics']): NonNullable<SimulatedJob['outputs']> {
  const rows = { 'rows.csv': '1' };
  if (step === 'process') return { train: rows, validation: rows, test: rows };
  if (step === 'train') return { model: { 'model.json': '{}' } };
  return { report: { 'metrics.json': metricsJson(metrics[step]) } };
}

export function stepOf({ kind, request }: ContainerJob): Step {
  if (kind === 'training') return 'train';
  const { Environment } = request as { Environment?: { SIGNALBOX_CANDIDATE?: 'challenger' | 'champion' } };
  return Environment?.SIGNALBOX_CANDIDATE ?? 'process';
}
