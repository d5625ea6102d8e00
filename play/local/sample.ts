import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../local/world.ts';
import { projectRoot } from '../../packaging/root.ts';
import {
  firstFlights,
  moreFlights,
  spoiledFlights,
} from '../../workloads/flight-delay/sample/sample-data.ts';
import { pushFirstImage, upload } from '../acts.ts';
import type { LocalOptions } from './options.ts';

const workload = join(projectRoot, 'workloads/flight-delay');

/** What the sample pipeline works on: its image and its first flights are there, as if they had always been. */
export const putSample = (world: World, { scenario }: LocalOptions): void => {
  pushFirstImage(world);
  if (scenario === 'faulty-image') {
    const overlay = join(workload, 'overlays/faulty-serving');
    world.ecr.push({ repository: 'flight-delay', tag: 'stable', directory: workload, overlay });
  }
  upload(world, '2001-01-02.json', firstFlights());
};

/** Files that a person may upload: good flights, and a correction that spoils the model. */
export const writeSampleFiles = (world: World): { readonly march: string; readonly correction: string } => {
  const directory = join(world.directory, 'samples');
  mkdirSync(directory, { recursive: true });
  const write = (name: string, flights: readonly object[]): string => {
    const file = join(directory, name);
    writeFileSync(file, JSON.stringify(flights));
    return file;
  };
  return {
    march: write('2001-03.json', moreFlights()),
    correction: write('2001-04-correction.json', spoiledFlights()),
  };
};
