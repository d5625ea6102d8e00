import type { ShadowComparisonRequest, ShadowVerdict } from '#shared/generated/contracts.ts';

/** Compares a challenger that only got copies with the champion that answered. */
export function judgeShadow({ metrics }: ShadowComparisonRequest): ShadowVerdict {
  return { passed: false, reasons: [`nothing was compared in ${metrics.length} series yet`], notes: [] };
}
