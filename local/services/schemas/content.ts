import { faultInDraft4 } from './draft-4.ts';
import { badRequest, type SchemaType } from './registry.ts';

type Json = Readonly<Record<string, unknown>>;

/** The registry takes what fits the type it is said to be. The words are ours. @throws AwsError BadRequestException */
export function checkContent(type: SchemaType, content: string): void {
  const document = parsed(content);
  const fault = type === 'OpenApi3' ? faultInOpenApi(document) : faultInDraft4(document);
  if (fault !== undefined) throw badRequest(`The content is no ${type} schema: ${fault}`);
}

function parsed(content: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw badRequest('The content is no JSON.');
  }
  if (!isObject(value)) throw badRequest('The content is no JSON object.');
  return value;
}

/** Source: OpenAPI Specification 3.0.0, "OpenAPI Object": what is required, and schemas that are schemas. */
function faultInOpenApi({ openapi, info, paths, components }: Json): string | undefined {
  if (typeof openapi !== 'string' || !/^3\.0\.\d+$/.test(openapi)) return 'openapi has to be 3.0.x.';
  if (!isObject(info)) return 'info is missing.';
  if (typeof info.title !== 'string' || typeof info.version !== 'string')
    return 'info has to have a title and a version.';
  if (!isObject(paths)) return 'paths is missing; it may be empty.';
  const schemas = isObject(components) ? components.schemas : undefined;
  for (const [name, schema] of Object.entries(isObject(schemas) ? schemas : {})) {
    const fault = faultInDraft4(schema, `components.schemas.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
