import { AwsError, notModelled } from '../aws-error.ts';
import { modelOf, type Shape } from '../models/model.ts';
import { type WireModel, wireModelOf } from '../models/wire.ts';
import type { HttpReply, Protocol, RequestHead } from './message.ts';
import { faultOf, queryCodeOf } from './query-errors.ts';
import { readScalar } from './scalars.ts';
import { serviceSignedAs } from './signing-names.ts';
import { escapeXml, membersXml, tag } from './xml-writer.ts';

/** AWS query: a form with `Action`, `Version` and dotted parameters in, XML out. SNS, and older clients of CloudWatch. */
export const awsQuery: Protocol = {
  serviceOf({ signingName }) {
    const service = serviceSignedAs(signingName);
    if (!speakers.has(service)) throw notModelled(`The query protocol of ${service}`);
    return service;
  },

  read(request) {
    const service = awsQuery.serviceOf(request);
    const parameters = formOf(request);
    const operation = parameters.get('Action');
    if (!operation) throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
    const shape = modelOf(service).operation(operation)?.input;
    if (shape === undefined) return { service, operation, input: {} };
    const input = readValue(treeOf(parameters), shape, wireModelOf(service));
    return { service, operation, input };
  },

  write({ service, operation }, output, _head, requestId) {
    const wire = wireModelOf(service);
    const shape = modelOf(service).operation(operation)?.output;
    const result =
      shape === undefined ? '' : tag(`${operation}Result`, membersXml(output ?? {}, shape, wire));
    return queryReply(200, queryAnswer(operation, result, requestId, wire.xmlNamespace), requestId);
  },

  refuse(error, { signingName }, requestId) {
    const service = signingName === 'sns' ? 'sns' : 'cloudwatch';
    const code = codes[error.code] ?? queryCodeOf(service, error);
    return queryRefusal(error, code, requestId, wireModelOf(service).xmlNamespace);
  },
};

/** The protocol's own words for what any service may find wrong with a request. */
const codes: Readonly<Record<string, string>> = {
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  SerializationException: 'MalformedInput',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

/** Services of this world with a model of their query form. */
const speakers = new Set<string>(['cloudwatch', 'sns']);

export const isForm = (head: RequestHead): boolean =>
  (head.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ||
  head.query.has('Action');

/** The parameters of the body, or of the path where there is none. */
export const formOf = (request: Parameters<Protocol['read']>[0]): URLSearchParams =>
  request.body.length > 0 ? new URLSearchParams(request.body.toString('utf8')) : request.query;

export const queryAnswer = (
  operation: string,
  result: string,
  requestId: string,
  namespace: string | undefined,
): string =>
  tag(`${operation}Response`, result + tag('ResponseMetadata', tag('RequestId', requestId)), namespace);

export const queryReply = (statusCode: number, body: string, requestId: string): HttpReply => ({
  statusCode,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body,
});

export const queryRefusal = (
  error: AwsError,
  code: string,
  requestId: string,
  namespace: string | undefined,
): HttpReply => {
  const told =
    tag('Type', faultOf(error)) + tag('Code', escapeXml(code)) + tag('Message', escapeXml(error.message));
  const body = tag('ErrorResponse', tag('Error', told) + tag('RequestId', requestId), namespace);
  return queryReply(error.statusCode, body, requestId);
};

/** `Attributes.entry.1.key` as steps into nested maps. */
interface Tree {
  text?: string;
  readonly children: Map<string, Tree>;
}

/** Deeper than any of AWS's parameters. */
const DEEPEST = 32;

const treeOf = (parameters: URLSearchParams): Tree => {
  const root: Tree = { children: new Map() };
  for (const [name, text] of parameters) {
    if (name === 'Action' || name === 'Version') continue;
    const steps = name.split('.');
    if (steps.length > DEEPEST) throw malformedInput(name);
    let at = root;
    for (const step of steps) {
      let next = at.children.get(step);
      if (next === undefined) {
        next = { children: new Map() };
        at.children.set(step, next);
      }
      at = next;
    }
    at.text = text;
  }
  return root;
};

const readValue = (tree: Tree, shape: Shape, wire: WireModel): unknown => {
  const { item = 'member', key = 'key', value = 'value' } = wire.shapes[shape.name] ?? {};
  switch (shape.kind) {
    case 'structure':
      return Object.fromEntries(
        [...tree.children].map(([name, inner]) => {
          const memberShape = shape.members.get(name);
          // Unknown members go on to the door, which refuses them.
          return [name, memberShape === undefined ? inner.text : readValue(inner, memberShape, wire)];
        }),
      );
    case 'list':
      return numbered(tree.children.get(item)).map((inner) => readValue(inner, shape.value!, wire));
    case 'map':
      return Object.fromEntries(
        numbered(tree.children.get('entry')).map((entry) => {
          const inner = entry.children.get(value);
          const name = entry.children.get(key)?.text;
          if (inner === undefined || name === undefined) throw malformedInput('entry');
          return [name, readValue(inner, shape.value!, wire)];
        }),
      );
    default:
      return readScalar(tree.text ?? '', shape);
  }
};

const numbered = (tree: Tree | undefined): Tree[] =>
  [...(tree?.children ?? [])].sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);

const malformedInput = (name: string): AwsError =>
  new AwsError('MalformedInput', `The parameter ${name.slice(0, 80)} cannot be read.`);
