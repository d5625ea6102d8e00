import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../packaging/root.ts';

const folder = join(projectRoot, 'events');

/** Paths below events/, without `.json`. */
export const samples = (): string[] =>
  globSync('**/*.json', { cwd: folder })
    .map((file) => file.replace('.json', ''))
    .sort();

/** The text of events/<path>.json. */
export const sample = (path: string): string => readFileSync(join(folder, `${path}.json`), 'utf8');

export interface SampleEvent {
  id: string;
  time: string;
  detail: Record<string, unknown>;
  [field: string]: unknown;
}

/** A sample with something about it changed. */
export function changed(path: string, change: (event: SampleEvent) => void): string {
  const event = JSON.parse(sample(path)) as SampleEvent;
  change(event);
  return JSON.stringify(event);
}

/** Puts another value at a place in the detail; undefined takes it out. */
export const detail =
  (value: unknown, ...path: readonly string[]) =>
  (event: SampleEvent): void => {
    const last = path.at(-1)!;
    const parent = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((node, step) => node[step] as Record<string, unknown>, event.detail);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
