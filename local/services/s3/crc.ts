/**
 * The two cyclic redundancy checks that Node has not: CRC-32C (Castagnoli) and
 * CRC-64/NVME. Both reflected, both with all bits set before and after.
 */

const CASTAGNOLI = 0x82f63b78;

const table32 = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ CASTAGNOLI : sum >>> 1;
  return sum;
});

export const crc32c = (body: Uint8Array): number => {
  let sum = 0xffffffff;
  for (let at = 0; at < body.length; at += 1) sum = (sum >>> 8) ^ table32[(sum ^ body[at]!) & 0xff]!;
  return ~sum >>> 0;
};

const NVME = 0x9a6c9329ac4bc9b5n;

/** High and low halves apart: big integers would take seconds for a part of 8 MB. */
const high = new Uint32Array(256);
const low = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let sum = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1n ? (sum >> 1n) ^ NVME : sum >> 1n;
  high[byte] = Number(sum >> 32n);
  low[byte] = Number(sum & 0xffffffffn);
}

/** In the order of its bytes, most significant first. */
export const crc64Nvme = (body: Uint8Array): Buffer => {
  let upper = 0xffffffff;
  let lower = 0xffffffff;
  for (let at = 0; at < body.length; at += 1) {
    const index = (lower ^ body[at]!) & 0xff;
    lower = ((lower >>> 8) | (upper << 24)) ^ low[index]!;
    upper = (upper >>> 8) ^ high[index]!;
  }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(~upper >>> 0, 0);
  bytes.writeUInt32BE(~lower >>> 0, 4);
  return bytes;
};
