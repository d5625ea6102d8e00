import { AwsError } from '../aws-error.ts';
import { unknownCaller } from '../iam/refusal.ts';
import type { Caller } from '../service.ts';
import { accessKeyOf } from '../services/lambda/access-key.ts';
import type { World } from '../world.ts';

/** The access key id with which a person calls: any secret goes with it, since signatures are not checked here. */
const personAccessKeyId = 'test';

/** What a request's signature tells: `AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, …` */
export interface Credential {
  readonly accessKeyId: string;
  readonly signingName: string;
}

/**
 * The credential of a request, from its header or, of one that was signed ahead (`aws s3 presign`), from its query.
 *
 * @returns undefined if the request is not signed in AWS's form
 */
export const credentialOf = (
  authorization: string | undefined,
  query: URLSearchParams,
): Credential | undefined => {
  // The older form of such a link, which the AWS CLI still makes; only S3 takes it.
  const older = query.has('Signature') ? query.get('AWSAccessKeyId') : null;
  if (older !== null) return { accessKeyId: older, signingName: 's3' };
  const scope =
    /^AWS4-HMAC-SHA256 Credential=([^\s,]+)/.exec(authorization ?? '')?.[1] ??
    query.get('X-Amz-Credential') ??
    '';
  const [, accessKeyId, signingName] =
    /^([^/\s,]+)\/\d{8}\/[^/\s,]+\/([^/\s,]+)\/aws4_request$/.exec(scope) ?? [];
  return accessKeyId && signingName ? { accessKeyId, signingName } : undefined;
};

/**
 * Who holds an access key: one key per role of the stack, and the person's.
 *
 * @throws AwsError for a request without one, and for a key of nobody
 */
export const callerOf = (world: World, credential: Credential | undefined): Caller => {
  if (credential === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  const { accessKeyId } = credential;
  if (accessKeyId === personAccessKeyId) return world.person;
  const roleArn = rolesByKey(world).get(accessKeyId);
  if (roleArn !== undefined) return { arn: roleArn, via: 'function' };
  throw unknownCaller();
};

const known = new WeakMap<World, Map<string, string>>();

const rolesByKey = (world: World): Map<string, string> => {
  const roleArns = world.iam.roleArns();
  let keys = known.get(world);
  if (keys?.size !== roleArns.length) {
    keys = new Map(roleArns.map((arn) => [accessKeyOf(arn), arn]));
    known.set(world, keys);
  }
  return keys;
};
