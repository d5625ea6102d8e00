import { createHash } from 'node:crypto';

export const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';
export const ARTIFACT_TYPE = 'application/vnd.docker.container.image.v1+json';

export const sha256 = (content: string): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** The document whose digest is the image's. It has no layers here; the files' digest stands where the config's does. */
export const manifestOf = (filesDigest: string, sizeBytes: number): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: ARTIFACT_TYPE, size: sizeBytes, digest: filesDigest },
    layers: [],
  });
