import type { PolicyDocument, StatementDocument } from '../../iam/policy.ts';
import { anyOf, wildcard } from '../../iam/wildcard.ts';
import { TemplateError } from '../intrinsics.ts';
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
  build(_world, { properties: { RetentionInDays: days }, path }) {
    if (days === undefined || retentions.includes(Number(days))) return;
    throw new TemplateError(`${path}.Properties.RetentionInDays`, `${days} is not one of ${retentions}.`);
  },
};

/** Days for which CloudWatch Logs keeps logs; it knows no others. */
const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

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
  build(world, { attributes, properties, path }, { accountId }) {
    const policy: PolicyDocument = properties.KeyPolicy ?? defaultKeyPolicy(accountId);
    world.iam.setResourcePolicy(attributes!.Arn!, policy);
    if (String(properties.BypassPolicyLockoutSafetyCheck ?? false) === 'true') return;
    if ([policy.Statement].flat().some((statement) => letsChange(statement, accountId))) return;
    throw new TemplateError(
      path,
      'The new key policy will not allow you to update the key policy in the future.',
    );
  },
};

/** KMS makes no key whose policy nobody of the account could change. Who of them makes the stack is not known here. */
const letsChange = (
  { Effect, Principal = {}, Action = [] }: StatementDocument,
  accountId: string,
): boolean => {
  const people = Principal === '*' ? ['*'] : [Principal.AWS ?? []].flat();
  return (
    Effect === 'Allow' &&
    people.some((who) => who === '*' || who.includes(accountId)) &&
    anyOf([Action].flat().map((action) => wildcard(action, { ignoreCase: true })))('kms:PutKeyPolicy')
  );
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
