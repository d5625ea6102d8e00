import type { Shape } from '../../models/model.ts';

/**
 * A Task's arguments as the service's own input. Step Functions writes every
 * member in PascalCase, leaves out nulls, and turns JSON into text where the
 * service takes text (recorded: `Input`, `Detail`, `MessageBody`, and any JSON as `Body`).
 */
export function toServiceInput(value: unknown, shape: Shape | undefined): unknown {
  if (shape === undefined) return value;
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? mapMembers(value, shape) : value;
    case 'map':
      return isRecord(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, member]) => [key, toServiceInput(member, shape.value)]),
          )
        : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => toServiceInput(item, shape.value)) : value;
    case 'string':
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    case 'blob':
      return typeof value === 'string' || value === null ? value : JSON.stringify(value);
    default:
      return value;
  }
}

function mapMembers(value: Record<string, unknown>, shape: Shape): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === null || member === undefined) continue;
    const own = ownName(key, shape);
    input[own] = toServiceInput(member, shape.members.get(own));
  }
  return input;
}

/** `StateMachineArn` for a service that says `stateMachineArn`. */
function ownName(key: string, shape: Shape): string {
  if (shape.members.has(key)) return key;
  const camel = key[0]!.toLowerCase() + key.slice(1);
  return shape.members.has(camel) ? camel : key;
}

/**
 * A service's answer as a Task's result: members in PascalCase, bytes as text,
 * absent members left out, times as the integration's style writes them.
 */
export function toResult(value: unknown, shape: Shape | undefined, time: (date: Date) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return time(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map((item) => toResult(item, shape?.value, time));
  const isMap = shape?.kind === 'map';
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined || key === '$metadata') continue;
    const name = isMap || startsBig(key) ? key : key[0]!.toUpperCase() + key.slice(1);
    result[name] = toResult(member, isMap ? shape.value : shape?.members?.get(key), time);
  }
  return result;
}

const startsBig = (name: string): boolean => {
  const code = name.charCodeAt(0);
  return code >= 65 && code <= 90;
};

/** AWS SDK integrations write times as ISO-8601 texts. */
export const asIsoText = (date: Date): string => date.toISOString();

/** Optimized integrations write times as epoch milliseconds. */
export const asEpochMs = (date: Date): number => date.getTime();

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
