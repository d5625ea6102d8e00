import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallCase, Json } from './case.ts';

const folder = join(import.meta.dirname, 'assumed');

/** What the local world answers to a case. A test holds the world to it; AWS's answer is set beside it. */
export const assumedAnswer = (one: Pick<CallCase, 'id' | 'service'>): Json | undefined =>
  readAssumed(one.service)[one.id];

/** Writes down what the local world answers now, for somebody to read before it is believed. */
export const writeAssumed = (one: Pick<CallCase, 'id' | 'service'>, answered: Json): void => {
  const all = { ...readAssumed(one.service), [one.id]: answered };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(one.service), `${JSON.stringify(sorted, null, 2)}\n`);
};

/** The ids that have an assumed answer. */
export const assumedIds = (service: string): string[] => Object.keys(readAssumed(service));

const readAssumed = (service: string): Record<string, Json> =>
  existsSync(fileOf(service)) ? JSON.parse(readFileSync(fileOf(service), 'utf8')) : {};

const fileOf = (service: string): string => join(folder, `${service}.json`);
