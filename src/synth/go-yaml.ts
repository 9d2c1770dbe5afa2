/** Text as Go's YAML (`sigs.k8s.io/yaml`, which Kubernetes and kustomize use) writes it. */
import { resolved } from './go-scalar';

/** Begins a line of a block; as deep as a field of `data` is. */
export const INDENT = '    ';

/**
 * What Go writes as an escape: controls, and what two characters of UTF-16 make up. (The line breaks U+2028 and U+2029, too, are here, for
 * which Go has its own way.)
 */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

/** What cannot begin a text without quotes, or be in it. */
const INDICATORS = /^([#,[\]{}&*!|>'"%@`]|[?:-](?=[ \t]|$)|---|\.\.\.)|:(?=[ \t]|$)|(?<=\s)#/;

/** Text that YAML 1.1 reads as minutes and seconds; Go itself does not. */
const BASE_60 = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;

/** Text that Go's reader of YAML 1.1 takes for a time. */
const TIME = /^\d{4}-\d{1,2}-\d{1,2}([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?)?$/;

/** A text as Go writes it as the value of a field, without folding long lines. */
export function emittedScalar(text: string): string {
  if (text === '') {
    return '""';
  }
  if (UNPRINTABLE.test(text)) {
    return doubleQuoted(text);
  }
  if (text.includes('\n')) {
    return / (\n|$)/.test(text) ? doubleQuoted(text) : literal(text);
  }
  if (typeof resolved(text) !== 'string' || TIME.test(text) || BASE_60.test(text)) {
    return doubleQuoted(text);
  }
  return /^ | $/.test(text) || INDICATORS.test(text) ? `'${text.replaceAll('\'', '\'\'')}'` : text;
}

/** Whether kustomize writes a text, once something was substituted in its object, as a literal block that it cannot read: one that a tab begins. */
export function isTabBlock(text: string): boolean {
  return text.startsWith('\t') && text.includes('\n') && emittedScalar(text.replaceAll('\t', '.')).startsWith('|');
}

/** Where a text stands: behind the name of a field, behind the dash of a list, or as the name of a field, which may need a line of its own. */
export type Place = 'field' | 'item' | 'key' | 'complex key';

/** Where Go writes the name of a field. */
export function placeOfKey(text: string): Place {
  return text.includes('\n') || Buffer.byteLength(text) > 128 ? 'complex key' : 'key';
}

/** Text that begins with a byte order mark is escaped character by character, by a mistake of Go's. */
function doubleQuoted(text: string): string {
  return `"${text.replace(text.startsWith('\ufeff') ? /[^]/gu : /["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu, escaped)}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\x1b': 'e', '"': '"', '\\': '\\', '\x85': 'N', '\xa0': '_', '\u2028': 'L', '\u2029': 'P',
};

function escaped(char: string): string {
  const code = char.codePointAt(0)!;
  const [mark, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${ESCAPES[char] ?? mark + code.toString(16).toUpperCase().padStart(width as number, '0')}`;
}

/** A literal block. */
function literal(text: string): string {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : /(^|\n)\n$/.test(text) ? '+' : '';
  return `|${indentation}${chomping}\n${text.split('\n').map(line => line === '' ? line : INDENT + line).join('\n')}`;
}
