/** Scalars as Go's YAML (`sigs.k8s.io/yaml`, which Kubernetes and kustomize use) writes and reads them. */
import { parseDocument, Scalar, visit } from 'yaml';
import { Json } from './json';

/** Begins a line of a block; as deep as a field of `data` is. */
const INDENT = '    ';

/** What Go writes as an escape: controls, and what two characters of UTF-16 make up. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;

/** What cannot begin a text without quotes, or be in it. */
const INDICATORS = /^([#,[\]{}&*!|>'"%@`]|[?:-](?=[ \t]|$)|---|\.\.\.)|:(?=[ \t]|$)|(?<=\s)#/;

/** Text that YAML 1.1 reads as minutes and seconds; Go itself does not. */
const BASE_60 = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;

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
  if (typeof resolved(text) !== 'string' || DATE.test(text) || BASE_60.test(text)) {
    return doubleQuoted(text);
  }
  return /^ | $/.test(text) || INDICATORS.test(text) ? `'${text.replaceAll('\'', '\'\'')}'` : text;
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(new RegExp(UNPRINTABLE, 'gu'), char => `\\U${char.codePointAt(0)!.toString(16).padStart(8, '0')}`);
}

/** A literal block. */
function literal(text: string): string {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : /(^|\n)\n$/.test(text) ? '+' : '';
  return `|${indentation}${chomping}\n${text.split('\n').map(line => line === '' ? line : INDENT + line).join('\n')}`;
}

/** A value, or why there is none. */
export type ScalarValue = { readonly value: Json; readonly error?: undefined } | { readonly value?: undefined; readonly error: string };

/** The value of a field that is written like that: text, a number, a structure; or why it cannot be read. */
export function scalarValue(written: string): ScalarValue {
  const end = written.endsWith('\n') ? '' : '\n';
  const document = parseDocument(`data:\n  key: ${written}${end}`, { schema: 'failsafe', version: '1.1', logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) {
    return { error: `YAML: ${problem.message.split(' at line')[0]}` };
  }
  visit(document, {
    Scalar: (key, node) => {
      if (key !== 'key' && node.type === Scalar.PLAIN) {
        node.value = resolved(node.source ?? '');
      }
    },
  });
  try {
    const { data } = document.toJS() as { data: { [key: string]: Json } | null };
    return { value: data?.key ?? null };
  } catch (error) {
    return { error: `YAML: ${(error as Error).message}` };
  }
}

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  // JSON has no such numbers.
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map(word => [word, NaN] as const),
]);

const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}($|[Tt \t])/;

/** What a text without quotes is. */
function resolved(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  if (!/^[-+.\d]/.test(text)) {
    return text;
  }
  const plain = text.replaceAll('_', '');
  const [, sign, digits] = INTEGER.exec(plain) ?? [];
  if (digits !== undefined) {
    const value = Number(digits.replace(/^0[oO]?(?=[0-7])/, '0o'));
    return sign === '-' ? -value : value;
  }
  return FLOAT.test(plain) ? Number(plain) : text;
}
