import { type ServiceModel, type ShapeReference, type ShapeSource, shapesOf } from './service-model.ts';

/** The JSON Schemas of some operations of a service. @throws Error naming an operation that AWS does not have */
export const schemasOf = (service: string, model: ServiceModel, names: readonly string[]): object => ({
  ...metadataOf(model),
  service,
  operations: Object.fromEntries(
    names.map((name) => {
      const operation = model.operations[name];
      if (operation === undefined) throw new Error(`${service} has no operation ${name}.`);
      const { input, output, errors = [] } = operation;
      return [
        name,
        {
          errors: errors.map(({ shape }) => shape),
          // An operation without input takes an empty one.
          input: input === undefined ? { type: 'object', additionalProperties: false } : referTo(input),
          ...(output && { output: referTo(output) }),
        },
      ];
    }),
  ),
  $defs: Object.fromEntries(shapesOf(model, names).map((name) => [name, schemaOf(model.shapes[name]!)])),
});

const metadataOf = ({ metadata }: ServiceModel): object => ({
  apiVersion: metadata.apiVersion,
  endpointPrefix: metadata.endpointPrefix,
  protocol: metadata.protocol,
  serviceId: metadata.serviceId,
  targetPrefix: metadata.targetPrefix ?? null,
});

const referTo = ({ shape }: ShapeReference): object => ({ $ref: `#/$defs/${shape}` });

const schemaOf = (shape: ShapeSource): object => {
  const { type, members = {}, required = [], enum: values, pattern } = shape;
  switch (type) {
    case 'structure':
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(members).map(([name, member]) => [name, referTo(member)]),
        ),
        ...(required.length > 0 && { required }),
        ...(shape.union && { maxProperties: 1 }),
      };
    case 'list':
      return { type: 'array', items: referTo(shape.member!), ...limits(shape, 'minItems', 'maxItems') };
    case 'map':
      return {
        type: 'object',
        propertyNames: referTo(shape.key!),
        additionalProperties: referTo(shape.value!),
        ...limits({ max: shape.max }, '', 'maxProperties'),
      };
    case 'string':
      return {
        type,
        ...limits(shape, 'minLength', 'maxLength'),
        ...(values && { enum: values }),
        ...(pattern !== undefined && { pattern }),
        ...(shape.sensitive && { sensitive: true }),
      };
    // How long bytes may be depends on their form on the wire: the protocols limit whole bodies.
    case 'blob':
      return { type: 'string', format: 'blob' };
    case 'timestamp':
      return { type: ['string', 'number'], format: 'timestamp' };
    case 'boolean':
      return { type };
    case 'integer':
    case 'long':
      return { type: 'integer', ...limits(shape, 'minimum', 'maximum') };
    case 'float':
    case 'double':
      return { type: 'number', ...limits(shape, 'minimum', 'maximum') };
    default:
      throw new Error(`Shapes of type ${type} are not known here.`);
  }
};

const limits = (
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  least: string,
  most: string,
): object => ({
  ...(min !== undefined && { [least]: min }),
  ...(max !== undefined && { [most]: max }),
});
