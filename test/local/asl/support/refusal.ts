import type { AwsError } from '../../../../local/aws-error.ts';
import { SmallWorld } from './small-world.ts';

export const end = { End: true };
export const pass = { Type: 'Pass', ...end };
export const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', ...end };

/** What CreateStateMachine says to a definition, without its preface; `accepted` if nothing. */
export function refusal(definition: unknown, type?: string): string {
  try {
    new SmallWorld().call('CreateStateMachine', {
      name: 'm',
      roleArn: 'arn:aws:iam::123456789012:role/m',
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      type,
    });
    return 'accepted';
  } catch (error) {
    expect((error as AwsError).code).toBe('InvalidDefinition');
    return (error as AwsError).message.replace(/^Invalid State Machine Definition: '(.*)'$/s, '$1');
  }
}

export const machine = (States: Record<string, object>, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});
export const only = (state: object) => machine({ A: state });
export const task = (resource: string, Arguments?: unknown) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  ...(Arguments !== undefined && { Arguments }),
  ...end,
});
export const map = (more: object, ProcessorConfig?: object, inner: object = pass) => ({
  Type: 'Map',
  ItemProcessor: { ...(ProcessorConfig && { ProcessorConfig }), StartAt: 'I', States: { I: inner } },
  ...more,
  ...end,
});
export const STANDARD_CHILDREN = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
