import { Iam } from '../../../local/iam/iam.ts';
import type { StatementDocument } from '../../../local/iam/policy.ts';

const accountId = '123456789012';
const role = `arn:aws:iam::${accountId}:role/release`;
const bucket = 'arn:aws:s3:::data';

const iamWith = (...statements: StatementDocument[]): Iam => {
  const iam = new Iam(accountId);
  iam.addRole({
    arn: role,
    trust: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: ['states.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    },
    policies: [{ name: 'own', document: { Statement: statements } }],
    managedPolicyArns: [],
  });
  return iam;
};

const decide = (iam: Iam, action: string, resource: string, context = {}): string =>
  iam.decide(role, action, resource, () => context);

test.each([
  ['s3:GetObject', `${bucket}/*`, 's3:GetObject', `${bucket}/a/b.csv`, 'allowed'],
  ['s3:getobject', `${bucket}/*`, 's3:GetObject', `${bucket}/a`, 'allowed'],
  ['s3:Get*', '*', 's3:GetObjectVersion', `${bucket}/a`, 'allowed'],
  ['s3:GetObjec?', '*', 's3:GetObject', `${bucket}/a`, 'allowed'],
  ['*', '*', 'sagemaker:CreateModel', 'x', 'allowed'],
  ['s3:GetObject', bucket, 's3:GetObject', `${bucket}/a`, 'no-identity-based-policy'],
  ['s3:GetObject', `${bucket}/*`, 's3:GetObject', 'arn:aws:s3:::database/a', 'no-identity-based-policy'],
  ['s3:GetObject', `${bucket}/*`, 's3:PutObject', `${bucket}/a`, 'no-identity-based-policy'],
])('%s on %s: %s on %s is %s', (Action, Resource, action, resource, verdict) => {
  expect(decide(iamWith({ Effect: 'Allow', Action, Resource }), action, resource)).toBe(verdict);
});

test('one no outweighs every yes, from the role as from the resource', () => {
  const own = iamWith(
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:PutObject', Resource: `${bucket}/locked/*` },
  );
  expect(decide(own, 's3:PutObject', `${bucket}/locked/a`)).toBe('denied-by-identity-based-policy');

  // A world answers this key always alike, so each answer has a world of its own.
  const over = (secureTransport: string): string => {
    const iam = iamWith({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    iam.setResourcePolicy(bucket, {
      Statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucket, `${bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    });
    return decide(iam, 's3:PutObject', `${bucket}/a`, { 'aws:securetransport': secureTransport });
  };
  expect(over('true')).toBe('allowed');
  expect(over('false')).toBe('denied-by-resource-based-policy');
});

test('NotAction and NotResource mean everything else', () => {
  const iam = iamWith({ Effect: 'Allow', NotAction: 'iam:*', NotResource: `${bucket}/*` });

  expect(decide(iam, 's3:ListBucket', bucket)).toBe('allowed');
  expect(decide(iam, 'iam:PassRole', bucket)).toBe('no-identity-based-policy');
  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('no-identity-based-policy');
});

test('a resource may allow a role by its own name, but the account only hands the decision back', () => {
  const iam = iamWith();
  const allowTo = (principal: string): void =>
    iam.setResourcePolicy(bucket, {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 's3:GetObject',
        Resource: `${bucket}/*`,
      },
    });

  allowTo(`arn:aws:iam::${accountId}:root`);
  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('no-identity-based-policy');
  allowTo(role);
  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('allowed');
});

test.each([
  [{ StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, true],
  [{ StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'sagemaker.amazonaws.com'] } }, true],
  [{ StringNotEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, false],
  [{ StringLike: { 'iam:PassedToService': 'sagemaker.*' } }, true],
  [{ StringEqualsIgnoreCase: { 'IAM:passedtoservice': 'SageMaker.amazonaws.com' } }, true],
  [{ StringEquals: { 'aws:SourceAccount': accountId } }, false],
  [{ StringEqualsIfExists: { 'aws:SourceAccount': accountId } }, true],
  [{ StringNotEquals: { 'aws:SourceAccount': accountId } }, true],
  [{ Null: { 'aws:SourceAccount': 'true' } }, true],
  [{ Null: { 'iam:PassedToService': 'true' } }, false],
  [{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } }, true],
  [{ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['b'] } }, false],
  [{ 'ForAnyValue:StringNotEquals': { 's3:prefix': ['b'] } }, false],
  [{ 'ForAllValues:StringEquals': { 's3:prefix': ['b'] } }, true],
])('the condition %j is %s', (Condition, holds) => {
  const iam = iamWith({ Effect: 'Allow', Action: '*', Resource: '*', Condition });
  const context = { 'iam:passedtoservice': 'sagemaker.amazonaws.com', 'dynamodb:leadingkeys': ['a'] };

  expect(decide(iam, 'iam:PassRole', 'x', context) === 'allowed').toBe(holds);
});

test.each<[string, Partial<StatementDocument>, string]>([
  [
    'a condition key',
    { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    'condition key aws:PrincipalOrgID is not modelled',
  ],
  [
    'a condition operator',
    { Condition: { IpAddress: { 'aws:SourceArn': 'x' } } },
    'condition operator IpAddress is not modelled',
  ],
  [
    'a condition operator that IAM does not know',
    { Condition: { stringEquals: { 'aws:SourceArn': 'x' } } },
    'Invalid Condition type : stringEquals',
  ],
  ['a policy variable', { Resource: 'arn:aws:s3:::data/${aws:username}/*' }, 'policy variables'],
])('refuses %s that it cannot judge, and names the role', (_, change, message) => {
  expect(() => iamWith({ Effect: 'Allow', Action: '*', Resource: '*', ...change })).toThrow(
    new RegExp(`${role}, policy own, statement 1: ${message.replace('$', '\\$')}`),
  );
});

test('knows which service may take on a role', () => {
  const iam = iamWith();

  expect(iam.trusts(role, 'states.amazonaws.com')).toBe(true);
  expect(iam.trusts(role, 'lambda.amazonaws.com')).toBe(false);
});

test.each([
  ['aws:SourceAccount', accountId, true],
  ['aws:SourceAccount', '999999999999', false],
  ['aws:SourceArn', 'arn:aws:states:eu-west-1:123456789012:stateMachine:any', true],
])('a role that trusts a service only for the %s %s may be taken on: %s', (key, value, trusted) => {
  const iam = new Iam(accountId);
  iam.addRole({
    arn: role,
    trust: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { [key]: value } },
      },
    },
    policies: [],
    managedPolicyArns: [],
  });

  expect(iam.trusts(role, 'states.amazonaws.com')).toBe(trusted);
});

test('forgets a decision when a policy is added', () => {
  const iam = iamWith();
  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('no-identity-based-policy');

  iam.attachPolicy(role, 'more', { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } });
  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('allowed');
});

describe('a key', () => {
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  const keyPolicy = (Principal: StatementDocument['Principal']) => ({
    Statement: { Effect: 'Allow' as const, Principal: Principal!, Action: 'kms:*', Resource: '*' },
  });

  test('listens to a role’s own policies only where its policy hands the decision to the account', () => {
    const iam = iamWith({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });

    expect(decide(iam, 'kms:Decrypt', key)).toBe('no-identity-based-policy');
    iam.setResourcePolicy(key, keyPolicy({ Service: 'cloudwatch.amazonaws.com' }));
    expect(decide(iam, 'kms:Decrypt', key)).toBe('no-identity-based-policy');
    iam.setResourcePolicy(key, keyPolicy({ AWS: `arn:aws:iam::${accountId}:root` }));
    expect(decide(iam, 'kms:Decrypt', key)).toBe('allowed');
    expect(decide(iam, 'kms:Encrypt', key)).toBe('no-identity-based-policy');
  });
});

test('judges nobody while there is no role at all', () => {
  const iam = new Iam(accountId);

  expect(decide(iam, 's3:GetObject', `${bucket}/a`)).toBe('allowed');
  expect(iam.trusts(role, 'sagemaker.amazonaws.com')).toBe(true);
  expect(iam.decide('events.amazonaws.com', 'sqs:SendMessage', 'arn:q', () => ({}))).toBe(
    'no-resource-based-policy',
  );
});

describe('IAM refuses as malformed', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } as const;

  test.each<[string, object, string]>([
    [
      'a statement without a resource',
      { Effect: 'Allow', Action: 's3:GetObject' },
      'Policy statement must contain resources.',
    ],
    [
      'a statement without an action',
      { Effect: 'Allow', Resource: '*' },
      'Policy statement must contain actions.',
    ],
    [
      'an action of no service',
      { ...allow, Action: 'GetObject' },
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (GetObject)',
    ],
    ['a statement without an effect', { Action: 's3:*', Resource: '*' }, 'Missing required field Effect'],
    ['a misspelt effect', { ...allow, Effect: 'Alow' }, 'Syntax errors in policy. (Effect "Alow")'],
    ['a misspelt element', { ...allow, Resouce: '*' }, 'Syntax errors in policy. (Resouce)'],
    ['a principal', { ...allow, Principal: '*' }, 'Policy document should not specify a principal.'],
    [
      'a name where an ARN belongs',
      { ...allow, Resource: 'data/*' },
      'Resource data/* must be in ARN format or "*".',
    ],
  ])('a role’s policy with %s', (_, statement, message) => {
    expect(() => iamWith(statement as StatementDocument)).toThrow(
      `${role}, policy own, statement 1: ${message}`,
    );
  });

  test('a bucket’s policy that names nobody, which would let in everybody', () => {
    expect(() => iamWith(allow).setResourcePolicy(bucket, { Statement: allow })).toThrow(
      'statement 1: Missing required field Principal',
    );
  });

  test('a policy with two statements of one id, or of a version that is none', () => {
    const iam = iamWith(allow);
    const named = { ...allow, Sid: 'Read', Principal: '*' } as const;

    expect(() => iam.setResourcePolicy(bucket, { Statement: [named, named] })).toThrow(
      'Statement IDs (SID) in a single policy must be unique.',
    );
    expect(() => iam.setResourcePolicy(bucket, { Version: '2012-10-71', Statement: named })).toThrow(
      'Syntax errors in policy. (Version 2012-10-71)',
    );
  });

  test('a misspelt kind of principal', () => {
    const misspelt = { ...allow, Principal: { Services: 'sns.amazonaws.com' } };

    expect(() => iamWith(allow).setResourcePolicy(bucket, { Statement: misspelt })).toThrow(
      'Invalid principal in policy. (Services)',
    );
  });

  test('a trust policy that names a resource', () => {
    const trust = { Statement: { ...allow, Principal: { Service: 'lambda.amazonaws.com' } } };

    expect(() =>
      new Iam(accountId).addRole({ arn: role, trust, policies: [], managedPolicyArns: [] }),
    ).toThrow('trust policy, statement 1: Has prohibited field Resource');
  });
});
