import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remembered } from './remembered.ts';
import type { World } from './world.ts';

/** Names a folder in which every world leaves what its door saw, for `npm run check`. */
export const USAGE_FOLDER = 'SIGNALBOX_DOOR_USAGE';

/** What one world's door saw, as it lies in that folder. */
export interface KeptUsage {
  readonly tally: Tally;
  readonly usage: readonly Usage[];
}

/** Does nothing unless the environment names a folder. */
export const keepUsage = ({ door }: World): void => {
  const folder = process.env[USAGE_FOLDER];
  if (folder === undefined) return;
  const kept: KeptUsage = { tally: door.tally(), usage: door.usage() };
  // Worlds of many processes meet here; the name tells nothing, so it may be chance of the machine's own.
  writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(kept));
};

/** How often a role was allowed an action on a resource, and how often it was refused. */
export interface Usage {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly count: number;
  readonly refused: number;
}

/** What the door did with the calls of roles and services; the person at the keyboard is not counted. */
export interface Tally {
  calls: number;
  /** Found valid by AWS's own model. */
  valid: number;
  /** Allowed by the caller's role. */
  allowed: number;
}

interface Entry {
  count: number;
  refused: number;
}

/** Counts per role, action and resource. */
export class DoorUsage {
  readonly tally: Tally = { calls: 0, valid: 0, allowed: 0 };
  readonly #byRole = new Map<string, Map<string, Map<string, Entry>>>();

  add(roleArn: string, action: string, resource: string, allowed: boolean): void {
    const byAction = remembered(this.#byRole, roleArn, newMap<Map<string, Entry>>);
    const byResource = remembered(byAction, action, newMap<Entry>);
    const entry = remembered(byResource, resource, newEntry);
    if (allowed) entry.count += 1;
    else entry.refused += 1;
  }

  list(): Usage[] {
    return [...this.#byRole]
      .flatMap(([roleArn, actions]) =>
        [...actions].flatMap(([action, resources]) =>
          [...resources].map(([resource, entry]) => ({ roleArn, action, resource, ...entry })),
        ),
      )
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
}

const newMap = <Value>(): Map<string, Value> => new Map();
const newEntry = (): Entry => ({ count: 0, refused: 0 });

const keyOf = ({ roleArn, action, resource }: Usage): string => `${roleArn} ${action} ${resource}`;
