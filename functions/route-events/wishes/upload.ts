import type { Pipeline } from '#shared/generated/contracts.ts';
import type { Upload } from '#shared/uploads.ts';
import { type Envelope, number, optionalText, text } from '../read-message.ts';
import type { UploadWish } from '../wish.ts';

/** An object was put into the data bucket: for the open burst of every pipeline that watches its key. */
export function fromUpload({ detail, time }: Envelope, pipelines: readonly Pipeline[]): UploadWish[] {
  const bucket = text(detail, 'bucket', 'name');
  const key = text(detail, 'object', 'key');
  const size = number(detail, 'object', 'size');
  const versionId = optionalText(detail, 'object', 'version-id');
  const upload: Upload = {
    key,
    ...(versionId !== undefined && { versionId }),
    etag: text(detail, 'object', 'etag'),
    size,
    sequencer: text(detail, 'object', 'sequencer'),
    time: new Date(time).toISOString(),
  };
  return pipelines.flatMap((pipeline): UploadWish[] => {
    const watched = pipeline.triggers?.data;
    if (!watched || !key.startsWith(watched.prefix)) return [];
    // A marker may be empty, and matches no pattern of data.
    if (watched.marker !== undefined && key.slice(key.lastIndexOf('/') + 1) === watched.marker)
      return [{ kind: 'upload', pipeline, bucket }];
    // The console makes a folder by an empty object whose key ends in a slash.
    if (size === 0 || key.endsWith('/') || !key.endsWith(watched.suffix ?? '')) return [];
    if (watched.pattern !== undefined && !matches(watched.pattern, key.slice(watched.prefix.length)))
      return [];
    return [{ kind: 'upload', pipeline, bucket, upload }];
  });
}

const compiled = new Map<string, RegExp>();

/** `*` stands for any characters, slashes too; everything else for itself. */
export function matches(pattern: string, key: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    expression = new RegExp(`^${parts.join('.*')}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(key);
}
