import { schemasOf } from '../../../local/models/botocore/schemas.ts';
import type { ServiceModel } from '../../../local/models/botocore/service-model.ts';
import { wireOf } from '../../../local/models/botocore/wire.ts';
import { modelOf, serviceNames } from '../../../local/models/model.ts';
import { modelledOperations } from '../../../local/models/operations.ts';
import { memberOnWire, wireModelOf } from '../../../local/models/wire.ts';

test.each(serviceNames)(
  '%s has a schema and a wire form of each operation that is listed, and no other',
  (service) => {
    const listed = [...modelledOperations[service]].sort();

    expect([...modelOf(service).operationNames].sort()).toEqual(listed);
    expect(Object.keys(wireModelOf(service).operations).sort()).toEqual(listed);
  },
);

test('tells where members of a REST service stand', () => {
  const { input } = modelOf('s3').operation('ListObjectsV2')!;

  expect(wireModelOf('s3').operations.ListObjectsV2).toEqual({ method: 'GET', uri: '/{Bucket}?list-type=2' });
  expect(memberOnWire(wireModelOf('s3'), input, 'MaxKeys')).toEqual({ in: 'querystring', name: 'max-keys' });
});

/** A small service in the form that botocore publishes. */
const service: ServiceModel = {
  metadata: { apiVersion: '2026-01-01', endpointPrefix: 'x', protocol: 'rest-xml', serviceId: 'X' },
  operations: {
    Put: {
      http: { method: 'PUT', requestUri: '/{Name}', responseCode: 204 },
      input: { shape: 'PutInput' },
      errors: [{ shape: 'Taken' }],
    },
    Other: { http: { method: 'GET', requestUri: '/' }, output: { shape: 'Unused' } },
  },
  shapes: {
    PutInput: {
      type: 'structure',
      required: ['Name'],
      members: {
        Name: { shape: 'Name', location: 'uri', locationName: 'Name' },
        Items: { shape: 'Items' },
      },
    },
    Name: { type: 'string', min: 1, max: 8, pattern: '[a-z]+' },
    Items: { type: 'list', member: { shape: 'Count', locationName: 'Item' }, max: 3, flattened: true },
    Count: { type: 'long', min: 0 },
    Unused: { type: 'structure', members: {} },
    Taken: { type: 'structure', error: { httpStatusCode: 409 } },
  },
};

test('takes of a model what the listed operations reach', () => {
  expect(schemasOf('x', service, ['Put'])).toMatchObject({
    operations: { Put: { input: { $ref: '#/$defs/PutInput' }, errors: ['Taken'] } },
    $defs: {
      PutInput: { type: 'object', additionalProperties: false, required: ['Name'] },
      Name: { type: 'string', minLength: 1, maxLength: 8, pattern: '[a-z]+' },
      Items: { type: 'array', maxItems: 3, items: { $ref: '#/$defs/Count' } },
      Count: { type: 'integer', minimum: 0 },
    },
  });
  expect(Object.keys((schemasOf('x', service, ['Put']) as { $defs: object }).$defs)).not.toContain('Unused');
  expect(wireOf(service, ['Put'])).toEqual({
    apiVersion: '2026-01-01',
    operations: { Put: { method: 'PUT', uri: '/{Name}', status: 204 } },
    shapes: {
      PutInput: { members: { Name: { in: 'uri' }, Items: { flat: true, name: 'Item' } } },
      Items: { item: 'Item' },
    },
    errors: { Taken: { httpStatusCode: 409 } },
  });
});

test('names an operation that AWS does not have', () => {
  expect(() => schemasOf('x', service, ['Get'])).toThrow('x has no operation Get.');
});
