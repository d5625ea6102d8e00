import { bareContracts } from '../../packaging/bare-schemas.ts';

/** What functions/shared/check.ts understands; a keyword beyond these would go unchecked in silence. */
const UNDERSTOOD = new Set(
  `$ref type enum const pattern minLength maxLength minimum maximum exclusiveMinimum items minItems maxItems
   uniqueItems properties required additionalProperties propertyNames minProperties maxProperties allOf anyOf
   default example optional nullable`.split(/\s+/),
);

/** Every keyword of a schema and of the schemas in it. */
function keywordsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => [
    keyword,
    ...schemasUnder(keyword, value).flatMap(keywordsIn),
  ]);
}

function schemasUnder(keyword: string, value: unknown): unknown[] {
  if (keyword === 'properties') return Object.values(value as object);
  if (keyword === 'allOf' || keyword === 'anyOf') return value as unknown[];
  return ['items', 'additionalProperties', 'propertyNames'].includes(keyword) ? [value] : [];
}

describe('the contract', () => {
  test.each([...bareContracts()])(
    '%s uses only keywords that the functions check',
    (_name, { root, definitions }) => {
      const keywords = [root, ...Object.values(definitions)].flatMap(keywordsIn);

      expect(keywords.filter((keyword) => !UNDERSTOOD.has(keyword))).toEqual([]);
    },
  );

  test.each([...bareContracts()])(
    '%s reaches only definitions that it brings along',
    (_name, { root, definitions }) => {
      const references = [...JSON.stringify([root, definitions]).matchAll(/"\$ref":"([^"]+)"/g)].map(
        ([, key]) => key!,
      );

      expect(references.filter((key) => definitions[key] == null)).toEqual([]);
    },
  );
});
