import { AwsError } from '../../aws-error.ts';

/** What a request may say of logs, traces and encryption. */
export interface Configurations {
  readonly loggingConfiguration?: {
    readonly level?: string;
    readonly includeExecutionData?: boolean;
    readonly destinations?: readonly object[];
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
    throw new AwsError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  }
  return { level, includeExecutionData, ...(destinations && { destinations }) };
}

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
