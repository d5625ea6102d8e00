import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeptUsage, type Tally, USAGE_FOLDER, type Usage } from '../../local/door-usage.ts';
import { outputOf } from '../output-of.ts';
import { projectRoot } from '../root.ts';

/** What the doors of all worlds saw while the stories played. */
export interface Rehearsal {
  readonly worlds: number;
  readonly tally: Tally;
  readonly usage: readonly Usage[];
  /** What the stories' run said when one of them failed. */
  readonly failure: string | undefined;
}

/** Plays every story of test/stories. */
export async function rehearse(): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-usage-'));
  try {
    const failure = await playStories(folder);
    const kept = readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as KeptUsage,
    );
    return {
      worlds: kept.length,
      tally: {
        calls: sum(kept, ({ tally }) => tally.calls),
        valid: sum(kept, ({ tally }) => tally.valid),
        allowed: sum(kept, ({ tally }) => tally.allowed),
      },
      usage: merged(kept.flatMap(({ usage }) => usage)),
      failure,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playStories(folder: string): Promise<string | undefined> {
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { isSuccess, output } = await outputOf([...options, jest, '--colors=false', 'test/stories'], {
    [USAGE_FOLDER]: folder,
  });
  return isSuccess ? undefined : output;
}

const sum = (kept: readonly KeptUsage[], of: (one: KeptUsage) => number): number =>
  kept.reduce((total, one) => total + of(one), 0);

/** Worlds of one stack give the same names, so their uses add up. */
function merged(usage: readonly Usage[]): Usage[] {
  const byKey = new Map<string, Usage>();
  for (const one of usage) {
    const key = `${one.roleArn} ${one.action} ${one.resource}`;
    const known = byKey.get(key);
    byKey.set(key, {
      ...one,
      count: one.count + (known?.count ?? 0),
      refused: one.refused + (known?.refused ?? 0),
    });
  }
  return [...byKey.values()];
}
