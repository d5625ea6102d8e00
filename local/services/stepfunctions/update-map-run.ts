import type { MapRunSettings } from '../../asl/distributed/settings.ts';
import { validationError } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';

interface Input extends Partial<MapRunSettings> {
  readonly mapRunArn: string;
}

/** Changes how many children a running map run has at once, and how many of its items may fail. */
export const updateMapRun =
  (states: StepFunctions): Operation =>
  ({ mapRunArn, ...settings }: Input) => {
    const mapRun = states.findMapRun(mapRunArn);
    if (mapRun.status !== 'RUNNING')
      throw validationError(`Map Run is ${mapRun.status} and cannot be updated`);
    mapRun.update(settings);
    return {};
  };
