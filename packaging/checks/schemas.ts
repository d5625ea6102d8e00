import { Ajv } from 'ajv';
import { type Contract, readContracts } from '../contracts.ts';

/** A contract is documentation too: every field says what it is, and what we own is closed. */
export function schemaFindings(contracts: readonly Contract[] = readContracts()): string[] {
  const ajv = new Ajv({
    schemas: contracts.map(({ schema }) => schema),
    strict: true,
    allowUnionTypes: true,
  });
  return contracts.flatMap(({ name, schema }) => {
    const findings: string[] = [];
    if (!schema.title || !schema.description) findings.push('has no title or description');
    if (!schema.$id.endsWith(`/1/${name}.schema.json`))
      findings.push(`has the $id ${schema.$id}; it carries the version and ends with the file's name`);
    try {
      ajv.getSchema(schema.$id);
    } catch (error) {
      findings.push((error as Error).message);
    }
    if (name === 'pipeline' || name === 'release-request') findings.push(...undocumented(schema, '$'));
    return findings.map((text) => `schemas/${name}.schema.json: ${text}`);
  });
}

/** Fields that people write: each with a description, and with an example unless it has parts or refers elsewhere. */
function undocumented(node: Record<string, unknown>, path: string): string[] {
  const properties = (node.properties ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(properties).flatMap(([key, field]) => {
    const here = `${path}.${key}`;
    if (field.$ref || field.allOf) return [];
    const findings = field.description ? [] : [`${here} has no description`];
    if (!field.properties && !field.examples) findings.push(`${here} has no example`);
    if (field.properties && field.additionalProperties !== false)
      findings.push(`${here} is open; what we own is closed`);
    return [
      ...findings,
      ...undocumented(field, here),
      ...undocumented((field.items ?? {}) as Record<string, unknown>, `${here}[]`),
    ];
  });
}
