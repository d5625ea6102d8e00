import { readFileSync } from 'node:fs';
import { remembered } from '../remembered.ts';
import type { ServiceName } from '../service.ts';
import type { Shape } from './model.ts';

/** Where a member stands and under which name, where that is not its own name in the body. */
export interface WireMember {
  readonly in?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly name?: string;
  /** A list or map without an element of its own around its items. */
  readonly flat?: boolean;
  readonly format?: 'iso8601' | 'rfc822' | 'unixTimestamp';
}

export interface WireShape {
  /** The member that is the body; the others stand in headers, path and query. */
  readonly payload?: string;
  readonly members?: Readonly<Record<string, WireMember>>;
  /** Of a list or a map: the names of its items', keys' and values' elements. */
  readonly item?: string;
  readonly key?: string;
  readonly value?: string;
}

export interface WireOperation {
  readonly method?: string;
  /** Such as `/{Bucket}/{Key+}?uploads`. */
  readonly uri?: string;
  /** The status of success, where it is not 200. */
  readonly status?: number;
  /** What clients put before the host. */
  readonly hostPrefix?: string;
}

/** How a service's operations stand on the wire, as AWS's model tells it. */
export interface WireModel {
  readonly apiVersion: string;
  readonly xmlNamespace?: string;
  /** The service once spoke `query`, and tells its old error codes in a header. */
  readonly isQueryCompatible?: boolean;
  readonly operations: Readonly<Record<string, WireOperation>>;
  readonly shapes: Readonly<Record<string, WireShape>>;
  readonly errors: Readonly<Record<string, { readonly code?: string; readonly httpStatusCode?: number }>>;
}

const models = new Map<ServiceName, WireModel>();

/** Read once per process, when the first request for the service comes. */
export const wireModelOf = (service: ServiceName): WireModel =>
  remembered(
    models,
    service,
    () => JSON.parse(readFileSync(new URL(`./http/${service}.json`, import.meta.url), 'utf8')) as WireModel,
  );

/** How a member of a structure stands on the wire. */
export const memberOnWire = (wire: WireModel, shape: Shape, member: string): WireMember =>
  wire.shapes[shape.name]?.members?.[member] ?? {};
