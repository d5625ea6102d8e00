import type { Operation } from '../../../service.ts';
import { addTags } from './add-tags.ts';
import { deleteTags } from './delete-tags.ts';
import { listTags } from './list-tags.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The tags of every SageMaker resource, by its ARN. */
export class Tags {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #byArn = new Map<string, Map<string, string>>();

  constructor() {
    this.operations = { AddTags: addTags(this), DeleteTags: deleteTags(this), ListTags: listTags(this) };
  }

  /** A key that is there gets the new value. */
  add(arn: string, tags: readonly Tag[]): void {
    const all = this.#byArn.get(arn) ?? new Map<string, string>();
    for (const { Key, Value } of tags) all.set(Key, Value);
    this.#byArn.set(arn, all);
  }

  /** A key that is not there is no error. */
  remove(arn: string, keys: readonly string[]): void {
    for (const key of keys) this.#byArn.get(arn)?.delete(key);
  }

  of(arn: string): Record<string, string> {
    return Object.fromEntries(this.#byArn.get(arn) ?? []);
  }

  list(arn: string): Tag[] {
    return Object.entries(this.of(arn)).map(([Key, Value]) => ({ Key, Value }));
  }
}
