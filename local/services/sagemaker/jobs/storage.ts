import { AwsError } from '../../../aws-error.ts';
import type { World } from '../../../world.ts';
import type { ExecutionRole } from '../execution-role.ts';

// What SageMaker does in S3 with a job's role: the one place where jobs read and write objects.

export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** One object of an input, under the path at which the container finds it. */
export interface InputFile {
  readonly path: string;
  readonly body: Uint8Array;
  readonly location: S3Location;
}

interface Listed extends S3Location {
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

/** The files that an S3 data source names; none if nothing is there. Whether the role may read them is `downloadFault`'s to say. */
export function inputFiles(world: World, uri: string, dataType: string): InputFile[] {
  return dataType === 'ManifestFile' ? manifestFiles(world, uri) : prefixFiles(world, uri);
}

/** Why SageMaker cannot bring an input into the container; undefined when it can. */
export function downloadFault(
  world: World,
  role: ExecutionRole,
  uri: string,
  dataType: string,
): string | undefined {
  const { bucket, key: prefix } = parseS3Uri(uri);
  if (!role.mayList(bucket, prefix)) return denied('download', { bucket, key: prefix });
  if (dataType === 'ManifestFile') return manifestFault(world, role, uri);
  return filesFault(role, uri, filesBelow(world, bucket, prefix));
}

/** A list is read before anything that it names; one name without an object fails the whole input. */
function manifestFault(world: World, role: ExecutionRole, uri: string): string | undefined {
  const manifest = objectAt(world, parseS3Uri(uri));
  if (manifest === undefined) return matchedNothing(uri);
  if (!role.mayRead(manifest.bucket, manifest.key)) return denied('download', manifest);
  const named = namedIn(manifest.body);
  if (named === undefined) return `Manifest file at ${uri} is not valid`;
  const missing = named.find(({ location }) => objectAt(world, location) === undefined);
  if (missing !== undefined) return matchedNothing(`s3://${missing.location.bucket}/${missing.location.key}`);
  return filesFault(
    role,
    uri,
    named.map(({ location }) => location),
  );
}

function filesFault(role: ExecutionRole, uri: string, locations: readonly S3Location[]): string | undefined {
  if (locations.length === 0) return matchedNothing(uri);
  const unreadable = locations.find((one) => !role.mayRead(one.bucket, one.key));
  return unreadable && denied('download', unreadable);
}

const matchedNothing = (uri: string): string => `S3 key: ${uri} matched no files on s3`;

/** @throws AwsError AccessDenied if the role may not write there */
export function putObject(
  world: World,
  role: ExecutionRole,
  { bucket, key }: S3Location,
  body: Uint8Array | string,
): void {
  if (!role.mayWrite(bucket, key)) throw new AwsError('AccessDenied', denied('upload', { bucket, key }), 403);
  world.s3.put(bucket, key, body);
}

/** @throws AwsError AccessDenied if the role may not delete there */
export function deleteObject(world: World, role: ExecutionRole, { bucket, key }: S3Location): void {
  if (!role.mayDelete(bucket, key))
    throw new AwsError('AccessDenied', denied('delete', { bucket, key }), 403);
  world.s3.delete(bucket, key);
}

/** Reported for downloads; the other two follow it. */
const denied = (what: string, { bucket, key }: S3Location): string =>
  `Unable to ${what} object s3://${bucket}/${key} (AccessDenied: Access Denied)`;

function prefixFiles(world: World, uri: string): InputFile[] {
  const { bucket, key: prefix } = parseS3Uri(uri);
  return filesBelow(world, bucket, prefix).map(({ key, body }) => ({
    path: pathFrom(prefix, key),
    body,
    location: { bucket, key },
  }));
}

/** Every object whose key starts with the prefix. A key that ends in a slash is a console's folder, no file. */
const filesBelow = (world: World, bucket: string, prefix: string): Listed[] =>
  listed(world, bucket, prefix).filter(({ key }) => !key.endsWith('/'));

function manifestFiles(world: World, uri: string): InputFile[] {
  const manifest = objectAt(world, parseS3Uri(uri));
  return (namedIn(manifest?.body) ?? []).flatMap(({ path, location }) => {
    const object = objectAt(world, location);
    return object ? [{ path, body: object.body, location }] : [];
  });
}

/**
 * `[{"prefix": "s3://bucket/some/"}, "one.csv", "more/two.csv"]`: prefix and name together are an object's URI,
 * the name alone is its path in the container.
 *
 * @returns undefined for what is no such list
 */
function namedIn(body: Uint8Array | undefined): { path: string; location: S3Location }[] | undefined {
  try {
    const [head, ...paths] = JSON.parse(new TextDecoder().decode(body)) as [{ prefix: string }, ...string[]];
    if (typeof head.prefix !== 'string' || paths.some((path) => typeof path !== 'string')) return undefined;
    return paths.map((path) => ({ path, location: parseS3Uri(`${head.prefix}${path}`) }));
  } catch {
    return undefined;
  }
}

const objectAt = (world: World, { bucket, key }: S3Location): Listed | undefined =>
  listed(world, bucket, key).find((object) => object.key === key);

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
