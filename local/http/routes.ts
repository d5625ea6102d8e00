import { modelOf } from '../models/model.ts';
import { memberOnWire, wireModelOf } from '../models/wire.ts';
import { remembered } from '../remembered.ts';
import type { ServiceName } from '../service.ts';
import { headerOf, type RequestHead } from './message.ts';

/** An operation of a REST service that a request may ask for. */
export interface Match {
  readonly operation: string;
  /** What stands in the path's places, decoded. */
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * The operation whose method and path fit, and which asks the most of query
 * and headers: `PUT /bucket/key` alone is an upload, with `partNumber` a part of
 * one, with `x-amz-copy-source` a copy.
 */
export const matchRoute = (service: ServiceName, head: RequestHead): Match | undefined => {
  let best: { match: Match; asked: number } | undefined;
  for (const route of routesOf(service)) {
    if (route.method !== head.method) continue;
    const found = route.path.exec(head.path);
    if (found === null || !route.asks.every((ask) => ask(head))) continue;
    if (best !== undefined && best.asked >= route.asks.length) continue;
    const labels = new Map(route.labels.map((label, index) => [label, decoded(found[index + 1]!)]));
    best = { match: { operation: route.operation, labels }, asked: route.asks.length };
  }
  return best?.match;
};

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  readonly asks: readonly ((head: RequestHead) => boolean)[];
}

const routes = new Map<ServiceName, readonly Route[]>();

const routesOf = (service: ServiceName): readonly Route[] =>
  remembered(routes, service, () =>
    Object.entries(wireModelOf(service).operations).map(([operation, { method = 'POST', uri = '/' }]) => {
      const [path = '', query = ''] = uri.split('?');
      return {
        operation,
        method,
        path: expressionOf(path),
        labels: [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, label]) => label!),
        asks: [...literals(query), ...requiredElsewhere(service, operation)],
      };
    }),
  );

/** `{Key+}` takes slashes too, and a single trailing slash may stand after a path. */
const expressionOf = (path: string): RegExp => {
  const source = path.replace(/\{\w+\+\}/g, '(.+)').replace(/\{\w+\}/g, '([^/]+)');
  return new RegExp(`^${source}${path.endsWith('+}') || path === '/' ? '' : '/?'}$`, 's');
};

const literals = (query: string): ((head: RequestHead) => boolean)[] =>
  [...new URLSearchParams(query)].map(
    ([name, value]) =>
      ({ query: given }: RequestHead) =>
        given.has(name) && (value === '' || given.get(name) === value),
  );

const requiredElsewhere = (service: ServiceName, operation: string): ((head: RequestHead) => boolean)[] => {
  const wire = wireModelOf(service);
  const input = modelOf(service).operation(operation)?.input;
  if (input === undefined) return [];
  return input.required.flatMap((member): ((head: RequestHead) => boolean)[] => {
    const { in: place, name = member } = memberOnWire(wire, input, member);
    if (place === 'querystring') return [({ query }) => query.has(name)];
    if (place === 'header') return [(head) => headerOf(head, name.toLowerCase()) !== undefined];
    return [];
  });
};

/** @returns the text as it is where its percent signs make no sense */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
