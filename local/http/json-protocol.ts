import { AwsError } from '../aws-error.ts';
import { modelOf, serviceNames } from '../models/model.ts';
import type { Caller, ServiceName } from '../service.ts';
import type { World } from '../world.ts';
import { decode, encode } from './json-values.ts';

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: <prefix>.<Operation>`, JSON in, JSON out. */
export interface Target {
  readonly service: ServiceName;
  readonly operation: string;
}

/** @returns undefined if no JSON service of this world has this prefix */
export const targetOf = (header: string): Target | undefined => {
  const dot = header.lastIndexOf('.');
  const service = servicesByPrefix().get(header.slice(0, dot));
  return service === undefined ? undefined : { service, operation: header.slice(dot + 1) };
};

/** The answer's body, as a JSON value. */
export const callJson = async (
  world: World,
  { service, operation }: Target,
  body: string,
  caller: Caller,
): Promise<unknown> => {
  const shape = modelOf(service).operation(operation)?.input;
  // Items of the database stay in their wire form, base64 and all: the database reads it.
  const input = service === 'dynamodb' ? parse(body) : decode(parse(body), shape);
  return encode((await world.door.call({ service, operation, input, caller })) ?? {});
};

const parse = (body: string): unknown => {
  if (body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return value;
};

let prefixes: Map<string, ServiceName> | undefined;

const servicesByPrefix = (): Map<string, ServiceName> => {
  prefixes ??= new Map(
    serviceNames
      .map((name) => modelOf(name))
      .filter(({ targetPrefix }) => targetPrefix !== null)
      .map(({ targetPrefix, service }) => [targetPrefix!, service]),
  );
  return prefixes;
};
