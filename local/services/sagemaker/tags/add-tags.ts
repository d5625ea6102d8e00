import type { Operation } from '../../../service.ts';
import type { Tag, Tags } from './tags.ts';

/** Answers with all tags of the resource. An ARN of something that is not there is accepted. */
export const addTags =
  (tags: Tags): Operation =>
  ({ ResourceArn, Tags: added }: { ResourceArn: string; Tags: readonly Tag[] }) => {
    tags.add(ResourceArn, added);
    return { Tags: tags.list(ResourceArn) };
  };
