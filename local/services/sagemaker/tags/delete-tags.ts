import type { Operation } from '../../../service.ts';
import type { Tags } from './tags.ts';

export const deleteTags =
  (tags: Tags): Operation =>
  ({ ResourceArn, TagKeys }: { ResourceArn: string; TagKeys: readonly string[] }) => {
    tags.remove(ResourceArn, TagKeys);
    return {};
  };
