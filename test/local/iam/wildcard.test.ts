import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wildcard } from '../../../local/iam/wildcard.ts';

test('a star stands for any characters, a question mark for one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (asked, given) => {
      const expression = asked.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(wildcard(asked)(given)).toBe(new RegExp(`^${expression}$`, 's').test(given));
    }),
    { numRuns: 500 },
  );
});
