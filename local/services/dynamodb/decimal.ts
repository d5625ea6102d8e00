import { validationError } from '../../aws-error.ts';

/** `digits × 10^exponent`, exactly. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const SHORT = /^(?:0|-?[1-9]\d{0,14})$/;
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * A number as DynamoDB keeps it: without an exponent, leading or trailing zeros.
 *
 * @throws AwsError for what is no number, has more than 38 digits, or lies outside 1E-130 to 9.99E+125
 */
export const canonicalNumber = (text: string): string => {
  if (SHORT.test(text)) return text;
  const number = parse(text);
  if (number === undefined) {
    throw validationError(
      `The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`,
    );
  }
  return stored(number);
};

export const addNumbers = (one: string, other: string): string => stored(sum(parse(one)!, parse(other)!));

export const subtractNumbers = (one: string, other: string): string => {
  const { digits, exponent } = parse(other)!;
  return stored(sum(parse(one)!, { digits: -digits, exponent }));
};

/** Negative, 0 or positive, as for `sort`. Both are canonical. */
export const compareNumbers = (one: string, other: string): number => {
  if (SHORT.test(one) && SHORT.test(other)) return Number(one) - Number(other);
  const { digits } = sum(parse(one)!, negated(parse(other)!));
  return digits === 0n ? 0 : digits < 0n ? -1 : 1;
};

const parse = (text: string): Decimal | undefined => {
  const [, sign, whole = '', fraction = '', power = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return trimmed({ digits: sign === '-' ? -digits : digits, exponent: Number(power) - fraction.length });
};

/** Without zeros at the end of its digits. */
const trimmed = ({ digits, exponent }: Decimal): Decimal => {
  if (digits === 0n) return { digits, exponent: 0 };
  const text = digits.toString();
  const zeros = text.length - text.replace(/0+$/, '').length;
  return zeros === 0
    ? { digits, exponent }
    : { digits: BigInt(text.slice(0, -zeros)), exponent: exponent + zeros };
};

const negated = ({ digits, exponent }: Decimal): Decimal => ({ digits: -digits, exponent });

const sum = (one: Decimal, other: Decimal): Decimal => {
  const exponent = Math.min(one.exponent, other.exponent);
  const scaled = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  return trimmed({ digits: scaled(one) + scaled(other), exponent });
};

const stored = ({ digits, exponent }: Decimal): string => {
  const sign = digits < 0n ? '-' : '';
  const figures = digits.toString().replace('-', '');
  const magnitude = digits === 0n ? 0 : figures.length - 1 + exponent;
  if (magnitude > 125) throw outOfRange('overflow', 'larger');
  if (magnitude < -130) throw outOfRange('underflow', 'smaller');
  if (figures.length > 38) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  if (exponent >= 0) return sign + figures + '0'.repeat(exponent);
  const padded = figures.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
};

const outOfRange = (what: string, than: string) =>
  validationError(`Number ${what}. Attempting to store a number with magnitude ${than} than supported range`);
