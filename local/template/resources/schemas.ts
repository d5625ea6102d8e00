import type { World } from '../../world.ts';
import { generatedName } from '../names.ts';
import type { ResourceType, Stack } from '../resource-type.ts';

const arnOf = ({ region, accountId }: Stack, kind: string, path: string): string =>
  `arn:aws:schemas:${region}:${accountId}:${kind}/${path}`;

const registry: ResourceType = {
  properties: 'Description RegistryName Tags',
  identify({ logicalId, properties }, stack) {
    const name: string = properties.RegistryName ?? generatedName(stack, logicalId);
    const arn = arnOf(stack, 'registry', name);
    return { ref: arn, attributes: { RegistryArn: arn, RegistryName: name } };
  },
  build: (world, { attributes, properties: { Description } }) =>
    call(world, 'CreateRegistry', { RegistryName: attributes!.RegistryName, Description }),
};

/** `Content` may be text or, in JSON and YAML alike, an object. */
const schema: ResourceType = {
  properties: 'Content Description RegistryName SchemaName Tags Type',
  identify({ logicalId, properties }, stack) {
    const name: string = properties.SchemaName ?? generatedName(stack, logicalId);
    const arn = arnOf(stack, 'schema', `${properties.RegistryName}/${name}`);
    return { ref: arn, attributes: { SchemaArn: arn, SchemaName: name, SchemaVersion: '1' } };
  },
  build(world, { attributes, properties: { Content, Description, RegistryName, Type } }) {
    const content = typeof Content === 'string' || Content === undefined ? Content : JSON.stringify(Content);
    const input = { RegistryName, SchemaName: attributes!.SchemaName, Type, Content: content, Description };
    return call(world, 'CreateSchema', input);
  },
};

const call = async (world: World, operation: string, input: object): Promise<void> => {
  await world.door.call({ service: 'schemas', operation, input, caller: world.person });
};

export const schemasTypes = {
  'AWS::EventSchemas::Registry': registry,
  'AWS::EventSchemas::Schema': schema,
};
