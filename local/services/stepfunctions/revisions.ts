import { AwsError } from '../../aws-error.ts';
import type { StateMachine, Version } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Versions of one machine (quota). */
const MOST_VERSIONS = 1_000;

/** What a revision with no id of its own is called (developer guide, "Versions"). */
export const INITIAL = 'INITIAL';

/**
 * The version of a machine's present revision: the one there is, or a new one.
 *
 * @throws AwsError `ServiceQuotaExceededException`
 */
export function publish(states: StepFunctions, machine: StateMachine, description?: string): Version {
  const { revision, versions } = machine;
  for (const version of versions.values()) if (version.revision === revision) return version;
  if (versions.size >= MOST_VERSIONS) {
    throw new AwsError(
      'ServiceQuotaExceededException',
      `The state machine has reached the quota of ${MOST_VERSIONS} versions.`,
      402,
    );
  }
  machine.lastVersion += 1;
  const version = {
    arn: `${machine.arn}:${machine.lastVersion}`,
    revision,
    creationMs: states.world.clock.now(),
    ...(description !== undefined && { description }),
  };
  versions.set(machine.lastVersion, version);
  return version;
}
