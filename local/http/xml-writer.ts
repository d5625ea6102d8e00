import { types } from 'node:util';
import type { Shape } from '../models/model.ts';
import { memberOnWire, type WireMember, type WireModel } from '../models/wire.ts';
import { type TimeFormat, writeScalar } from './scalars.ts';

/** The elements of a structure's members, without one around them. Members that stand elsewhere are left out. */
export const membersXml = (value: object, shape: Shape, wire: WireModel): string =>
  Object.entries(value)
    .map(([name, inner]) => {
      const memberShape = shape.members.get(name);
      const member = memberOnWire(wire, shape, name);
      if (memberShape === undefined || member.in !== undefined) return '';
      return elementXml(member.name ?? name, inner, memberShape, wire, member);
    })
    .join('');

/** One element, or several for a flat list; none for what is not there. */
export const elementXml = (
  name: string,
  value: unknown,
  shape: Shape,
  wire: WireModel,
  member: WireMember = {},
): string => {
  if (value === undefined || value === null) return '';
  const onWire = wire.shapes[shape.name] ?? {};
  if (shape.kind === 'list' && Array.isArray(value)) {
    const itemName = member.flat ? name : (onWire.item ?? 'member');
    const items = value.map((item) => elementXml(itemName, item, shape.value!, wire)).join('');
    return member.flat ? items : tag(name, items);
  }
  if (isPlainObject(value)) {
    if (shape.kind === 'structure') return tag(name, membersXml(value, shape, wire));
    if (shape.kind === 'map') {
      const entries = Object.entries(value).map(
        ([key, inner]) =>
          tag(onWire.key ?? 'key', escapeXml(key)) +
          elementXml(onWire.value ?? 'value', inner, shape.value!, wire),
      );
      return member.flat
        ? entries.map((entry) => tag(name, entry)).join('')
        : tag(name, entries.map((entry) => tag('entry', entry)).join(''));
    }
  }
  return tag(name, escapeXml(writeScalar(value, (member.format as TimeFormat | undefined) ?? 'iso8601')));
};

export const tag = (name: string, content: string, namespace?: string): string =>
  `<${name}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>${content}</${name}>`;

/** Characters that XML has no place for become numbers, as S3 writes them. */
export const escapeXml = (text: string): string =>
  text.replace(special, (character) => named[character] ?? `&#${character.charCodeAt(0)};`);

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in XML.
const special = /[&<>"\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g;

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !types.isDate(value) && !types.isUint8Array(value);
