import type { Operation } from '../../../service.ts';
import type { Tags } from './tags.ts';

export const listTags =
  (tags: Tags): Operation =>
  ({ ResourceArn }: { ResourceArn: string }) => ({ Tags: tags.list(ResourceArn) });
