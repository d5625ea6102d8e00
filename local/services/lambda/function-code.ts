import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { AwsError } from '../../aws-error.ts';

/** Inside the project, so that `@aws-sdk/*`, which Lambda's runtime brings along, is found in its node_modules. */
const FUNCTIONS = fileURLToPath(new URL('../../../.signalbox/functions/', import.meta.url));

/** A function's unpacked package. */
export interface FunctionCode {
  /** Named after what is in it, so equal packages share it. */
  readonly directory: string;
  readonly hash: string;
  /** Whether anything in it could ask where AWS is. If not, worlds at different addresses can share its workers. */
  readonly callsAws: boolean;
}

const unpacked = new Map<string, FunctionCode>();

/** @throws AwsError InvalidZipFileException */
export const unpack = (zipPath: string): FunctionCode => {
  const { mtimeMs, size } = statSync(zipPath);
  const key = `${zipPath} ${mtimeMs} ${size}`;
  let code = unpacked.get(key);
  if (code === undefined) {
    code = write(readZip(zipPath));
    unpacked.set(key, code);
  }
  return code;
};

const readZip = (zipPath: string): [path: string, bytes: Uint8Array][] => {
  try {
    return Object.entries(unzipSync(readFileSync(zipPath)))
      .filter(([path]) => !path.endsWith('/'))
      .sort(([one], [other]) => (one < other ? -1 : 1));
  } catch (error) {
    throw new AwsError('InvalidZipFileException', `Could not unzip ${zipPath}: ${(error as Error).message}`);
  }
};

const write = (files: [path: string, bytes: Uint8Array][]): FunctionCode => {
  const digest = createHash('sha256');
  for (const [path, bytes] of files) digest.update(`${path.length} ${path} ${bytes.length} `).update(bytes);
  const hash = digest.digest('hex').slice(0, 32);
  const directory = join(FUNCTIONS, hash);
  if (!existsSync(directory)) {
    // Written aside and then renamed: another process may be doing the same.
    const aside = `${directory}.${process.pid}`;
    // Lambda has no package.json above the task root, so ours must not speak for the function.
    for (const [path, bytes] of [['package.json', Buffer.from('{}')] as const, ...files]) {
      mkdirSync(dirname(join(aside, path)), { recursive: true });
      writeFileSync(join(aside, path), bytes);
    }
    try {
      renameSync(aside, directory);
    } catch (error) {
      rmSync(aside, { recursive: true, force: true });
      if (!existsSync(directory)) throw error;
    }
  }
  const callsAws = files.some(([, bytes]) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return text.includes('AWS_ENDPOINT_URL') || text.includes('@aws-sdk/');
  });
  return { directory, hash, callsAws };
};
