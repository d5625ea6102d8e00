import { AwsError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';

// What SageMaker does in S3 with a job's role: the one place where jobs read and write objects.

export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** One object of an input, under the path at which the container finds it. */
export interface InputFile {
  readonly path: string;
  readonly body: Uint8Array;
}

interface Listed {
  readonly key: string;
  readonly body: Uint8Array;
}

/** @throws AwsError for text that is no S3 URI */
export function parseS3Uri(uri: string): S3Location {
  const match = /^(?:https|s3):\/\/([^/]+)\/?(.*)$/.exec(uri);
  if (!match) throw new AwsError('ValidationException', `Invalid S3 URI: ${uri}`);
  return { bucket: match[1]!, key: match[2]! };
}

/** The location of `path` below a prefix, whether or not the prefix ends in a slash. */
export function below(uri: string, path: string): S3Location {
  const { bucket, key } = parseS3Uri(uri);
  const prefix = key.replace(/\/+$/, '');
  return { bucket, key: prefix === '' ? path : `${prefix}/${path}` };
}

/** The files that an S3 data source names; none if nothing is there. */
export function inputFiles(world: World, uri: string, dataType: string): InputFile[] {
  return dataType === 'ManifestFile' ? manifestFiles(world, uri) : prefixFiles(world, uri);
}

export function putObject(world: World, { bucket, key }: S3Location, body: Uint8Array | string): void {
  world.s3.put(bucket, key, body);
}

export function deleteObject(world: World, { bucket, key }: S3Location): void {
  world.s3.delete(bucket, key);
}

/** Every object whose key starts with the prefix. A key that ends in a slash is a console's folder, no file. */
function prefixFiles(world: World, uri: string): InputFile[] {
  const { bucket, key: prefix } = parseS3Uri(uri);
  return listed(world, bucket, prefix)
    .filter(({ key }) => !key.endsWith('/'))
    .map(({ key, body }) => ({ path: pathFrom(prefix, key), body }));
}

/** `[{"prefix": "s3://bucket/some/"}, "one.csv", "more/two.csv"]` */
function manifestFiles(world: World, uri: string): InputFile[] {
  const { bucket, key } = parseS3Uri(uri);
  const manifest = listed(world, bucket, key).find((object) => object.key === key);
  if (!manifest) return [];
  const [head, ...names] = JSON.parse(new TextDecoder().decode(manifest.body)) as [
    { prefix: string },
    ...string[],
  ];
  return names.flatMap((path) => {
    const wanted = parseS3Uri(`${head.prefix}${path}`);
    const object = listed(world, wanted.bucket, wanted.key).find(({ key }) => key === wanted.key);
    return object ? [{ path, body: object.body }] : [];
  });
}

/** `a/b` + `a/b/x.csv` → `x.csv`; one object named whole gives its own name; `a/b` + `a/bc/y.csv` → `bc/y.csv`. */
function pathFrom(prefix: string, key: string): string {
  if (prefix === '' || prefix.endsWith('/')) return key.slice(prefix.length);
  if (key[prefix.length] === '/') return key.slice(prefix.length + 1);
  return key.slice(prefix.lastIndexOf('/') + 1);
}

function listed(world: World, bucket: string, prefix: string): readonly Listed[] {
  try {
    return world.s3.list(bucket, prefix);
  } catch (error) {
    // A bucket that is not there holds nothing; SageMaker words both cases the same way.
    if (error instanceof AwsError) return [];
    throw error;
  }
}
