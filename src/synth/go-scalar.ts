/** What Go's YAML takes a scalar without quotes for. */
export type Resolved = string | number | bigint | boolean | null;

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, -Infinity] as const),
]);

const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const SIGN_BEHIND_PREFIX = /^0b([-+][01]+)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const FRACTION = /^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/;

/** What a text without quotes is. */
export function resolved(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  if (text.startsWith('.')) {
    return FRACTION.test(text) ? finite(text.replaceAll('_', ''), text) : text;
  }
  const plain = text.replaceAll('_', '');
  return !/^[-+\d]/.test(text) ? text : integer(plain) ?? (FLOAT.test(plain) ? finite(plain, text) : text);
}

function finite(number: string, otherwise: string): string | number {
  const value = Number(number);
  return Number.isFinite(value) ? value : otherwise;
}

/** An integer of 64 bits. */
function integer(plain: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(plain.replace(SIGN_BEHIND_PREFIX, (_, bits: string) => `${bits[0]}0b${bits.slice(1)}`)) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const size = BigInt(digits.replace(/^0[oO]?(?=[0-7])/, '0o'));
  const value = sign === '-' ? -size : size;
  return value >= -(2n ** 63n) && value < (sign === '' ? 2n ** 64n : 2n ** 63n) ? value : undefined;
}

/** A number with a fraction as the text of a key: Go gives it half of its bits. */
export function floatText(number: number): string {
  const value = Math.fround(number);
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
  }
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(count => Math.fround(Number(value.toPrecision(count))) === value) ?? 9;
  const [, mantissa, sign, exponent] = /^(.*)e([-+])(.*)$/.exec(value.toExponential(digits - 1))!;
  const power = Number(sign + exponent);
  return power < -4 || power >= 6 ? `${mantissa}e${sign}${exponent.padStart(2, '0')}` : String(Number(value.toPrecision(digits)));
}
