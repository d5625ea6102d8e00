import type { Operation } from '../../service.ts';
import { checkWrite } from './conditions.ts';
import type { S3 } from './s3.ts';

interface DeleteObjectInput {
  Bucket: string;
  Key: string;
  VersionId?: string;
  IfMatch?: string;
}

/** Deleting what is not there is no error. */
export const deleteObject =
  (s3: S3): Operation =>
  (input: DeleteObjectInput) => {
    checkWrite(s3.get(input.Bucket, input.Key, input.VersionId), { IfMatch: input.IfMatch });
    const gone = s3.delete(input.Bucket, input.Key, input.VersionId);
    return {
      ...(gone?.isDeleteMarker && { DeleteMarker: true }),
      ...(gone?.versionId !== undefined && { VersionId: gone.versionId }),
    };
  };
