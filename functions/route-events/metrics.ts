/**
 * Counts in CloudWatch's embedded metric format: a line in the log, from which
 * CloudWatch makes metrics, so that the function needs no permission and no call.
 *
 * Source: CloudWatch user guide, "Specification: Embedded metric format".
 */
export const countsLine = (
  counts: Readonly<Record<string, number>>,
  service: string,
  nowMs: number,
): string =>
  JSON.stringify({
    _aws: {
      Timestamp: nowMs,
      CloudWatchMetrics: [
        {
          Namespace: 'Signalbox',
          Dimensions: [['Service']],
          Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    Service: service,
    ...counts,
  });
