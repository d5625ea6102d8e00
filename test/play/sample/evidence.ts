import type { ReportEvaluation, ReportTraining } from '../../../play/report/data.ts';

/** A ROC curve with about the area `auc`: tpr = fpr^k has the area 1 / (k + 1). */
export function evaluation(modelOf: string, auc: number, logLoss: number): ReportEvaluation {
  const k = 1 / auc - 1;
  const steps = Array.from({ length: 61 }, (_, index) => index / 60);
  return {
    modelOf,
    rows: 3987,
    metrics: { auc, logLoss, accuracy: 0.8 + (auc - 0.68) / 3, brier: logLoss / 3.05 },
    roc: steps.map((fpr) => ({ fpr, tpr: fpr ** k })),
    calibration: [0.06, 0.12, 0.18, 0.25, 0.33, 0.42, 0.55].map((predicted, index) => ({
      predicted,
      observed: predicted * (0.8 + auc / 3) + (index % 2 === 0 ? 0.012 : -0.014) * (1 + index / 3),
      count: Math.round(1300 / (index + 1) ** 1.3),
    })),
  };
}

export function training(resumedFromEpoch: number | undefined, best: number): ReportTraining {
  return {
    spotInterruptions: resumedFromEpoch === undefined ? 0 : 1,
    resumedFromEpoch,
    trainingSeconds: resumedFromEpoch === undefined ? 640 : 742,
    billableSeconds: resumedFromEpoch === undefined ? 205 : 231,
    epochs: Array.from({ length: 12 }, (_, index) => {
      const epoch = index + 1;
      const progress = 1 - Math.exp(-epoch / 3.2);
      return {
        epoch,
        trainLogLoss: 0.69 - 0.235 * progress,
        validationLogLoss: 0.692 - 0.222 * progress + (epoch > 9 ? (epoch - 9) * 0.0012 : 0),
        validationAuc: 0.5 + (best - 0.5) * (1 - Math.exp(-epoch / 2.4)),
        ...(epoch === resumedFromEpoch ? { resumed: true } : {}),
      };
    }),
  };
}
