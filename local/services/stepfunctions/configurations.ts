import { AwsError } from '../../aws-error.ts';

/** What a request may say of logs, traces and encryption. */
export interface Configurations {
  readonly loggingConfiguration?: {
    readonly level?: string;
    readonly includeExecutionData?: boolean;
    readonly destinations?: readonly {
      readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string };
    }[];
  };
  readonly tracingConfiguration?: { readonly enabled?: boolean };
  readonly encryptionConfiguration?: { readonly type?: string; readonly kmsKeyId?: string };
}

/**
 * Logging as AWS describes it: with its defaults.
 *
 * @throws AwsError `InvalidLoggingConfiguration`
 */
export function loggingOf({ loggingConfiguration = {} }: Configurations): object {
  const { level = 'OFF', includeExecutionData = false, destinations } = loggingConfiguration;
  const count = destinations?.length ?? 0;
  if (count > 1 || (level !== 'OFF' && count !== 1)) {
    throw invalidLogging('Must specify exactly one Log Destination.');
  }
  if (level !== 'OFF') requireLogGroup(destinations![0]!.cloudWatchLogsLogGroup?.logGroupArn);
  return { level, includeExecutionData, ...(destinations && { destinations }) };
}

/** In the order and the words that were measured. */
function requireLogGroup(arn: string | undefined): void {
  if (arn === undefined) throw invalidLogging('Must set valid CloudWatch Log Group ARN.');
  if (!/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/.test(arn)) {
    throw invalidLogging('Provided ARN is not CloudWatch Logs Log Group ARN.');
  }
  if (!arn.endsWith(':*')) throw invalidLogging("Log Group ARN must be provided with '*' qualifier.");
}

const invalidLogging = (why: string): AwsError =>
  new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${why}`);

export const tracingOf = ({ tracingConfiguration }: Configurations): object => ({
  enabled: tracingConfiguration?.enabled ?? false,
});

/** @throws AwsError `InvalidEncryptionConfiguration` for a key of one's own that is not named */
export function encryptionOf({
  encryptionConfiguration = { type: 'AWS_OWNED_KEY' },
}: Configurations): object {
  const { type, kmsKeyId } = encryptionConfiguration;
  if ((type === 'CUSTOMER_MANAGED_KMS_KEY') === (kmsKeyId !== undefined)) return encryptionConfiguration;
  throw new AwsError(
    'InvalidEncryptionConfiguration',
    `Invalid Encryption Configuration: kmsKeyId goes with the type CUSTOMER_MANAGED_KMS_KEY, and only with it.`,
  );
}

export const versionDescriptionNeedsPublish = (): AwsError =>
  new AwsError('ValidationException', 'Version description can only be set when publish is true');
