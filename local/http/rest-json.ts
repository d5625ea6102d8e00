import { type AwsError, notModelled } from '../aws-error.ts';
import { modelOf } from '../models/model.ts';
import { wireModelOf } from '../models/wire.ts';
import type { ServiceName } from '../service.ts';
import { parseObject } from './aws-json.ts';
import { decode, encode } from './json-values.ts';
import type { Asked, HttpReply, Protocol, RequestHead } from './message.ts';
import { readOutsideBody, writeOutsideBody } from './rest.ts';
import { matchRoute } from './routes.ts';

/** Who speaks it, by the name in the signature. SageMaker itself speaks another protocol, its runtime this one. */
const SERVICES: Readonly<Record<string, ServiceName>> = {
  lambda: 'lambda',
  sagemaker: 'sagemaker-runtime',
  scheduler: 'scheduler',
  schemas: 'schemas',
};

/** AWS REST JSON. */
export const restJson: Protocol = {
  serviceOf({ signingName = '' }) {
    const service = SERVICES[signingName];
    if (service === undefined) throw notModelled(`The service ${signingName || 'of an unsigned request'}`);
    return service;
  },

  read(request): Asked {
    const service = restJson.serviceOf(request);
    const match = matchRoute(service, request);
    if (match === undefined) throw notModelled(`${service} ${request.method} ${request.path}`);
    const { operation } = match;
    const shape = modelOf(service).operation(operation)!.input;
    const wire = wireModelOf(service);
    const input = readOutsideBody(request, match, shape, wire);
    const payload = wire.shapes[shape.name]?.payload;
    if (payload !== undefined) {
      const isBlob = shape.members.get(payload)!.kind === 'blob';
      const text = request.body.toString('utf8');
      input[payload] = isBlob ? request.body : decode(parseObject(text), shape.members.get(payload));
    } else if (request.body.length > 0) {
      Object.assign(input, decode(parseObject(request.body.toString('utf8')), shape));
    }
    return { service, operation, input };
  },

  write({ service, operation }, output, _head, requestId): HttpReply {
    const shape = modelOf(service).operation(operation)?.output;
    const wire = wireModelOf(service);
    const value = (output ?? {}) as Record<string, unknown>;
    const outside =
      shape === undefined ? { statusCode: undefined, headers: {} } : writeOutsideBody(value, shape, wire);
    const payload = shape && wire.shapes[shape.name]?.payload;
    const inBody = Object.entries(value).filter(
      ([name]) => wire.shapes[shape?.name ?? '']?.members?.[name]?.in === undefined,
    );
    return {
      statusCode: outside.statusCode ?? wire.operations[operation]?.status ?? 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, ...outside.headers },
      body:
        payload === undefined
          ? JSON.stringify(encode(Object.fromEntries(inBody)))
          : ((value[payload] ?? '') as string | Uint8Array),
    };
  },

  refuse(error, { signingName }, requestId) {
    return {
      statusCode: error.statusCode,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
      },
      body: JSON.stringify({
        ...(signingName === 'lambda' && { Type: error.statusCode < 500 ? 'User' : 'Service' }),
        Message: error.message,
        ...membersOf(error),
      }),
    };
  },
};

/** An error may carry more than its message, as SageMaker's `ModelError` does. */
const membersOf = (error: AwsError): object =>
  'members' in error && typeof error.members === 'object' ? { ...error.members } : {};

/** Told by the signature, for a request without a target. */
export const isRestJson = ({ signingName }: RequestHead): boolean =>
  signingName !== undefined && Object.hasOwn(SERVICES, signingName);
