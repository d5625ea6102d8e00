import type { Operation } from '../../service.ts';
import type { S3 } from './s3.ts';

interface DeleteObjectInput {
  Bucket: string;
  Key: string;
  VersionId?: string;
}

/** Deleting what is not there is no error. */
export const deleteObject =
  (s3: S3): Operation =>
  (input: DeleteObjectInput) => {
    const gone = s3.delete(input.Bucket, input.Key, input.VersionId);
    return {
      ...(gone?.isDeleteMarker && { DeleteMarker: true }),
      ...(gone?.versionId !== undefined && { VersionId: gone.versionId }),
    };
  };
