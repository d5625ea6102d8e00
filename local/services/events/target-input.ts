import type { EventEnvelope, Rule, Target } from './rule.ts';

/** Placeholders that a template may use without naming a path. */
export const RESERVED_PLACEHOLDERS: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
]);

const PLACEHOLDER = /<([\w.-]+)>/g;

/** The names in a template's angle brackets. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name]) => name!);

/**
 * What a target is given for an event: JSON text, or undefined if a template
 * makes no JSON of it, in which case EventBridge counts a failed invocation.
 *
 * @param ingestionMs epoch milliseconds at which the event came in
 */
export const targetInput = (
  rule: Rule,
  target: Target,
  event: EventEnvelope,
  ingestionMs: number,
): string | undefined => {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(atPath(event, target.InputPath) ?? null);
  if (target.InputTransformer === undefined) return JSON.stringify(event);

  const { InputTemplate, InputPathsMap = {} } = target.InputTransformer;
  const ingestion = new Date(ingestionMs).toISOString();
  const { 'detail-type': detailType, detail: _detail, ...head } = event;
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': ingestion,
    'aws.events.event': { ...head, detailType, time: ingestion },
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(InputPathsMap)) values[name] = atPath(event, path);
  return fillIn(InputTemplate, values);
};

/** The value under a path such as `$.detail.object.key` or `$.resources[0]`. */
const atPath = (event: unknown, path: string): unknown => {
  const steps = path.slice(1).match(/[^.[\]]+/g) ?? [];
  return steps.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    event,
  );
};

/**
 * A template that is a text takes everything as text, objects without their
 * quotes. One that is JSON takes values as they are, and texts inside quotes.
 * What is not there is an empty text in both.
 *
 * Source: answers of EventBridge recorded in public by LocalStack's parity tests, December 2024.
 */
const fillIn = (template: string, values: Readonly<Record<string, unknown>>): string | undefined => {
  const isText = template.trimStart().startsWith('"');
  const filled = template.replace(PLACEHOLDER, (_whole, name: string, offset: number) => {
    const value = values[name] ?? '';
    const json = JSON.stringify(value);
    if (!isText && !isInsideQuotes(template, offset)) return json;
    if (typeof value === 'string') return json.slice(1, -1);
    return isText ? json.replaceAll('"', '') : json;
  });
  return isJson(filled, isText) ? filled : undefined;
};

const isInsideQuotes = (template: string, offset: number): boolean =>
  (template.slice(0, offset).replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

/** A text template may have several texts, one on each line. */
const isJson = (text: string, byLine: boolean): boolean => {
  try {
    for (const part of byLine ? text.split('\n') : [text]) JSON.parse(part);
    return true;
  } catch {
    return false;
  }
};
