import { isIPv4 } from 'node:net';
import { invalidPattern } from './pattern-reader.ts';

const LOOKS_LIKE_V4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const LOOKS_LIKE_V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

/** An address as its bits, with its width in bits, so that v4 and v6 never meet. */
interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** The address that `text` names, or undefined if it names none. */
export const parseAddress = (text: string): Address | undefined => {
  if (LOOKS_LIKE_V4.test(text)) {
    if (!isIPv4(text)) return undefined;
    const bits = text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
    return { bits, width: 32 };
  }
  if (!LOOKS_LIKE_V6.test(text)) return undefined;
  const groups = v6Groups(text);
  return groups && { bits: groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n), width: 128 };
};

export const sameAddress = (one: Address, other: Address | undefined): boolean =>
  other !== undefined && one.width === other.width && one.bits === other.bits;

/**
 * A test for addresses in a block such as `10.0.0.0/8`.
 *
 * @throws AwsError InvalidEventPatternException, without a location, as EventBridge words it
 */
export const addressBlock = (cidr: string): ((value: unknown) => boolean) => {
  const [text = '', mask = '', ...more] = cidr.split('/');
  if (!cidr.includes('/') || more.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const maskBits = Number(mask);
  if (maskBits < 0) throw invalidPattern('Malformed CIDR, mask bits must not be negative');

  const base = parseAddress(text);
  if (base === undefined) throw invalidPattern(`Nonstandard IP address: ${text}`);
  if (maskBits >= base.width) {
    throw invalidPattern(`${base.width === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${base.width}`);
  }

  const shift = BigInt(base.width - maskBits);
  return (value) => {
    const address = typeof value === 'string' ? parseAddress(value) : undefined;
    return (
      address !== undefined && address.width === base.width && address.bits >> shift === base.bits >> shift
    );
  };
};

const v6Groups = (text: string): number[] | undefined => {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head!, ...(tail ?? [])];
  if (given.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const zeros = new Array<string>(missing).fill('0');
  return [...head!, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
};
