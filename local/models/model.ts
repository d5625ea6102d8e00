import { readFileSync } from 'node:fs';
import type { ServiceName } from '../service.ts';
import { fullMatch } from './pattern.ts';

/** What one of AWS's shapes demands. Lengths count characters, list items or map entries by kind. */
export interface Shape {
  /** AWS's name of it, under which `wire.ts` tells how it stands on the wire. */
  readonly name: string;
  readonly kind:
    | 'structure'
    | 'map'
    | 'list'
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'blob'
    | 'timestamp';
  /** Of a structure: its members by their own names. */
  readonly members: ReadonlyMap<string, Shape>;
  readonly required: readonly string[];
  /** Of a list or a map. */
  readonly value?: Shape;
  readonly key?: Shape;
  readonly values?: ReadonlySet<string>;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly matches?: (text: string) => boolean;
  /** Its values must not stand in errors or logs. */
  readonly isSensitive?: boolean;
}

export interface OperationModel {
  readonly input: Shape;
  readonly output?: Shape;
}

export interface Model {
  readonly service: ServiceName;
  /** What stands before the operation in `X-Amz-Target`, for the JSON protocols. */
  readonly targetPrefix: string | null;
  readonly operationNames: readonly string[];
  operation(name: string): OperationModel | undefined;
}

export const serviceNames: readonly ServiceName[] = [
  'application-autoscaling',
  'cloudwatch',
  'codebuild',
  'codecommit',
  'codepipeline',
  'dynamodb',
  'ecr',
  'events',
  'lambda',
  's3',
  'sagemaker',
  'sagemaker-runtime',
  'scheduler',
  'schemas',
  'sns',
  'sqs',
  'stepfunctions',
];

/** Patterns that JavaScript cannot read; values are not checked against them. `<service> <shape> <pattern>`. */
export const unreadablePatterns: string[] = [];

const models = new Map<ServiceName, Model>();

/** AWS's model of a service, read once per process. */
export const modelOf = (service: ServiceName): Model => {
  const known = models.get(service);
  if (known !== undefined) return known;
  const model = readModel(service);
  models.set(service, model);
  return model;
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly sensitive?: boolean;
  readonly [limit: `m${string}`]: number | undefined;
}

interface ModelFile {
  readonly targetPrefix: string | null;
  readonly operations: Readonly<Record<string, { readonly input: Schema; readonly output?: Schema }>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

const readModel = (service: ServiceName): Model => {
  const file = JSON.parse(readFileSync(new URL(`./${service}.json`, import.meta.url), 'utf8')) as ModelFile;
  const shapes = new Shapes(service, file.$defs);
  const operations = new Map<string, OperationModel>();
  return {
    service,
    targetPrefix: file.targetPrefix,
    operationNames: Object.keys(file.operations),
    operation(name) {
      const known = operations.get(name);
      if (known !== undefined) return known;
      const schema = Object.hasOwn(file.operations, name) ? file.operations[name] : undefined;
      if (schema === undefined) return undefined;
      const model = {
        input: shapes.of(schema.input),
        ...(schema.output && { output: shapes.of(schema.output) }),
      };
      operations.set(name, model);
      return model;
    },
  };
};

/** Turns schemas into shapes, each when a shape that holds it is asked for. A shape may hold itself. */
class Shapes {
  readonly #service: string;
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #shapes = new Map<string, Shape>();

  constructor(service: string, schemas: Readonly<Record<string, Schema>>) {
    this.#service = service;
    this.#schemas = schemas;
  }

  of(schema: Schema): Shape {
    if (schema.$ref === undefined) return this.#fill({}, schema, 'inline');
    const name = schema.$ref.slice('#/$defs/'.length);
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const shape = {} as Shape;
    this.#shapes.set(name, shape);
    return this.#fill(shape, this.#schemas[name]!, name);
  }

  #fill(shape: object, schema: Schema, name: string): Shape {
    const kind = kindOf(schema);
    const inner =
      typeof schema.additionalProperties === 'object' ? schema.additionalProperties : schema.items;
    const unit = { structure: '', map: 'Properties', list: 'Items', string: 'Length', blob: 'Length' }[
      kind as string
    ];
    const members = new Map(
      Object.entries(schema.properties ?? {}).map(([member, value]) => [member, this.of(value)]),
    );
    return Object.assign(shape, {
      name,
      kind,
      members,
      required: schema.required ?? [],
      value: inner && this.of(inner),
      key: schema.propertyNames && this.of(schema.propertyNames),
      values: schema.enum && new Set(schema.enum),
      min: unit === undefined ? schema.minimum : schema[`min${unit}`],
      max: unit === undefined ? schema.maximum : schema[`max${unit}`],
      pattern: schema.pattern,
      isSensitive: schema.sensitive,
      matches: schema.pattern === undefined ? undefined : this.#matcher(schema.pattern, name),
    }) as Shape;
  }

  #matcher(pattern: string, name: string): ((text: string) => boolean) | undefined {
    const matches = fullMatch(pattern);
    if (matches === undefined) unreadablePatterns.push(`${this.#service} ${name} ${pattern}`);
    return matches;
  }
}

const kindOf = (schema: Schema): Shape['kind'] => {
  if (schema.format === 'blob' || schema.format === 'timestamp') return schema.format;
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return typeof schema.additionalProperties === 'object' ? 'map' : 'structure';
  return schema.type as Shape['kind'];
};
