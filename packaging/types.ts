import { compile } from 'json-schema-to-typescript';
import { readContracts, schemaFolder } from './contracts.ts';

/** TypeScript interfaces of all contracts; each part that has a title is declared once under it. */
export async function contractTypes(): Promise<string> {
  const contracts = readContracts().filter(({ name }) => name !== 'common');
  const everything = {
    title: 'Contracts',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(contracts.map(({ name }) => [name, { $ref: `${name}.schema.json` }])),
    required: contracts.map(({ name }) => name),
  };
  return compile(everything as never, 'Contracts', {
    cwd: `${schemaFolder}/`,
    bannerComment: '// Made from schemas/*.schema.json by packaging/generate.ts.',
    additionalProperties: true,
    unknownAny: true,
    format: false,
    ignoreMinAndMaxItems: true,
  });
}
