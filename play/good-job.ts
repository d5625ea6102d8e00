import type { ContainerJob } from '../local/runners/runner.ts';
import type { SimulatedJob } from '../local/scenario.ts';

/** A simulated container of the sample pipeline that does well: rows, a model, metrics that pass every gate. */
export function goodJob({ kind, name }: Pick<ContainerJob, 'kind' | 'name'>, seconds: number): SimulatedJob {
  if (kind === 'training') return { seconds, outputs: { model: { 'model.json': '{}' } } };
  if (name.includes('eval')) {
    const metrics = { schemaVersion: 1, rows: 100, metrics: { auc: 0.7, logLoss: 0.4 } };
    return { seconds, outputs: { report: { 'metrics.json': JSON.stringify(metrics) } } };
  }
  const rows = { 'rows.csv': '1,0' };
  return { seconds, outputs: { train: rows, validation: rows, test: rows, report: { 'report.json': '{}' } } };
}
