interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What `memory` holds under `key`; made and kept there the first time. */
export const remembered = <K, V>(memory: Memory<K, V>, key: K, make: () => V): V => {
  let value = memory.get(key);
  if (value === undefined) {
    value = make();
    memory.set(key, value);
  }
  return value;
};
