import { AwsError, notModelled } from '../aws-error.ts';
import { modelOf } from '../models/model.ts';
import { decode, encode } from './json-values.ts';
import { type Asked, type HttpReply, headerOf, type Protocol, type RequestHead } from './message.ts';
import { queryErrorHeader } from './query-errors.ts';
import { withLocalQueueUrls } from './queue-urls.ts';
import { serviceOfTarget } from './targets.ts';

/** AWS JSON 1.0 and 1.1: `POST /` with `X-Amz-Target: <prefix>.<Operation>`, JSON in, JSON out. */
export const awsJson: Protocol = {
  serviceOf(head) {
    const { prefix, target } = targetOf(head);
    if (target === '') throw unknownOperation();
    const service = serviceOfTarget(prefix);
    if (service === undefined) throw notModelled(`${target} over HTTP`);
    return service;
  },

  read(request): Asked {
    if (request.method !== 'POST' || !jsonTypes.has(mediaTypeOf(request))) throw unknownOperation();
    const service = awsJson.serviceOf(request);
    const { operation } = targetOf(request);
    const shape = modelOf(service).operation(operation)?.input;
    const value = parseObject(request.body.toString('utf8'));
    // Items of the database stay in their wire form, base64 and all: the database reads it.
    return { service, operation, input: service === 'dynamodb' ? value : decode(value, shape) };
  },

  write({ service }, output, head, requestId): HttpReply {
    const told = service === 'sqs' ? withLocalQueueUrls(output, head) : output;
    return reply(200, encode(told ?? {}), head, { 'x-amzn-requestid': requestId });
  },

  refuse: (error, head, requestId) =>
    reply(error.statusCode, { __type: error.code, message: error.message, ...error.members }, head, {
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
      ...queryErrorHeader(serviceOfTarget(targetOf(head).prefix), error),
    }),
};

const jsonTypes = new Set(['application/x-amz-json-1.0', 'application/x-amz-json-1.1', 'application/json']);

const mediaTypeOf = (head: RequestHead): string =>
  (headerOf(head, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase();

const targetOf = (head: RequestHead) => {
  const target = headerOf(head, 'x-amz-target') ?? '';
  const dot = target.lastIndexOf('.');
  return { target, prefix: target.slice(0, Math.max(dot, 0)), operation: target.slice(dot + 1) };
};

/** What AWS answers where nothing but the signature names a service. */
const unknownOperation = (): AwsError =>
  new AwsError('UnknownOperationException', 'The requested operation is not supported.', 404);

const reply = (
  statusCode: number,
  value: unknown,
  head: RequestHead,
  headers: Readonly<Record<string, string>>,
): HttpReply => ({
  statusCode,
  headers: {
    'content-type':
      mediaTypeOf(head) === 'application/x-amz-json-1.1'
        ? 'application/x-amz-json-1.1'
        : 'application/x-amz-json-1.0',
    ...headers,
  },
  body: JSON.stringify(value),
});

/** A request's body as a JSON object. @throws AwsError `SerializationException` */
export const parseObject = (body: string): Record<string, unknown> => {
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
  return value as Record<string, unknown>;
};
