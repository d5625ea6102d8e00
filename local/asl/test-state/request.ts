import { AwsError, validationError } from '../../aws-error.ts';
import { mockFaults } from './mock-faults.ts';
import type { StateUnderTest } from './state-under-test.ts';

/** TestState's input, as AWS's model has it. */
export interface TestStateInput {
  readonly definition: string;
  readonly stateName?: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly variables?: string;
  readonly context?: string;
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  readonly revealSecrets?: boolean;
  readonly mock?: Mock;
  readonly stateConfiguration?: StateConfiguration;
}

export interface Mock {
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
}

export interface StateConfiguration {
  readonly retrierRetryCount?: number;
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  readonly mapItemReaderData?: string;
}

/** States whose work a mock can stand in for. */
const MOCKABLE = ['Task', 'Map', 'Parallel'];

/**
 * What AWS refuses before a state is tested, in its words (recorded).
 *
 * @throws AwsError `ValidationException`, or `InvalidDefinition` for states that take a mock to be tested
 */
export function checkRequest(request: TestStateInput, { definition, resource }: StateUnderTest): void {
  const { mock, revealSecrets, roleArn, stateConfiguration } = request;
  const type = String(definition.Type);
  if (mock === undefined) {
    if (stateConfiguration?.mapIterationFailureCount !== undefined) {
      throw validationError(
        'TestState does not support MapIterationFailureCount when a mock is not specified.',
      );
    }
    if (type === 'Map' || type === 'Parallel') throw needsMock(MAP_OR_PARALLEL);
    if (type === 'Task' && roleArn === undefined)
      throw validationError('RoleArn must be specified when testing a Task state');
    if (resource !== undefined && resource.pattern !== 'request') throw needsMock(WAITING);
    return;
  }
  if (!MOCKABLE.includes(type))
    throw validationError(`State type '${type}' is not supported when a mock is specified`);
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    throw validationError('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (revealSecrets === true)
    throw validationError('TestState does not support RevealSecrets when a mock is specified.');
  for (const fault of mockFaults(mock, definition, resource)) throw validationError(fault);
}

const MAP_OR_PARALLEL =
  'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]';
/** Nobody has recorded this one's words. */
const WAITING =
  "TestState API does not support '.sync' or '.waitForTaskToken' service integrations without a mock.";

const needsMock = (message: string): AwsError => new AwsError('InvalidDefinition', message);
