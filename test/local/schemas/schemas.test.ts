import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, openAccount } from '../support/open-account.ts';
import { arnOf } from '../support/roles.ts';

let call: Account['call'];
beforeEach(async () => {
  ({ call } = await openAccount());
  await call('CreateRegistry', { RegistryName: 'signalbox' });
});

const openApi = (schemas: object = {}, more: object = {}) =>
  JSON.stringify({
    openapi: '3.0.0',
    info: { title: 'ReleaseEnded', version: '1.0.0' },
    paths: {},
    components: { schemas },
    ...more,
  });

const create = (Content: string, Type = 'OpenApi3') =>
  call('CreateSchema', { RegistryName: 'signalbox', SchemaName: 'signalbox@ReleaseEnded', Type, Content });

test('a schema is kept in versions, described and listed', async () => {
  const RegistryName = 'signalbox';
  const SchemaName = 'signalbox@ReleaseEnded';

  const made = await create(openApi());
  const changed = await call('UpdateSchema', { RegistryName, SchemaName, Content: openApi({ A: {} }) });

  expect(made).toMatchObject({
    SchemaArn: arnOf('schemas', 'schema/signalbox/signalbox@ReleaseEnded'),
    SchemaVersion: '1',
  });
  expect(changed).toMatchObject({ SchemaVersion: '2' });
  expect(await call('DescribeSchema', { RegistryName, SchemaName })).toMatchObject({
    SchemaVersion: '2',
    Content: openApi({ A: {} }),
  });
  expect(await call('DescribeSchema', { RegistryName, SchemaName, SchemaVersion: '1' })).toMatchObject({
    Content: openApi(),
  });
  expect((await call('ListSchemas', { RegistryName })).Schemas).toMatchObject([
    { SchemaName, VersionCount: 2 },
  ]);
  await expect(call('DeleteRegistry', { RegistryName })).rejects.toMatchObject({
    code: 'ForbiddenException',
  });
  await call('DeleteSchema', { RegistryName, SchemaName });
  await call('DeleteRegistry', { RegistryName });
  expect(await call('ListRegistries', {})).toEqual({ Registries: [] });
});

test('a schema of either type is taken', async () => {
  const draft4 = {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: ['object', 'null'],
    required: ['a'],
    properties: { a: { type: 'number', minimum: 0, exclusiveMinimum: true }, b: { $ref: '#/definitions/b' } },
    definitions: { b: { enum: [1, 'two'], items: [{ not: {} }] } },
    additionalProperties: false,
    'x-of-ours': 1,
  };
  expect(await create(JSON.stringify(draft4), 'JSONSchemaDraft4')).toMatchObject({
    Type: 'JSONSchemaDraft4',
  });
});

describe('is refused', () => {
  test.each([
    ['OpenApi3', 'no JSON', 'no JSON'],
    ['OpenApi3', '[]', 'no JSON object'],
    ['OpenApi3', openApi({}, { openapi: '3.1.0' }), 'openapi has to be 3.0.x'],
    ['OpenApi3', openApi({}, { info: { title: 'a' } }), 'info'],
    ['OpenApi3', openApi({}, { paths: undefined }), 'paths'],
    ['OpenApi3', openApi({ A: { type: 'text' } }), 'components.schemas.A.type has to be one of'],
    ['JSONSchemaDraft4', '{"$schema":"https://json-schema.org/draft/2020-12/schema"}', '$schema'],
    ['JSONSchemaDraft4', '{"properties":{"a":{"required":true}}}', 'schema.properties.a.required'],
    ['JSONSchemaDraft4', '{"required":[]}', 'schema.required'],
    ['JSONSchemaDraft4', '{"exclusiveMinimum":3}', 'schema.exclusiveMinimum'],
    ['JSONSchemaDraft4', '{"items":{"pattern":"("}}', 'schema.items.pattern'],
    ['JSONSchemaDraft4', '{"anyOf":[1]}', 'schema.anyOf.0'],
    ['OpenApi2', openApi(), 'enum value set'],
  ])('%s %s', async (type, content, message) => {
    await expect(create(content, type)).rejects.toThrow(message);
  });

  test('a name that is taken, and a registry that is not there', async () => {
    await create(openApi());
    await expect(create(openApi())).rejects.toMatchObject({ code: 'ConflictException' });
    await expect(call('CreateRegistry', { RegistryName: 'signalbox' })).rejects.toMatchObject({
      code: 'ConflictException',
    });
    await expect(call('ListSchemas', { RegistryName: 'other' })).rejects.toMatchObject({
      code: 'NotFoundException',
    });
  });
});
