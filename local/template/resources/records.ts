import { generatedId, generatedName } from '../names.ts';
import type { ResourceType } from '../resource-type.ts';

/** Types that have names and ARNs but nothing to do here: what is logged or encrypted with them needs no copy of AWS. */

const logGroup: ResourceType = {
  properties:
    'BearerTokenAuthenticationEnabled DataProtectionPolicy DeletionProtectionEnabled FieldIndexPolicies KmsKeyId LogGroupClass LogGroupName ResourcePolicyDocument RetentionInDays Tags',
  identify({ logicalId, properties }, stack) {
    const name: string = properties.LogGroupName ?? generatedName(stack, logicalId, 512);
    return {
      ref: name,
      attributes: { Arn: `arn:aws:logs:${stack.region}:${stack.accountId}:log-group:${name}:*` },
    };
  },
};

const key: ResourceType = {
  properties:
    'BypassPolicyLockoutSafetyCheck Description EnableKeyRotation Enabled KeyPolicy KeySpec KeyUsage MultiRegion Origin PendingWindowInDays RotationPeriodInDays Tags',
  identify({ logicalId }, stack) {
    const id = generatedId(stack, logicalId);
    return {
      ref: id,
      attributes: { Arn: `arn:aws:kms:${stack.region}:${stack.accountId}:key/${id}`, KeyId: id },
    };
  },
};

const alias: ResourceType = {
  properties: 'AliasName TargetKeyId',
  identify: ({ properties }) => ({ ref: properties.AliasName }),
};

export const recordTypes = {
  'AWS::Logs::LogGroup': logGroup,
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
};
