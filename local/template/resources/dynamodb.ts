import { validateInput } from '../../models/validate.ts';
import type { TableProperties } from '../../services/dynamodb/table-properties.ts';
import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

const table: ResourceType = {
  properties:
    'AttributeDefinitions BillingMode ContributorInsightsSpecification DeletionProtectionEnabled GlobalSecondaryIndexes ImportSourceSpecification KeySchema KinesisStreamSpecification LocalSecondaryIndexes OnDemandThroughput PointInTimeRecoverySpecification ProvisionedThroughput ResourcePolicy SSESpecification StreamSpecification TableClass TableName Tags TimeToLiveSpecification WarmThroughput',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.TableName ?? generatedName(stack, logicalId, 255);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:dynamodb:${stack.region}:${stack.accountId}:table/${name}` },
    };
  },

  async build(world, { ref, properties, path }) {
    const { AttributeDefinitions, KeySchema, BillingMode } = properties;
    if (KeySchema === undefined) throw new TemplateError(path, 'required key [KeySchema] not found');
    validateInput('dynamodb', 'CreateTable', {
      TableName: ref,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
    });
    await world.dynamodb.createTable({ ...properties, TableName: ref } as TableProperties);
  },
};

export const dynamoDbTypes = { 'AWS::DynamoDB::Table': table };
