import type { ListedObject } from '#shared/generated/contracts.ts';
import type { Marker, Page, Store } from './store.ts';

/** A console's folder is an empty object; SageMaker downloads none either. */
const isFile = ({ key, size }: ListedObject): boolean => !(key.endsWith('/') && size === 0);

/** Everything under a prefix, in ascending order of key. */
export async function* objectsUnder(
  store: Store,
  bucket: string,
  prefix: string,
): AsyncGenerator<ListedObject> {
  let after: Marker | undefined;
  do {
    const page: Page = await store.list(bucket, prefix, after);
    yield* page.objects.filter(isFile);
    after = page.next;
  } while (after !== undefined);
}

/** One object, or none, under exactly this key. */
export async function* objectAt(store: Store, bucket: string, key: string): AsyncGenerator<ListedObject> {
  const { objects } = await store.list(bucket, key, undefined, 1);
  if (objects[0]?.key === key) yield objects[0];
}
