import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ObjectMap } from '../../../local/services/s3/object-map.ts';

const key = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '\uFF21', '𝄞'), maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 2 }),
);
const step = fc.record({
  keys: fc.array(key, { maxLength: 50 }),
  does: fc.constantFrom<('set' | 'delete' | 'list')[]>('set', 'delete', 'list'),
});

const inBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

test('keys are listed by their UTF-8 bytes, whatever came and went between two listings', () => {
  fc.assert(
    fc.property(fc.array(step), key, (steps, prefix) => {
      const map = new ObjectMap();
      const expected = new Set<string>();
      for (const { does, keys } of steps) {
        for (const one of keys) {
          if (does === 'set') {
            map.set(one, []);
            expected.add(one);
          } else if (does === 'delete') {
            map.delete(one);
            expected.delete(one);
          } else {
            map.under(one);
          }
        }
      }
      const listed = map.under(prefix).map((entry) => entry.key);
      expect(listed).toEqual([...expected].filter((one) => one.startsWith(prefix)).sort(inBytes));
      expect(map.size).toBe(expected.size);
    }),
  );
});
