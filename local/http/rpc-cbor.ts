import { decode, encode, Token, Type } from 'cborg';
import { AwsError, notModelled } from '../aws-error.ts';
import { modelOf, type Shape } from '../models/model.ts';
import type { HttpReply, Protocol, RequestHead } from './message.ts';
import { queryErrorHeader } from './query-errors.ts';
import { serviceOfTarget } from './targets.ts';

/** Smithy RPC v2 CBOR: `POST /service/<name>/operation/<Operation>`, CBOR in, CBOR out. Botocore asks CloudWatch so. */
export const rpcCbor: Protocol = {
  serviceOf(head) {
    const { prefix } = pathOf(head);
    const service = serviceOfTarget(prefix);
    if (service === undefined) throw notModelled(`The service ${prefix} over CBOR`);
    return service;
  },

  read(request) {
    const { operation } = pathOf(request);
    return { service: rpcCbor.serviceOf(request), operation, input: readMap(request.body) };
  },

  write: ({ service, operation }, output, _head, requestId) =>
    reply(200, asTokens(output ?? {}, modelOf(service).operation(operation)?.output), requestId),

  refuse: (error, head, requestId) =>
    reply(
      error.statusCode,
      { __type: error.code, message: error.message },
      requestId,
      queryErrorHeader(serviceOfTarget(pathOf(head).prefix), error),
    ),
};

export const isCbor = ({ path }: RequestHead): boolean => cborPath.test(path);

const cborPath = /^\/service\/([^/]+)\/operation\/([^/]+)$/;

const pathOf = ({ path }: RequestHead) => {
  const [, prefix = '', operation = ''] = cborPath.exec(path) ?? [];
  // A shape's name may stand in front of it.
  return { prefix: prefix.split('.').at(-1)!, operation };
};

const reply = (
  statusCode: number,
  value: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => ({
  statusCode,
  headers: {
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
    'x-amzn-requestid': requestId,
    ...headers,
  },
  body: encode(value, { ignoreUndefinedProperties: true, typeEncoders }),
});

/** Tag 1: seconds since the epoch. */
const TIME = 1;

const readMap = (body: Buffer): Record<string, unknown> => {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    // Plain bytes: the decoder compares prototypes.
    value = decode(new Uint8Array(body), {
      allowBigInt: false,
      tags: { [TIME]: (content) => new Date(Number(content()) * 1000) },
    });
  } catch {
    throw new AwsError('SerializationException', 'The request body is not CBOR.');
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array)
  ) {
    return value as Record<string, unknown>;
  }
  throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
};

/** A number that the model calls a float stays one on the wire, even where it is whole. */
class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const typeEncoders = {
  Object: (value: unknown) => (value instanceof Float ? new Token(Type.float, value.value) : null),
  Date: (value: Date) => [new Token(Type.tag, TIME), new Token(Type.float, value.getTime() / 1000)],
};

const asTokens = (value: unknown, shape: Shape | undefined): unknown => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return shape?.kind === 'number' ? new Float(value) : value;
  if (Array.isArray(value)) return value.map((item) => asTokens(item, shape?.value));
  if (typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      asTokens(inner, shape?.kind === 'map' ? shape.value : shape?.members.get(name)),
    ]),
  );
};
