import type { Operation } from '../../service.ts';
import { malformedXml } from './errors.ts';
import type { S3 } from './s3.ts';

interface DeleteObjectsInput {
  Bucket: string;
  Delete: { Objects: { Key: string; VersionId?: string }[]; Quiet?: boolean };
}

/** S3's limit for one request. */
const MOST_KEYS = 1_000;

export const deleteObjects =
  (s3: S3): Operation =>
  ({ Bucket, Delete: { Objects, Quiet } }: DeleteObjectsInput) => {
    s3.bucket(Bucket);
    if (Objects.length === 0 || Objects.length > MOST_KEYS) {
      throw malformedXml();
    }
    const deleted = Objects.map(({ Key, VersionId }) => {
      const gone = s3.delete(Bucket, Key, VersionId);
      return {
        Key,
        ...(VersionId !== undefined && { VersionId }),
        ...(gone?.isDeleteMarker && {
          DeleteMarker: true,
          ...(gone.versionId !== undefined && { DeleteMarkerVersionId: gone.versionId }),
        }),
      };
    });
    return Quiet ? {} : { Deleted: deleted };
  };
