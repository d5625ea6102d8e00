import { inspect } from 'node:util';
import type { HistoryEvent } from '../../../../local/asl/history.ts';

/** Said by every event of its kind, so that saying it here tells nothing. */
const ALWAYS = new Set([
  'inputDetails',
  'outputDetails',
  'assignedVariablesDetails',
  'region',
  'resourceType',
  'SdkHttpMetadata',
  'SdkResponseMetadata',
]);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/**
 * A whole history as lines: seconds since the start, id and previous id, type,
 * and the details with their JSON texts unfolded.
 *
 *     0s 3<2 TaskScheduled { resource: 'invoke', parameters: { FunctionName: 'judge' } }
 */
export function golden(history: readonly HistoryEvent[]): string[] {
  const startMs = history[0]!.timestamp.getTime();
  return history.map((event) => {
    const seconds = (event.timestamp.getTime() - startMs) / 1000;
    return `${seconds}s ${event.id}<${event.previousEventId} ${event.type}${detailsOf(event)}`;
  });
}

function detailsOf(event: HistoryEvent): string {
  const [, details] = Object.entries(event).find(([key]) => key.endsWith('EventDetails')) ?? [];
  if (details === undefined) return '';
  const { roleArn, ...rest } = details as { roleArn?: string };
  const told = inspect(telling(rest), {
    compact: true,
    breakLength: Number.POSITIVE_INFINITY,
    depth: null,
  });
  return told === '{}' ? '' : ` ${told.replaceAll(UUID, '<id>')}`;
}

function telling(value: unknown): unknown {
  if (typeof value === 'string' && /^[[{]/.test(value)) return telling(JSON.parse(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ALWAYS.has(key))
      .map(([key, member]) => [key, telling(member)]),
  );
}
