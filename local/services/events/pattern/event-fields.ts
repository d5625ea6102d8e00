import type { Leaf } from './conditions.ts';

/**
 * The elements of arrays in which a leaf stands: pairs of the array's number in
 * the event and the element's index in it. Two leaves may meet in one match
 * only if no array has them in different elements.
 */
export type Membership = readonly (readonly [array: number, index: number])[];

export interface Field {
  readonly value: Leaf;
  readonly membership: Membership;
}

/** An event's leaves under their names joined by dots, as EventBridge sees them. */
export type EventFields = ReadonlyMap<string, readonly Field[]>;

const NOWHERE: Membership = [];

const known = new WeakMap<object, EventFields>();

/** Takes an event apart once, however many rules ask. The event must not change afterwards. */
export const eventFields = (event: object): EventFields => {
  let fields = known.get(event);
  if (fields === undefined) {
    fields = takeApart(event);
    known.set(event, fields);
  }
  return fields;
};

const takeApart = (event: object): EventFields => {
  const fields = new Map<string, Field[]>();
  let arrays = 0;

  const add = (path: string, value: unknown, membership: Membership): void => {
    if (Array.isArray(value)) {
      const array = arrays++;
      value.forEach((element, index) => {
        // Leaves of one array are alternatives, so they don't bind a match to their element.
        const isLeaf = typeof element !== 'object' || element === null;
        add(path, element, isLeaf ? membership : [...membership, [array, index]]);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const name in value) {
        const inner = (value as Record<string, unknown>)[name];
        add(path === '' ? name : `${path}.${name}`, inner, membership);
      }
    } else if (value !== undefined) {
      const field = { value: value as Leaf, membership };
      const others = fields.get(path);
      if (others === undefined) fields.set(path, [field]);
      else others.push(field);
    }
  };

  add('', event, NOWHERE);
  return fields;
};

/** The two joined, or undefined where they contradict each other. */
export const joined = (one: Membership, other: Membership): Membership | undefined => {
  if (other.length === 0) return one;
  if (one.length === 0) return other;
  let all: Membership = one;
  for (const pair of other) {
    const same = one.find(([array]) => array === pair[0]);
    if (same === undefined) all = [...all, pair];
    else if (same[1] !== pair[1]) return undefined;
  }
  return all;
};
