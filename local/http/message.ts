import type { IncomingHttpHeaders } from 'node:http';
import type { AwsError } from '../aws-error.ts';
import type { ServiceName } from '../service.ts';

/** The head of a request: what a protocol is chosen by. */
export interface RequestHead {
  readonly method: string;
  /** As it came, with its percent signs. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The service that the signature names, such as `states`; undefined without a signature. */
  readonly signingName: string | undefined;
}

export interface HttpRequest extends RequestHead {
  /** Decompressed. */
  readonly body: Buffer;
}

/** One call as the door takes it. */
export interface Asked {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: unknown;
}

export interface HttpReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** One of AWS's wire formats. */
export interface Protocol {
  /** The service that is asked. @throws AwsError `NotModelled` for one that is not here */
  serviceOf(head: RequestHead): ServiceName;
  /** @throws AwsError where the request is none of this protocol */
  read(request: HttpRequest): Asked;
  write(asked: Asked, output: unknown, head: RequestHead, requestId: string): HttpReply;
  refuse(error: AwsError, head: RequestHead, requestId: string): HttpReply;
}

/** A header's text; several of one name count as their list. */
export const headerOf = ({ headers }: RequestHead, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};
