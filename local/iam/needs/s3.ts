import { allEverywhere, type Needs, type NeedsTable, one } from './need.ts';

const bucketArn = (bucket: unknown): string => `arn:aws:s3:::${bucket}`;
const objectArn = (bucket: unknown, key: unknown): string => `${bucketArn(bucket)}/${key}`;

/** An action on an object, under another name where a version is asked for. */
const object =
  (action: string, versioned = action): Needs =>
  (input) =>
    one(
      input.VersionId === undefined ? `s3:${action}` : `s3:${versioned}`,
      objectArn(input.Bucket, input.Key),
    );

const bucket =
  (action: string): Needs =>
  (input) =>
    one(`s3:${action}`, bucketArn(input.Bucket));

/** Lists say which prefix they ask for, and policies may depend on it. */
const listed =
  (action: string): Needs =>
  ({ Bucket, Prefix }) =>
    one(`s3:${action}`, bucketArn(Bucket), { 's3:prefix': String(Prefix ?? '') });

/** Reading what `CopySource` names (`/bucket/key?versionId=…`, encoded), and writing. */
const copied: Needs = (input) => {
  const source = decodeURIComponent(String(input.CopySource)).replace(/^\//, '');
  const [path, versionId] = source.split('?versionId=');
  return [
    ...one(versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', bucketArn(path)),
    ...one('s3:PutObject', objectArn(input.Bucket, input.Key)),
  ];
};

/** The actions' names differ from the operations' where S3 has grown by operations. */
export const s3Needs: NeedsTable = {
  AbortMultipartUpload: object('AbortMultipartUpload'),
  CompleteMultipartUpload: object('PutObject'),
  CopyObject: copied,
  CreateBucket: bucket('CreateBucket'),
  CreateMultipartUpload: object('PutObject'),
  DeleteBucket: bucket('DeleteBucket'),
  DeleteObject: object('DeleteObject', 'DeleteObjectVersion'),
  DeleteObjectTagging: object('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
  DeleteObjects: ({ Bucket, Delete }) =>
    (Delete?.Objects ?? []).flatMap(({ Key, VersionId }: { Key: string; VersionId?: string }) =>
      object('DeleteObject', 'DeleteObjectVersion')({ Bucket, Key, VersionId }, undefined as never),
    ),
  GetBucketLocation: bucket('GetBucketLocation'),
  GetBucketNotificationConfiguration: bucket('GetBucketNotification'),
  GetBucketPolicy: bucket('GetBucketPolicy'),
  GetBucketTagging: bucket('GetBucketTagging'),
  GetBucketVersioning: bucket('GetBucketVersioning'),
  GetObject: object('GetObject', 'GetObjectVersion'),
  GetObjectAttributes: object('GetObject', 'GetObjectVersion'),
  GetObjectTagging: object('GetObjectTagging', 'GetObjectVersionTagging'),
  HeadBucket: listed('ListBucket'),
  HeadObject: object('GetObject', 'GetObjectVersion'),
  ListMultipartUploads: bucket('ListBucketMultipartUploads'),
  ListObjectVersions: listed('ListBucketVersions'),
  ListObjects: listed('ListBucket'),
  ListObjectsV2: listed('ListBucket'),
  ListParts: object('ListMultipartUploadParts'),
  PutBucketNotificationConfiguration: bucket('PutBucketNotification'),
  PutBucketPolicy: bucket('PutBucketPolicy'),
  PutBucketTagging: bucket('PutBucketTagging'),
  PutBucketVersioning: bucket('PutBucketVersioning'),
  PutObject: object('PutObject'),
  PutObjectTagging: object('PutObjectTagging', 'PutObjectVersionTagging'),
  UploadPart: object('PutObject'),
  UploadPartCopy: copied,
  ...allEverywhere('s3', 'CreateSession'),
  ListBuckets: () => one('s3:ListAllMyBuckets', '*'),
};
