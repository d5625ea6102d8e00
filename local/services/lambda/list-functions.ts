import type { Operation } from '../../service.ts';
import { configurationOf } from './function-configuration.ts';
import type { Lambda } from './lambda.ts';

const PAGE = 50;

interface Input {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** In the order of their making; a marker says how many were told before. */
export const listFunctions =
  (lambda: Lambda): Operation =>
  ({ Marker = '0', MaxItems = PAGE }: Input) => {
    const from = Number(Marker) || 0;
    const to = from + Math.min(MaxItems, PAGE);
    const all = [...lambda.functions.values()];
    return {
      Functions: all.slice(from, to).map(configurationOf),
      ...(to < all.length && { NextMarker: String(to) }),
    };
  };
