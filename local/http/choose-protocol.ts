import { awsJson } from './aws-json.ts';
import { awsQuery, isForm } from './aws-query.ts';
import type { Protocol, RequestHead } from './message.ts';
import { isRestJson, restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { isCbor, rpcCbor } from './rpc-cbor.ts';

/**
 * The protocol of a request, told by its head alone, so that even what cannot
 * be read is refused in a form that its client reads. Nobody's request is
 * answered as S3's: only S3 takes requests without a signature, from browsers and `curl`.
 */
export const protocolOf = (head: RequestHead): Protocol => {
  if (head.signingName === 's3') return restXml;
  if (isCbor(head)) return rpcCbor;
  if (head.headers['x-amz-target'] !== undefined) return awsJson;
  if (isForm(head)) return awsQuery;
  if (isRestJson(head)) return restJson;
  return head.signingName === undefined ? restXml : awsJson;
};
