import { TemplateError } from '../intrinsics.ts';
import { generatedName } from '../names.ts';
import type { ResourceType, Stack } from '../resource-type.ts';

const LONGEST_ROLE_NAME = 64;

const role: ResourceType = {
  properties:
    'AssumeRolePolicyDocument Description ManagedPolicyArns MaxSessionDuration Path PermissionsBoundary Policies RoleName Tags',

  identify({ logicalId, properties }, stack) {
    const name: string = properties.RoleName ?? generatedName(stack, logicalId);
    const arn = `arn:aws:iam::${stack.accountId}:role${properties.Path ?? '/'}${name}`;
    return { ref: name, attributes: { Arn: arn } };
  },

  build(world, { ref, properties, attributes, path }) {
    if (ref.length > LONGEST_ROLE_NAME) {
      throw new TemplateError(
        path,
        `1 validation error detected: Value '${ref}' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_ROLE_NAME}`,
      );
    }
    if (properties.PermissionsBoundary !== undefined) {
      throw new TemplateError(path, 'PermissionsBoundary is not modelled (docs/fidelity.md).');
    }
    world.iam.addRole({
      arn: attributes!.Arn!,
      trust: properties.AssumeRolePolicyDocument,
      policies: (properties.Policies ?? []).map(
        // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's shape.
        ({ PolicyName, PolicyDocument }: any) => ({
          name: policyName(PolicyName, path),
          document: PolicyDocument,
        }),
      ),
      managedPolicyArns: properties.ManagedPolicyArns ?? [],
    });
  },
};

/** IAM has no policies within a role but under a name. */
const policyName = (name: string | undefined, path: string): string => {
  if (name !== undefined) return name;
  throw new TemplateError(path, 'required key [PolicyName] not found');
};

const policy: ResourceType = {
  properties: 'Groups PolicyDocument PolicyName Roles Users',
  identify: ({ logicalId, properties }) => ({ ref: properties.PolicyName ?? logicalId }),
  build(world, { properties, path }, stack) {
    policyName(properties.PolicyName, path);
    for (const name of properties.Roles ?? []) {
      world.iam.attachPolicy(
        roleArn(stack, world.iam.roleArns(), name),
        properties.PolicyName,
        properties.PolicyDocument,
      );
    }
  },
};

/** A policy names its roles without their path. */
const roleArn = ({ accountId }: Stack, known: readonly string[], name: string): string =>
  known.find((arn) => arn.endsWith(`/${name}`)) ?? `arn:aws:iam::${accountId}:role/${name}`;

export const iamTypes = { 'AWS::IAM::Role': role, 'AWS::IAM::Policy': policy };
