import { type ServiceModel, type ShapeReference, shapesOf } from './service-model.ts';

/**
 * How some operations of a service stand on the wire. Only what differs from the plain case is told: the
 * JSON protocols come out almost empty.
 */
export const wireOf = (model: ServiceModel, names: readonly string[]): object => {
  const { metadata, operations, shapes } = model;
  const isRest = metadata.protocol.startsWith('rest-');
  const errors = new Set(names.flatMap((name) => operations[name]?.errors ?? []).map(({ shape }) => shape));
  return {
    apiVersion: metadata.apiVersion,
    ...(metadata.xmlNamespace && { xmlNamespace: metadata.xmlNamespace }),
    ...(metadata.awsQueryCompatible && { isQueryCompatible: true }),
    operations: Object.fromEntries(
      names.map((name): [string, object] => {
        const { http, endpoint } = operations[name]!;
        const rest = isRest && { method: http.method, uri: http.requestUri };
        const status = isRest && http.responseCode && http.responseCode !== 200;
        return [
          name,
          {
            ...rest,
            ...(status && { status: http.responseCode }),
            ...(endpoint?.hostPrefix && { hostPrefix: endpoint.hostPrefix }),
          },
        ];
      }),
    ),
    shapes: Object.fromEntries(
      shapesOf(model, names)
        .map((name): [string, object] => [name, bindingOf(model, name)])
        .filter(([, binding]) => Object.keys(binding).length > 0),
    ),
    errors: Object.fromEntries(
      [...errors]
        .map((name): [string, object] => [name, shapes[name]?.error ?? {}])
        .filter(([, error]) => Object.keys(error).length > 0),
    ),
  };
};

const bindingOf = (model: ServiceModel, name: string): object => {
  const { members = {}, member, key, value, payload } = model.shapes[name]!;
  const bound = Object.entries(members)
    .map(([own, reference]): [string, object] => [own, memberOf(model, own, reference)])
    .filter(([, binding]) => Object.keys(binding).length > 0);
  return {
    ...(payload && { payload }),
    ...(bound.length > 0 && { members: Object.fromEntries(bound) }),
    ...(member?.locationName && { item: member.locationName }),
    ...(key?.locationName && { key: key.locationName }),
    ...(value?.locationName && { value: value.locationName }),
  };
};

const memberOf = (model: ServiceModel, own: string, reference: ShapeReference): object => {
  const shape = model.shapes[reference.shape]!;
  const { location, locationName } = reference;
  // A flattened list stands under the name of its items.
  const isFlat = reference.flattened ?? shape.flattened;
  const name = (isFlat && shape.member?.locationName) || locationName;
  const format = reference.timestampFormat ?? shape.timestampFormat;
  return {
    ...(location && { in: location }),
    ...(name && name !== own && { name }),
    ...(isFlat && { flat: true }),
    ...(format && { format }),
  };
};
