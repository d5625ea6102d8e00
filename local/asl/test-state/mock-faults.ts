import { modelOf, type Shape } from '../../models/model.ts';
import type { Resource } from '../integrations/resource.ts';
import { isObject, type Json } from '../validate/shape.ts';
import { jsonOf } from './json.ts';
import type { Mock } from './request.ts';
import { shapeFaults } from './shape-faults.ts';

/**
 * What is wrong with a mocked result for this state, in AWS's words (recorded).
 *
 * @param resource of a Task whose integration this world knows
 * @throws AwsError `ValidationException` for a result that is no JSON
 */
export function mockFaults(
  { result, fieldValidationMode = 'STRICT' }: Mock,
  state: Json,
  resource: Resource | undefined,
): readonly string[] {
  if (result === undefined) return [];
  const { value } = jsonOf(result, 'Mocked result must be valid JSON');
  switch (state.Type) {
    case 'Map':
      return mapFaults(value, state);
    case 'Parallel':
      return parallelFaults(value, state);
    default: {
      const shape = resource && resultShape(resource);
      if (shape === undefined || fieldValidationMode === 'NONE') return [];
      if (!isObject(value)) return [NO_OBJECT];
      return shapeFaults(value, shape, fieldValidationMode === 'STRICT').map(
        (fault) => `Mock result schema validation error: ${fault}`,
      );
    }
  }
}

const NO_OBJECT = 'Mocked result must be a JSON object.';

/** A Map that writes its results away gives the place, another one the results. */
function mapFaults(value: unknown, { ResultWriter }: Json): readonly string[] {
  const writesAway = isObject(ResultWriter) && ResultWriter.Resource !== undefined;
  if (writesAway) return isObject(value) ? [] : [NO_OBJECT];
  return Array.isArray(value) ? [] : ['Mocked result must be an array.'];
}

function parallelFaults(value: unknown, { Branches }: Json): readonly string[] {
  if (!Array.isArray(value)) return ['Mocked result must be an array.'];
  if (value.length === (Branches as unknown[]).length) return [];
  return ['Mocked result must contain the same number of items as number of Parallel branches.'];
}

/** What tells of the ended job, for those who wait for it. */
const DESCRIBE: Readonly<Record<string, string>> = {
  CreateTrainingJob: 'DescribeTrainingJob',
  CreateProcessingJob: 'DescribeProcessingJob',
  CreateTransformJob: 'DescribeTransformJob',
  CreateHyperParameterTuningJob: 'DescribeHyperParameterTuningJob',
  CreateLabelingJob: 'DescribeLabelingJob',
  StartExecution: 'DescribeExecution',
};

/** The API's own output; of `.sync` the description, and of a callback whatever it brings. */
function resultShape({ service, operation, pattern }: Resource): Shape | undefined {
  if (pattern === 'token') return undefined;
  const described = pattern === 'request' ? operation : DESCRIBE[operation];
  const output = described === undefined ? undefined : modelOf(service).operation(described)?.output;
  // `.sync:2` gives the execution's input and output as JSON, not as texts.
  return pattern === 'sync:2' && output ? without(output, ['input', 'output']) : output;
}

const without = (shape: Shape, names: readonly string[]): Shape => ({
  ...shape,
  members: new Map([...shape.members].filter(([name]) => !names.includes(name))),
});
