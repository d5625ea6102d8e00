import type { Operation } from '../../service.ts';
import type { StepFunctions } from './stepfunctions.ts';
import { addTags, findTagged, type Tag } from './tags.ts';

export const tagResource =
  (states: StepFunctions): Operation =>
  ({ resourceArn, tags }: { readonly resourceArn: string; readonly tags: readonly Tag[] }) => {
    addTags(findTagged(states, resourceArn), tags);
    return {};
  };
