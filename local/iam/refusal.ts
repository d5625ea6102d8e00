import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Caller, ServiceName } from '../service.ts';
import type { Verdict } from './iam.ts';

/** Code and status of a refusal where they are not `AccessDeniedException` with 400. */
const refusals: Readonly<Partial<Record<ServiceName, readonly [code: string, statusCode: number]>>> = {
  cloudwatch: ['AccessDenied', 403],
  lambda: ['AccessDeniedException', 403],
  s3: ['AccessDenied', 403],
  'sagemaker-runtime': ['AccessDeniedException', 403],
  sns: ['AuthorizationError', 403],
  sqs: ['AccessDenied', 403],
};

/** A refusal by the key of an encrypted queue or topic. */
const keyRefusals: Readonly<Partial<Record<ServiceName, readonly [code: string, statusCode: number]>>> = {
  sns: ['KMSAccessDenied', 400],
  sqs: ['KmsAccessDenied', 400],
};

/** A refusal in AWS's words, with who asked, what for, and which kind of policy is missing or says no. */
export const refusal = (
  service: ServiceName,
  caller: Caller,
  action: string,
  resource: string,
  verdict: Verdict,
): AwsError => {
  const byKey = action.startsWith('kms:') ? keyRefusals[service] : undefined;
  const [code, statusCode] = byKey ?? refusals[service] ?? ['AccessDeniedException', 400];
  // S3 alone puts the resource into quotes.
  const shown = service === 's3' ? `"${resource}"` : resource;
  return new AwsError(
    code,
    `User: ${sessionArn(caller)} is not authorized to perform: ${action} on resource: ${shown} ${reason(verdict, action)}`,
    statusCode,
  );
};

/** For credentials that are nobody's here. */
export const unknownCaller = (): AwsError =>
  new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

const reason = (verdict: Verdict, action: string): string =>
  ({
    allowed: '',
    'no-identity-based-policy': `because no identity-based policy allows the ${action} action`,
    'no-resource-based-policy': `because no resource-based policy allows the ${action} action`,
    'denied-by-identity-based-policy': 'with an explicit deny in an identity-based policy',
    'denied-by-resource-based-policy': 'with an explicit deny in a resource-based policy',
  })[verdict];

/** The ARN under which a role acts: AWS adds a session's name. Functions give their own, executions a made one. */
const sessionArn = ({ arn, via, sourceArn }: Caller): string => {
  const role = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  if (role === null) return arn;
  const last = sourceArn?.split(':').at(-1) ?? 'session';
  const session = via === 'function' ? last : letters(sourceArn ?? arn);
  return `arn:aws:sts::${role[1]}:assumed-role/${role[2]}/${session}`;
};

/** Step Functions names its sessions with 32 random letters; ours follow from the execution. */
const letters = (text: string): string =>
  [...createHash('sha256').update(text).digest()].map((byte) => alphabet[byte % alphabet.length]).join('');

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
