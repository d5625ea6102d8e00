import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { checkWrite, type WriteConditions } from './conditions.ts';
import { malformedXml } from './errors.ts';
import { chosenParts, joinedEtag } from './multipart-upload.ts';
import type { S3 } from './s3.ts';

interface CompleteMultipartUploadInput extends WriteConditions {
  Bucket: string;
  Key: string;
  UploadId: string;
  MultipartUpload?: { Parts?: { PartNumber?: number; ETag?: string }[] };
}

export const completeMultipartUpload =
  (s3: S3, world: World): Operation =>
  (input: CompleteMultipartUploadInput) => {
    const upload = s3.uploads.find(input);
    const named = input.MultipartUpload?.Parts ?? [];
    if (named.length === 0) throw malformedXml();
    const parts = chosenParts(upload, named);
    checkWrite(s3.get(input.Bucket, input.Key), input);
    const stored = s3.put(input.Bucket, input.Key, Buffer.concat(parts.map(({ body }) => body)), {
      ...upload.options,
      etag: joinedEtag(parts),
      reason: 'CompleteMultipartUpload',
    });
    s3.uploads.end(upload);
    return {
      Location: `https://${input.Bucket}.s3.${world.region}.amazonaws.com/${encodeURIComponent(input.Key)}`,
      Bucket: input.Bucket,
      Key: input.Key,
      ETag: `"${stored.etag}"`,
      ServerSideEncryption: 'AES256',
      ...(stored.versionId !== undefined && { VersionId: stored.versionId }),
    };
  };
