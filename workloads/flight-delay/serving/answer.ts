// Predictions in the form that the question came in.

import type { MediaType } from './request-rows.ts';

export interface Prediction {
  readonly probability: number;
  readonly delayed: boolean;
}

export function predictionOf(probability: number): Prediction {
  return { probability, delayed: probability >= 0.5 };
}

export function bodyOf(predictions: readonly Prediction[], mediaType: MediaType): string {
  if (mediaType === 'application/json') return JSON.stringify({ predictions });
  const lineOf =
    mediaType === 'text/csv'
      ? ({ probability, delayed }: Prediction) => `${probability},${delayed}`
      : (prediction: Prediction) => JSON.stringify(prediction);
  return `${predictions.map(lineOf).join('\n')}\n`;
}
