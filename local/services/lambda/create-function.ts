import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError, notModelled } from '../../aws-error.ts';
import type { Operation } from '../../service.ts';
import type { World } from '../../world.ts';
import { configurationOf } from './function-configuration.ts';
import type { Lambda } from './lambda.ts';
import { variablesFault } from './reserved-variables.ts';

interface Input {
  readonly FunctionName: string;
  readonly Role: string;
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Code: Readonly<
    Record<'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'ImageUri', string | undefined>
  > & {
    readonly ZipFile?: Uint8Array;
  };
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly Layers?: readonly string[];
}

/** A function of one's own, in JavaScript. It is active at once, where AWS takes some seconds. */
export const createFunction =
  (lambda: Lambda, world: World): Operation =>
  (input: Input) => {
    const name = input.FunctionName.split(':function:').at(-1)!.split(':')[0]!;
    const { Runtime = '', Handler, Environment } = input;
    if (lambda.functions.has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    }
    if (!Runtime.startsWith('nodejs')) throw notModelled(`The runtime ${Runtime || 'of an image'}`);
    if (input.Layers?.length) throw notModelled('A function with layers');
    if (Handler === undefined) throw wrongValue('Handler parameter is required for zip functions.');
    const fault = variablesFault(Environment?.Variables ?? {});
    if (fault !== undefined) throw wrongValue(fault);
    if (!world.iam.trusts(input.Role, 'lambda.amazonaws.com')) {
      throw wrongValue('The role defined for the function cannot be assumed by Lambda.');
    }
    const created = lambda.createFunction({
      name,
      zipPath: keptZip(world, name, requireZip(zipOf(world, input.Code))),
      handler: Handler,
      environment: Environment?.Variables ?? {},
      ...(input.Timeout !== undefined && { timeoutSeconds: input.Timeout }),
      ...(input.MemorySize !== undefined && { memoryMb: input.MemorySize }),
      roleArn: input.Role,
    });
    return configurationOf(created);
  };

const wrongValue = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

function zipOf(world: World, { ZipFile, S3Bucket, S3Key, S3ObjectVersion }: Input['Code']): Uint8Array {
  if (ZipFile !== undefined) return ZipFile;
  if (S3Bucket === undefined || S3Key === undefined) throw notModelled('A function without a zip file');
  const object = world.s3.get(S3Bucket, S3Key, S3ObjectVersion);
  if (object !== undefined) return object.body;
  throw wrongValue(
    'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
  );
}

/** Told without the place where it is kept here. */
function requireZip(zip: Uint8Array): Uint8Array {
  try {
    unzipSync(zip, { filter: () => false });
    return zip;
  } catch {
    throw new AwsError(
      'InvalidZipFileException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
}

function keptZip(world: World, name: string, zip: Uint8Array): string {
  const directory = join(world.directory, 'functions');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}-${world.clock.now()}.zip`);
  writeFileSync(path, zip);
  return path;
}
