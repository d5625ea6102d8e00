import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorld, type WorldOptions } from '../../../local/open-world.ts';
import type { ExecutionView } from '../../../local/services/stepfunctions/stepfunctions.ts';
import type { World } from '../../../local/world.ts';
import { packageFolder } from '../../../packaging/package.ts';
import { play, usual } from '../../stories/support/behaviour.ts';
import { altered, type Draft } from './altered.ts';

export type Plant = (draft: Draft) => void;

/**
 * Opens the package with one fault planted in its template.
 *
 * @throws Error as AWS would refuse the stack
 */
export async function openDamaged(plant: Plant, options: WorldOptions = {}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'damaged-stack-'));
  try {
    cpSync(packageFolder, directory, { recursive: true });
    const file = join(directory, 'cloudformation-template-update-stack.json');
    writeFileSync(file, JSON.stringify(altered(plant)));
    return await openWorld({ packageDirectory: directory, ...options });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a person sees who deploys the damaged stack and uploads data. */
export interface Aftermath {
  readonly world: World;
  /** Every execution that came of it; none if nothing was started. */
  readonly executions: readonly ExecutionView[];
  /** Each failed task, as its history tells it: `<error>: <cause>`. */
  readonly failures: readonly string[];
}

/** Uploads data to a damaged stack and lets a day pass. The caller closes the world. */
export async function uploadToDamaged(plant: Plant): Promise<Aftermath> {
  const world = await openDamaged(plant, {
    scenario: {
      job: (job) => play(job, usual),
      // What the registry holds was pushed before the stack watched it.
      events: [{ pattern: { source: ['aws.ecr'] }, kind: 'drop' }],
    },
  });
  world.ecr.createRepository('flight-delay');
  world.ecr.push({ repository: 'flight-delay', tag: 'stable', content: 'one' });
  world.s3.put(world.outputs.DataBucketName!, 'flight-delay/incoming/2001-01.json', '[]');
  await world.clock.advance(24 * 3600 * 1000);
  // The hourly sweep, and what it finds to settle, come of the clock.
  const executions = world.stepfunctions
    .executions()
    .filter(({ machineName }) => !machineName.endsWith('-settle'));
  const failures = executions.flatMap(({ history }) => history.flatMap(failureOf));
  return { world, executions, failures };
}

const failureOf = (event: ExecutionView['history'][number]): string[] => {
  const details =
    event.taskFailedEventDetails ?? event.taskSubmitFailedEventDetails ?? event.executionFailedEventDetails;
  const { error, cause } = (details ?? {}) as { error?: string; cause?: string };
  return error === undefined ? [] : [`${error}: ${cause}`];
};
