import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { CallCase, Json } from '../../case.ts';
import { makeRule, ruleArn } from '../events/rules.ts';
import { makeOpenQueue, nextMessage } from '../sqs/queues.ts';
import { makeBucket } from './buckets.ts';

export const s3Cases: readonly CallCase[] = [
  {
    id: 's3/versions-and-conditions',
    title: 'Objects have versions, ranges and conditions',
    service: 's3',
    asks: 'versions and delete markers, ranges, conditional writes and reads, errors of what is not there',
    assumed: '`PreconditionFailed`, `NotModified`, `NoSuchKey`, `NoSuchVersion`, `InvalidRange`',
    cost: { usd: 0.001, minutes: 1 },
    async run(aws) {
      const s3 = aws.client(S3Client);
      const Bucket = await makeBucket(aws);
      const put = (Body: string, more: object = {}) =>
        s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body, ...more }));
      const get = (more: object = {}) => s3.send(new GetObjectCommand({ Bucket, Key: 'a', ...more }));
      const one = await put('one');
      const two = await put('two two');
      const ranged = await get({ Range: 'bytes=0-2' });
      const first = await get({ VersionId: one.VersionId });
      const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
      const listed = await s3.send(new ListObjectsV2Command({ Bucket }));
      return {
        etag: one.ETag!,
        otherVersion: one.VersionId !== two.VersionId,
        ranged: [ranged.ContentRange!, await ranged.Body!.transformToString()],
        first: await first.Body!.transformToString(),
        marker: deleted.DeleteMarker!,
        listed: listed.KeyCount!,
        afterDelete: await aws.refusal(get()),
        head: await aws.refusal(s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))),
        unknownVersion: await aws.refusal(get({ VersionId: 'x'.repeat(32) })),
        badRange: await aws.refusal(get({ VersionId: one.VersionId, Range: 'bytes=10-' })),
        notChanged: await aws.refusal(get({ VersionId: one.VersionId, IfNoneMatch: one.ETag })),
        writtenOnce: await aws.refusal(put('three', { IfNoneMatch: '*' })),
        writtenTwice: await aws.refusal(put('four', { IfNoneMatch: '*' })),
        unknownBucket: await aws.refusal(
          s3.send(new GetObjectCommand({ Bucket: aws.name('gone'), Key: 'a' })),
        ),
      };
    },
  },
  {
    id: 's3/key-in-events',
    title: 'An event names a key as it is',
    service: 's3',
    asks: 'whether `detail.object.key` in S3’s events is raw or URL-encoded, and the rest of the envelope',
    assumed: 'raw',
    cost: { usd: 0.001, minutes: 12 },
    async run(aws) {
      const s3 = aws.client(S3Client);
      const Bucket = await makeBucket(aws);
      const { url, arn } = await makeOpenQueue(aws, 'events.amazonaws.com', ruleArn(aws));
      await makeRule(aws, { arn }, { source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } });
      await s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      );
      // The setting takes some minutes, so the object is put again until it is heard of.
      const Key = 'in coming/ä+b&c=100%.csv';
      const { body } = await aws.until(
        'S3 tells of the object',
        async () => {
          await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a,b' }));
          return nextMessage(aws, url, 0.5).catch(() => undefined);
        },
        { minutes: 10, everySeconds: 5 },
      );
      const { detail, ...envelope } = JSON.parse(body) as { detail: { object: Record<string, Json> } };
      return {
        key: detail.object.key!,
        detail: Object.keys(detail).sort(),
        object: Object.keys(detail.object).sort(),
        envelope: envelope as Json,
      };
    },
  },
];
