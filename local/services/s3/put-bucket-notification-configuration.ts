import { notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface PutBucketNotificationConfigurationInput {
  Bucket: string;
  NotificationConfiguration: { EventBridgeConfiguration?: object } & Record<string, readonly unknown[]>;
}

/** The configuration replaces what was there: without EventBridge it is told no more. */
export const putBucketNotificationConfiguration =
  (s3: S3): Operation =>
  ({ Bucket, NotificationConfiguration }: PutBucketNotificationConfigurationInput) => {
    const { EventBridgeConfiguration, ...others } = NotificationConfiguration;
    const other = Object.entries(others).find(([, list]) => list.length > 0)?.[0];
    if (other !== undefined) throw notModelled(`s3 PutBucketNotificationConfiguration with ${other}`);
    s3.bucket(Bucket).eventBridge = EventBridgeConfiguration !== undefined;
    return {};
  };
