import type { PolicyDocument } from '../../iam/policy.ts';
import { generatedId, generatedName } from '../names.ts';
import type { ResourceType, Stack } from '../resource-type.ts';

/** Types that have names and ARNs but nothing to do here: nothing is logged or encrypted, but who might is asked. */

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
      attributes: { Arn: keyArn(stack, id), KeyId: id },
    };
  },
  build(world, { attributes, properties }, { accountId }) {
    world.iam.setResourcePolicy(attributes!.Arn!, properties.KeyPolicy ?? defaultKeyPolicy(accountId));
  },
};

/** What a key without a policy gets: the account's own policies decide. */
const defaultKeyPolicy = (accountId: string): PolicyDocument => ({
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  },
});

/**
 * The ARN of one of the stack's own keys; undefined for AWS's keys, which ask nobody.
 *
 * @param idOrArn a key's id or ARN, or an alias
 */
export const ownKeyArn = (stack: Stack, idOrArn: string | undefined): string | undefined => {
  if (idOrArn === undefined || /^(?:arn:.*:)?alias\//.test(idOrArn)) return undefined;
  return idOrArn.startsWith('arn:') ? idOrArn : keyArn(stack, idOrArn);
};

const keyArn = ({ region, accountId }: Stack, id: string): string =>
  `arn:aws:kms:${region}:${accountId}:key/${id}`;

const alias: ResourceType = {
  properties: 'AliasName TargetKeyId',
  identify: ({ properties }) => ({ ref: properties.AliasName }),
};

export const recordTypes = {
  'AWS::Logs::LogGroup': logGroup,
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': alias,
};
