import type { CloudWatch } from './cloudwatch.ts';
import { epochMs } from './put-metric-data.ts';

interface DescribeAlarmHistoryInput {
  readonly AlarmName?: string;
  readonly AlarmTypes?: readonly string[];
  readonly HistoryItemType?: string;
  readonly StartDate?: Date | number | string;
  readonly EndDate?: Date | number | string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
  readonly ScanBy?: 'TimestampDescending' | 'TimestampAscending';
}

/** What happened to alarms, the newest first unless asked otherwise; an alarm that is gone has its history still. */
export function describeAlarmHistory(
  cloudwatch: CloudWatch,
  input: DescribeAlarmHistoryInput,
): Record<string, unknown> {
  const fromMs = input.StartDate === undefined ? Number.NEGATIVE_INFINITY : epochMs(input.StartDate);
  const toMs = input.EndDate === undefined ? Number.POSITIVE_INFINITY : epochMs(input.EndDate);
  // As AWS has it, composites are told only to who asks for them.
  const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
  const found = cloudwatch.history.items.filter(
    ({ alarmName, alarmType, type, atMs }) =>
      types.includes(alarmType) &&
      (input.AlarmName ?? alarmName) === alarmName &&
      (input.HistoryItemType ?? type) === type &&
      atMs >= fromMs &&
      atMs <= toMs,
  );
  if (input.ScanBy !== 'TimestampAscending') found.reverse();
  const start = input.NextToken === undefined ? 0 : Number(Buffer.from(input.NextToken, 'base64').toString());
  const end = start + (input.MaxRecords ?? 100);
  return {
    AlarmHistoryItems: found.slice(start, end).map(({ alarmName, alarmType, atMs, type, summary, data }) => ({
      AlarmName: alarmName,
      AlarmType: alarmType,
      Timestamp: new Date(atMs),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: JSON.stringify({ version: '1.0', ...data() }),
    })),
    ...(end < found.length ? { NextToken: Buffer.from(String(end)).toString('base64') } : {}),
  };
}
