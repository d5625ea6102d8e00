import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AwsError } from '../aws-error.ts';
import type { Shape } from '../models/model.ts';
import { memberOnWire, type WireMember, type WireModel } from '../models/wire.ts';
import { readScalar } from './scalars.ts';

/** An element: its children by their names, each name a list, and its text under `#text`. */
interface Element {
  readonly [name: string]: readonly Element[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  alwaysCreateTextNode: true,
  isArray: () => true,
});

/**
 * Reads a body by AWS's model. The root's name is not looked at, as AWS's own readers don't.
 *
 * @throws AwsError `MalformedXML`
 */
export const readXml = (text: string, shape: Shape, wire: WireModel): unknown => {
  // No request of AWS's has a document type, and its entities are a well-known trap.
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformed();
  let root: Element | undefined;
  try {
    const document = parser.parse(text) as Element;
    root = Object.values(document).find((value) => Array.isArray(value))?.[0] as Element | undefined;
  } catch {
    throw malformed();
  }
  if (root === undefined) throw malformed();
  return readValue(root, shape, wire);
};

export const malformed = (): AwsError =>
  new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

const readValue = (element: Element, shape: Shape, wire: WireModel): unknown => {
  switch (shape.kind) {
    case 'structure':
      return Object.fromEntries(
        [...shape.members].flatMap(([name, inner]) => {
          const member = memberOnWire(wire, shape, name);
          const found = member.in === undefined ? childrenOf(element, member.name ?? name) : [];
          return found.length === 0 ? [] : [[name, memberValue(found, inner, wire, member)]];
        }),
      );
    case 'list':
      return itemsOf(element, shape, wire).map((item) => readValue(item, shape.value!, wire));
    case 'map':
      return mapOf(childrenOf(element, 'entry'), shape, wire);
    default:
      return scalarOf(textOf(element), shape);
  }
};

const memberValue = (
  found: readonly Element[],
  shape: Shape,
  wire: WireModel,
  { flat }: WireMember,
): unknown => {
  if (flat && shape.kind === 'list') return found.map((item) => readValue(item, shape.value!, wire));
  if (flat && shape.kind === 'map') return mapOf(found, shape, wire);
  return readValue(found[0]!, shape, wire);
};

const mapOf = (entries: readonly Element[], shape: Shape, wire: WireModel): unknown => {
  const { key = 'key', value = 'value' } = wire.shapes[shape.name] ?? {};
  return Object.fromEntries(
    entries.map((entry) => {
      const [name] = childrenOf(entry, key);
      const [inner] = childrenOf(entry, value);
      if (name === undefined || inner === undefined) throw malformed();
      return [textOf(name), readValue(inner, shape.value!, wire)];
    }),
  );
};

const itemsOf = (element: Element, shape: Shape, wire: WireModel): readonly Element[] =>
  childrenOf(element, wire.shapes[shape.name]?.item ?? 'member');

const childrenOf = (element: Element, name: string): readonly Element[] => {
  const found = Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(found) ? found : [];
};

const textOf = (element: Element): string => {
  const text = element['#text'];
  return typeof text === 'string' ? text : '';
};

const scalarOf = (text: string, shape: Shape): unknown => {
  try {
    return readScalar(text, shape);
  } catch {
    throw malformed();
  }
};
