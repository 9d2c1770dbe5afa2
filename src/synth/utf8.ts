/**
 * Text as Go has it: the bytes of its UTF-8, here a character of U+0000 to U+00FF each. Go cuts and matches bytes, so half a character may
 * be left; what reads characters takes each byte of it for a U+FFFD.
 */
export type Bytes = string;

const ASCII = /^[\x00-\x7f]*$/;

/** Source of an expression for the bytes of one character. */
export const CHARACTER = [
  '[\\x00-\\x7f]',
  '[\\xc2-\\xdf][\\x80-\\xbf]',
  '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|\\xed[\\x80-\\x9f][\\x80-\\xbf]|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
  '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}',
].join('|');

/** A character, or a byte that belongs to none. */
const CHARACTER_OR_BYTE = new RegExp(`${CHARACTER}|[\\x80-\\xff]`, 'y');

export function toBytes(text: string): Bytes {
  return ASCII.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** The text; undefined where there is half a character in it. */
export function fromBytes(bytes: Bytes): string | undefined {
  if (ASCII.test(bytes)) {
    return bytes;
  }
  const text = Buffer.from(bytes, 'latin1').toString();
  return toBytes(text) === bytes ? text : undefined;
}

/** The bytes of the character at a place. */
export function characterAt(bytes: Bytes, at: number): Bytes {
  CHARACTER_OR_BYTE.lastIndex = at;
  return CHARACTER_OR_BYTE.exec(bytes)?.[0] ?? '';
}

/** The characters one by one, each as its bytes. */
export function characters(bytes: Bytes): Bytes[] {
  const found: Bytes[] = [];
  for (let at = 0; at < bytes.length; at += found.at(-1)!.length) {
    found.push(characterAt(bytes, at));
  }
  return found;
}

/** What Go reads in the bytes of a character. */
export function decoded(character: Bytes): string {
  return fromBytes(character) ?? '\ufffd';
}
