import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../aws-error.ts';
import { crc32c, crc64Nvme } from './crc.ts';

/** Checksums as S3 writes them, in base64 by the member that carries each, such as `ChecksumCRC32`. */
export type Checksums = Readonly<Record<string, string>>;

type Compute = (body: Uint8Array) => Buffer;

const hashed =
  (name: string): Compute =>
  (body) =>
    createHash(name).update(body).digest();

const computed: Readonly<Record<string, Compute>> = {
  ChecksumCRC32: (body) => bytesOf(crc32(body)),
  ChecksumCRC32C: (body) => bytesOf(crc32c(body)),
  ChecksumCRC64NVME: (body) => crc64Nvme(body),
  ChecksumMD5: hashed('md5'),
  ChecksumSHA1: hashed('sha1'),
  ChecksumSHA256: hashed('sha256'),
  ChecksumSHA512: hashed('sha512'),
};

/**
 * The checksums that a caller sent with a body, after a look whether they are
 * right. What this world cannot compute (xxHash) is kept unseen.
 *
 * @throws AwsError BadDigest for a body that is not what was summed up
 */
export const verifiedChecksums = (input: object, body: Uint8Array): Checksums => {
  const given = Object.entries(input).filter(
    (entry): entry is [string, string] =>
      /^Checksum(CRC|SHA|MD5|XX)/.test(entry[0]) && typeof entry[1] === 'string',
  );
  for (const [member, told] of given) {
    if (computed[member] !== undefined && computed[member](body).toString('base64') !== told) {
      throw badDigest(member.slice('Checksum'.length));
    }
  }
  const { ContentMD5: md5 } = input as { ContentMD5?: string };
  if (md5 !== undefined && hashed('md5')(body).toString('base64') !== md5) throw badDigest('Content-MD5');
  return Object.fromEntries(given);
};

/** The checksum that S3 makes of a body that came without one, or the one that its sender named. */
export const madeChecksum = (body: Uint8Array, algorithm = 'CRC64NVME'): Checksums => {
  const member = `Checksum${algorithm}`;
  const compute = computed[member];
  return compute === undefined ? {} : { [member]: compute(body).toString('base64') };
};

const badDigest = (name: string): AwsError =>
  new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);

const bytesOf = (sum: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum);
  return bytes;
};
