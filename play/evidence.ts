import type { Metrics } from '../functions/shared/generated/contracts.ts';
import type { World } from '../local/world.ts';
import type { ReportCompilation, ReportEvaluation, ReportTraining } from './report/data.ts';

/** report.json of an evaluation, as flight-delay's container writes it; another's may leave any part out. */
interface EvaluationReport {
  readonly rows: number;
  readonly metrics: Record<string, number>;
  readonly model?: {
    readonly resumedFromEpoch?: number | null;
    readonly archiveBytes?: number;
    readonly uncompiledArchiveBytes?: number;
    readonly microseconds?: number;
    readonly uncompiledMicroseconds?: number;
  };
  readonly rocCurve?: readonly { readonly fpr: number; readonly tpr: number }[];
  readonly calibrationCurve?: readonly {
    readonly predicted: number;
    readonly observed: number;
    readonly count: number;
  }[];
  readonly epochs?: readonly {
    readonly epoch: number;
    readonly trainLogLoss: number;
    readonly validationLogLoss: number;
    readonly validationAuc: number;
  }[];
}

/** The full report of one candidate, read from S3 where its job left it; undefined when there is none. */
export function readReport(
  world: World,
  pipeline: string,
  releaseId: string,
  role: string,
): EvaluationReport | undefined {
  const key = `${pipeline}/${releaseId}/evaluation/${role}/report.json`;
  const object = world.s3.get(world.outputs.ArtifactBucketName!, key);
  if (object === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(object.body).toString()) as EvaluationReport;
  } catch {
    // The file is the container's own; only metrics.json is a contract.
    return undefined;
  }
}

/** Curves from the full report, numbers from what the gates judged. */
export const evaluationOf = (
  report: EvaluationReport | undefined,
  judged: Metrics | null | undefined,
  modelOf: string,
): ReportEvaluation | undefined => {
  const numbers = judged ?? report;
  return (
    numbers && {
      modelOf,
      rows: numbers.rows,
      metrics: numbers.metrics,
      roc: report?.rocCurve ?? [],
      // An empty bin says nothing.
      calibration: (report?.calibrationCurve ?? []).filter(({ count }) => count > 0),
    }
  );
};

/** @param result what the train machine handed over */
export function trainingOf(
  report: EvaluationReport | undefined,
  result:
    | {
        readonly spotInterruptions: number;
        readonly trainingSeconds: number;
        readonly billableSeconds: number;
      }
    | undefined,
): ReportTraining | undefined {
  if (result === undefined) return undefined;
  const resumedFromEpoch = report?.model?.resumedFromEpoch ?? undefined;
  return {
    spotInterruptions: result.spotInterruptions,
    resumedFromEpoch,
    trainingSeconds: result.trainingSeconds,
    billableSeconds: result.billableSeconds,
    epochs: (report?.epochs ?? []).map((epoch) => ({
      ...epoch,
      ...(resumedFromEpoch !== undefined && epoch.epoch === resumedFromEpoch + 1 && { resumed: true }),
    })),
  };
}

/** @param result what the compile machine handed over */
export function compilationOf(
  report: EvaluationReport | undefined,
  result: { readonly compiled: boolean; readonly reason: string; readonly seconds: number } | undefined,
): ReportCompilation | undefined {
  if (result === undefined) return undefined;
  const { compiled, reason, seconds } = result;
  return {
    compiled,
    reason,
    seconds,
    predictionDifference: report?.metrics.predictionDifference,
    speedUp: report?.metrics.speedUp,
    microseconds: report?.model?.microseconds,
    uncompiledMicroseconds: report?.model?.uncompiledMicroseconds,
    archiveBytes: report?.model?.archiveBytes,
    uncompiledArchiveBytes: report?.model?.uncompiledArchiveBytes,
  };
}
