import type { Shape } from '../models/model.ts';
import { memberOnWire, type WireMember, type WireModel } from '../models/wire.ts';
import { type HttpRequest, headerOf } from './message.ts';
import type { Match } from './routes.ts';
import { readScalar, type TimeFormat, writeScalar } from './scalars.ts';

/** What the two REST protocols have in common: members in path, query, headers and status beside the body. */

/** The members that don't stand in the body. */
export const readOutsideBody = (
  request: HttpRequest,
  { labels }: Match,
  shape: Shape,
  wire: WireModel,
): Record<string, unknown> => {
  const input: Record<string, unknown> = {};
  for (const [name, inner] of shape.members) {
    const member = memberOnWire(wire, shape, name);
    const value = readMember(request, labels, name, inner, member);
    if (value !== undefined) input[name] = value;
  }
  return input;
};

const readMember = (
  request: HttpRequest,
  labels: Match['labels'],
  own: string,
  shape: Shape,
  member: WireMember,
): unknown => {
  const name = member.name ?? own;
  switch (member.in) {
    case 'uri':
      return labels.get(name) === undefined ? undefined : readScalar(labels.get(name)!, shape);
    case 'querystring':
      return readQuery(request.query.getAll(name), shape);
    case 'header':
      return readHeader(headerOf(request, name.toLowerCase()), shape);
    case 'headers':
      return readPrefixed(request, name.toLowerCase());
    default:
      return undefined;
  }
};

const readQuery = (texts: readonly string[], shape: Shape): unknown => {
  if (texts.length === 0) return undefined;
  return shape.kind === 'list'
    ? texts.map((text) => readScalar(text, shape.value!))
    : readScalar(texts[0]!, shape);
};

const readHeader = (text: string | undefined, shape: Shape): unknown => {
  if (text === undefined) return undefined;
  return shape.kind === 'list'
    ? text.split(',').map((item) => readScalar(item.trim(), shape.value!))
    : readScalar(text, shape);
};

/** All headers that begin with a prefix, such as `x-amz-meta-`, by what follows it. */
const readPrefixed = (request: HttpRequest, prefix: string): Record<string, string> | undefined => {
  const found = Object.keys(request.headers)
    .filter((name) => name.startsWith(prefix))
    .map((name): [string, string] => [name.slice(prefix.length), headerOf(request, name)!]);
  return found.length === 0 ? undefined : Object.fromEntries(found);
};

export interface OutsideBody {
  readonly statusCode: number | undefined;
  readonly headers: Record<string, string>;
}

/** The headers and the status that an output's members make. */
export const writeOutsideBody = (output: object, shape: Shape, wire: WireModel): OutsideBody => {
  const headers: Record<string, string> = {};
  let statusCode: number | undefined;
  for (const [own, value] of Object.entries(output)) {
    if (value === undefined || value === null) continue;
    const { in: place, name = own, format = 'rfc822' } = memberOnWire(wire, shape, own);
    if (place === 'statusCode') statusCode = Number(value);
    if (place === 'header') headers[name.toLowerCase()] = headerText(value, format);
    if (place === 'headers') {
      for (const [key, text] of Object.entries(value as object))
        headers[name + key] = headerText(text, format);
    }
  }
  return { statusCode, headers };
};

const headerText = (value: unknown, format: TimeFormat): string => {
  const text = Array.isArray(value) ? value.join(',') : writeScalar(value, format);
  // A line break would end the header; S3 keeps what is not ASCII as an encoded word.
  if (/^[\u0020-\u007e\t]*$/.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
};
