import { crc32 } from 'node:zlib';
import type { ServiceName } from '../../service.ts';
import type { Data } from '../data.ts';
import type { Execution } from '../execution.ts';

/** What differs from one response to the next. */
interface Response {
  readonly requestId: string;
  readonly length: number;
  readonly body: string;
  readonly nowMs: number;
}

/** Header values: a constant text, or what each response gives. */
const VALUES: Record<string, string | ((response: Response) => string)> = {
  'Content-Length': ({ length }) => String(length),
  Connection: 'keep-alive',
  connection: 'keep-alive',
  Date: ({ nowMs }) => httpDate(nowMs),
  Server: 'Server',
  'X-Amz-Executed-Version': '$LATEST',
  'X-Amzn-Trace-Id': ({ requestId, nowMs }) => traceId(requestId, nowMs),
  'x-amzn-Remapped-Content-Length': '0',
  'x-amz-crc32': ({ body }) => String(crc32(body)),
  'x-amzn-RequestId': ({ requestId }) => requestId,
};

/** The metadata's JSON text, in pieces between which a response's own values stand. */
type Pieces = readonly (string | ((response: Response) => string))[];

/** @param headers in the order that AWS was recorded to give; the content type follows as the last */
function style(contentType: string, headers: readonly string[]): Pieces {
  const names = [...headers, 'Content-Type'];
  const sorted = [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const headerOf = (name: string) => (name === 'Content-Type' ? contentType : VALUES[name]!);
  const members = (of: readonly string[], open: string, close: string): Pieces =>
    of.flatMap((name, index) => [`${index === 0 ? '' : ','}"${name}":${open}"`, headerOf(name), `"${close}`]);
  return merged([
    '"SdkHttpMetadata":{"AllHttpHeaders":{',
    ...members(names, '[', ']'),
    '},"HttpHeaders":{',
    ...members(sorted, '', ''),
    '},"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"',
    ({ requestId }) => requestId,
    '"}',
  ]);
}

/** Neighbouring constants become one. */
function merged(pieces: Pieces): Pieces {
  const result: (string | ((response: Response) => string))[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}

const PLAIN = ['x-amzn-RequestId', 'connection', 'Content-Length', 'Date'];
const OTHERS = style('application/x-amz-json-1.0', PLAIN);

const STYLES: Partial<Record<ServiceName, Pieces>> = {
  dynamodb: style('application/x-amz-json-1.0', [
    'Server',
    'Connection',
    'x-amzn-RequestId',
    'x-amz-crc32',
    'Content-Length',
    'Date',
  ]),
  lambda: style('application/json', [
    'X-Amz-Executed-Version',
    'x-amzn-Remapped-Content-Length',
    'Connection',
    'x-amzn-RequestId',
    'Content-Length',
    'Date',
    'X-Amzn-Trace-Id',
  ]),
  sagemaker: style('application/x-amz-json-1.1', PLAIN),
  sns: style('text/xml', PLAIN),
};

/**
 * A response as optimized integrations give it: its members by the alphabet,
 * and between them the headers it came with. Few machines ever read those, so
 * they are written as text and become an object when somebody asks.
 *
 * @param body the response's own text
 */
export function withSdkMetadata(
  response: Readonly<Record<string, unknown>>,
  service: ServiceName,
  body: string,
  { random, world }: Execution,
): Data {
  const length = service === 'sns' ? xmlLength(body) : Buffer.byteLength(body);
  const wire = { requestId: random.uuid(), length, body, nowMs: world.clock.now() };
  let metadata = '';
  for (const piece of STYLES[service] ?? OTHERS) metadata += typeof piece === 'string' ? piece : piece(wire);

  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  let textBefore = '';
  let textAfter = '';
  for (const name of Object.keys(response).sort()) {
    const text = `"${name}":${JSON.stringify(response[name])}`;
    if (name < 'Sdk') {
      before[name] = response[name];
      textBefore += `${text},`;
    } else {
      after[name] = response[name];
      textAfter += `,${text}`;
    }
  }
  let parsed: { SdkHttpMetadata: unknown; SdkResponseMetadata: unknown } | undefined;
  const asked = () => (parsed ??= JSON.parse(`{${metadata}}`) as NonNullable<typeof parsed>);
  return {
    text: `{${textBefore}${metadata}${textAfter}}`,
    value: {
      ...before,
      get SdkHttpMetadata() {
        return asked().SdkHttpMetadata;
      },
      get SdkResponseMetadata() {
        return asked().SdkResponseMetadata;
      },
      ...after,
    },
  };
}

/** SNS still answers in XML: so many bytes around a message id, and so many more with a sequence number (recorded). */
const xmlLength = (body: string): number => (body.includes('"SequenceNumber"') ? 352 : 294);

const traceId = (requestId: string, nowMs: number): string => {
  const hex = requestId.replaceAll('-', '');
  const second = Math.floor(nowMs / 1000).toString(16);
  return `Root=1-${second}-${hex.slice(0, 24)};Parent=${hex.slice(16)};Sampled=0;Lineage=1:${hex.slice(0, 8)}:0`;
};

let lastMs = Number.NaN;
let lastDate = '';

/** Many tasks end in one moment of virtual time. */
function httpDate(nowMs: number): string {
  if (nowMs !== lastMs) {
    lastMs = nowMs;
    lastDate = new Date(nowMs).toUTCString();
  }
  return lastDate;
}
