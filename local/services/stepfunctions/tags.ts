import { AwsError } from '../../aws-error.ts';
import { checkArn } from './arns.ts';
import type { StateMachine } from './state-machine.ts';
import type { StepFunctions } from './stepfunctions.ts';

/** Tags of one resource (quota). */
const MOST_TAGS = 50;

export interface Tag {
  readonly key?: string;
  readonly value?: string;
}

/** @throws AwsError `TooManyTags` */
export function addTags(machine: StateMachine, tags: readonly Tag[]): void {
  const all = new Map(machine.tags);
  for (const { key = '', value = '' } of tags) all.set(key, value);
  if (all.size > MOST_TAGS) throw new AwsError('TooManyTags', `Too many tags: '${machine.arn}'`);
  for (const [key, value] of all) machine.tags.set(key, value);
}

/** Only machines themselves have tags here, not their versions. @throws AwsError `ResourceNotFound` */
export function findTagged({ machines }: StepFunctions, resourceArn: string): StateMachine {
  checkArn(resourceArn, 'stateMachine');
  const machine = machines.get(resourceArn);
  if (machine !== undefined) return machine;
  throw new AwsError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
}
