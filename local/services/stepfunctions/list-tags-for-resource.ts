import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { findTagged } from './tags.ts';

export const listTagsForResource =
  (states: StepFunctions): Operation =>
  ({ resourceArn }: { readonly resourceArn: string }) => ({
    tags: [...findTagged(states, resourceArn).tags].map(([key, value]) => ({ key, value })),
  });
