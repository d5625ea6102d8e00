import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AwsError } from '../aws-error.ts';
import type { ServiceName } from '../service.ts';
import type { Incoming } from './answer.ts';

const MB = 1024 * 1024;

/**
 * The largest request of each service in bytes, where its documents tell one.
 * S3 takes 5 GiB in one piece; here objects lie in memory.
 */
const limits: Readonly<Partial<Record<ServiceName, number>>> = {
  cloudwatch: 1 * MB,
  dynamodb: 16 * MB,
  lambda: 6_291_456,
  s3: 1024 * MB,
  // A little more than the operation takes, which tells its limit in words of its own.
  'sagemaker-runtime': 8 * MB,
  sns: 1 * MB,
  stepfunctions: 1 * MB,
};

const OTHERWISE = 4 * MB;

/** No request of a few bytes may become more than this. */
const MOST_INFLATED_BYTES = 64 * MB;

const inflate = promisify(gunzip);

/**
 * The whole body of a request. One that is too large is read to its end and
 * dropped: a client that is still sending would not hear the answer.
 *
 * @throws AwsError for one that is too large or not compressed as it says
 */
export const readBody = async (request: Incoming, service: ServiceName | 'sts'): Promise<Buffer> => {
  const limit = service === 'sts' ? OTHERWISE : (limits[service] ?? OTHERWISE);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    // The client has gone; nobody hears this.
    throw new AwsError('IncompleteBody', 'The request ended before its body did.');
  }
  if (bytes > limit) throw tooLarge(service, limit);
  const body = Buffer.concat(chunks);
  // An object may be stored compressed; everywhere else the client has pressed its request.
  if (service === 's3' || request.headers['content-encoding'] !== 'gzip') return body;
  try {
    return await inflate(body, { maxOutputLength: MOST_INFLATED_BYTES });
  } catch {
    throw new AwsError('SerializationException', 'The request body is not compressed as its header says.');
  }
};

const tooLarge = (service: ServiceName | 'sts', limit: number): AwsError => {
  if (service === 's3') {
    return new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  if (service === 'lambda') {
    return new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      413,
    );
  }
  return new AwsError('RequestEntityTooLargeException', `The request is larger than ${limit} bytes.`, 413);
};
