import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { deciding } from '#shared/deciding.ts';
import type { WriteManifestRequest, WriteManifestResult } from '#shared/generated/contracts.ts';
import request from '#shared/generated/schemas/write-manifest.request.json' with { type: 'json' };
import result from '#shared/generated/schemas/write-manifest.result.json' with { type: 'json' };
import { type Doors, writeManifest } from './write-manifest.ts';

const s3 = new S3Client({});
const Bucket = process.env.ARTIFACT_BUCKET!;

const doors: Doors = {
  bucket: Bucket,
  async read(Key) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return await Body!.transformToString();
  },
  async write(Key, Body) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
  },
};

export const handler = deciding<WriteManifestRequest, Promise<WriteManifestResult>>(
  (asked) => writeManifest(asked, doors),
  { request, result },
);
