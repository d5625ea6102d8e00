import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { findTagged } from './tags.ts';

/** Keys that are not there are no fault. */
export const untagResource =
  (states: StepFunctions): Operation =>
  ({ resourceArn, tagKeys }: { readonly resourceArn: string; readonly tagKeys: readonly string[] }) => {
    const { tags } = findTagged(states, resourceArn);
    for (const key of tagKeys) tags.delete(key);
    return {};
  };
