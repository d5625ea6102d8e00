import { createHash } from 'node:crypto';
import { AwsError, notModelled } from '../aws-error.ts';
import { modelOf } from '../models/model.ts';
import { wireModelOf } from '../models/wire.ts';
import { unchunked } from './aws-chunked.ts';
import { type Asked, type HttpReply, type HttpRequest, headerOf, type Protocol } from './message.ts';
import { readOutsideBody, writeOutsideBody } from './rest.ts';
import { matchRoute } from './routes.ts';
import { pathStyle } from './s3-address.ts';
import { readXml } from './xml-reader.ts';
import { elementXml, escapeXml, membersXml, tag } from './xml-writer.ts';

/** AWS REST XML, as S3 speaks it. */
export const restXml: Protocol = {
  serviceOf: () => 's3',

  read(received): Asked {
    const request = pathStyle(unchunked(verified(received)));
    const match = matchRoute('s3', request);
    const other = [...request.query.keys()].find((name) => subresources.has(name));
    if (match === undefined || (other !== undefined && !asksFor(match.operation, other))) {
      throw notModelled(
        `s3 ${request.method} ${match?.operation ?? request.path}${other ? ` ?${other}` : ''}`,
      );
    }
    return { service: 's3', operation: match.operation, input: inputOf(request, match) };
  },

  write({ operation }, output, { method }, requestId): HttpReply {
    const value = (output ?? {}) as Record<string, unknown>;
    const shape = modelOf('s3').operation(operation)?.output;
    const wire = wireModelOf('s3');
    const { headers = {} } = shape === undefined ? {} : writeOutsideBody(value, shape, wire);
    const isPart = headers['content-range'] !== undefined;
    const reply = {
      statusCode: isPart ? 206 : (wire.operations[operation]?.status ?? 200),
      headers: { ...idsOf(requestId), ...headers },
      body: '',
    };
    if (shape === undefined || method === 'HEAD') return reply;
    const payload = wire.shapes[shape.name]?.payload;
    const payloadShape = payload === undefined ? undefined : shape.members.get(payload)!;
    if (payloadShape?.kind === 'blob') return { ...reply, body: value[payload!] as Uint8Array };
    const xml =
      payloadShape === undefined
        ? rootXml(operation, membersXml(value, shape, wire), value)
        : elementXml(payloadShape.name, value[payload!], payloadShape, wire).replace(
            `<${payloadShape.name}>`,
            `<${payloadShape.name} xmlns="${namespace}">`,
          );
    return xml === '' ? reply : { ...reply, ...xmlBody(xml, reply.headers) };
  },

  refuse(error, head, requestId) {
    const statusCode = error.statusCode;
    const headers = idsOf(requestId);
    if (head.method === 'HEAD' || statusCode === 304) return { statusCode, headers, body: '' };
    const xml = tag(
      'Error',
      tag('Code', escapeXml(codeOf(error))) +
        tag('Message', escapeXml(error.message)) +
        tag('Resource', escapeXml(head.path)) +
        tag('RequestId', headers['x-amz-request-id']!) +
        tag('HostId', headers['x-amz-id-2']!),
    );
    return { statusCode, ...xmlBody(xml, headers) };
  },
};

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Query names that ask for something else than the bucket or object itself. */
const subresources = new Set([
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]);

/** Whether a subresource is what this operation is about. */
const asksFor = (operation: string, subresource: string): boolean => {
  const { uri = '' } = wireModelOf('s3').operations[operation] ?? {};
  const members = modelOf('s3').operation(operation)?.input.required ?? [];
  return (
    new URLSearchParams(uri.split('?')[1]).has(subresource) ||
    (subresource === 'uploadId' && members.includes('UploadId'))
  );
};

const inputOf = (request: HttpRequest, match: NonNullable<ReturnType<typeof matchRoute>>): unknown => {
  const shape = modelOf('s3').operation(match.operation)!.input;
  const wire = wireModelOf('s3');
  let input: Record<string, unknown>;
  try {
    input = readOutsideBody(request, match, shape, wire);
  } catch (error) {
    throw new AwsError('InvalidArgument', (error as Error).message);
  }
  const payload = wire.shapes[shape.name]?.payload;
  if (payload === undefined) return input;
  const payloadShape = shape.members.get(payload)!;
  if (payloadShape.kind === 'blob') return { ...input, [payload]: request.body };
  if (request.body.length === 0) return input;
  return { ...input, [payload]: readXml(request.body.toString('utf8'), payloadShape, wire) };
};

/** @throws AwsError where the body is not what the signature was made over */
const verified = (request: HttpRequest): HttpRequest => {
  const told = headerOf(request, 'x-amz-content-sha256');
  if (told === undefined || !/^[0-9a-f]{64}$/.test(told)) return request;
  if (createHash('sha256').update(request.body).digest('hex') === told) return request;
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
};

/** The roots of S3's answers, which its model doesn't tell. */
const roots: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'CompleteMultipartUploadResult',
  CreateMultipartUpload: 'InitiateMultipartUploadResult',
  DeleteObjects: 'DeleteResult',
  GetBucketVersioning: 'VersioningConfiguration',
  ListBuckets: 'ListAllMyBucketsResult',
  ListMultipartUploads: 'ListMultipartUploadsResult',
  ListObjectVersions: 'ListVersionsResult',
  ListObjects: 'ListBucketResult',
  ListObjectsV2: 'ListBucketResult',
  ListParts: 'ListPartsResult',
};

const rootXml = (operation: string, members: string, value: Record<string, unknown>): string => {
  // The only answer without a structure around it.
  if (operation === 'GetBucketLocation') {
    return tag('LocationConstraint', escapeXml(String(value.LocationConstraint ?? '')), namespace);
  }
  const root = roots[operation];
  return root === undefined ? '' : tag(root, members, namespace);
};

const xmlBody = (xml: string, headers: Readonly<Record<string, string>>) => ({
  headers: { ...headers, 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
});

/** S3's own request ids: 16 capital letters and digits, and a long one for its support. */
const idsOf = (requestId: string): Record<string, string> => ({
  'x-amz-request-id': requestId.replaceAll('-', '').slice(0, 16).toUpperCase(),
  'x-amz-id-2': Buffer.from(requestId).toString('base64'),
});

/** S3 has words of its own for what any service may find wrong with a request. */
const codeOf = ({ code }: AwsError): string =>
  ({
    MissingAuthenticationTokenException: 'AccessDenied',
    UnrecognizedClientException: 'InvalidAccessKeyId',
    InternalFailure: 'InternalError',
  })[code] ?? code;
