/**
 * Flux's `postBuild` substitution, as kustomize-controller does it: what becomes of a text, and of a whole object.
 *
 * @see https://github.com/fluxcd/pkg/tree/main/envsubst
 */
import { matchesGlob, parseGlob } from './glob';
import { emittedScalar, isTabBlock, Place, placeOfKey } from './go-yaml';
import { ScalarValue, scalarValue, TAB } from './go-yaml-reader';
import { isJsonObject, Json, JsonObject, pointerSegment } from './json';
import { Expression, hasDefault, parseExpression } from './substitution';
import { Bytes, characterAt, characters, decoded, fromBytes, toBytes } from './utf8';

/** Values of variables, by name. */
export type VariableValues = ReadonlyMap<string, string>;

/** What comes of a substitution: the text, or what Flux says instead. */
export type Substituted = { readonly text: string; readonly error?: undefined } | { readonly text?: undefined; readonly error: string };

/** How strict Flux is. */
export interface SubstituteOptions {
  /**
   * Whether a variable without a value is an error; otherwise it is empty.
   *
   * @default true, as in Flux since 2.9
   */
  readonly strict?: boolean;
}

/** What Flux makes of a text. */
export function substitute(text: string, variables: VariableValues, { strict = true }: SubstituteOptions = {}): Substituted {
  const parsed = parse(text);
  if (!Array.isArray(parsed)) {
    return { error: parsed.error };
  }
  try {
    const result = fromBytes(parsed.map(part => typeof part === 'string' ? toBytes(part) : evaluate(part, variables, strict)).join(''));
    // What reads the text next wants whole characters.
    return result === undefined ? { error: 'YAML: invalid UTF-8' } : { text: result };
  } catch (error) {
    if (error instanceof Refused) {
      return { error: error.message };
    }
    throw error;
  }
}

/** What Flux reads in a text: the expressions, those within others behind them; or what it says, and where. */
export function readText(text: string): { readonly expressions: Expression[] } | { readonly error: string; readonly at: number } {
  const parsed = parse(text);
  return Array.isArray(parsed) ? { expressions: parsed.flatMap(allIn) } : parsed;
}

function allIn(part: string | Expression): Expression[] {
  return typeof part === 'string' ? [] : [part, ...part.operands.flatMap(allIn)];
}

/** A text as Flux parses it: text, in which `$$` is `$`, and expressions; what Flux says where it cannot. */
function parse(text: string): (string | Expression)[] | { readonly error: string; readonly at: number } {
  const parts: (string | Expression)[] = [];
  const mark = /\$\$|\$\{/g;
  let at = 0;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    parts.push(text.slice(at, match.index));
    if (match[0] === '$$') {
      parts.push('$');
      at = mark.lastIndex;
    } else {
      const expression = parseExpression(text, match.index);
      if (typeof expression === 'string') {
        return { error: expression, at: match.index };
      }
      parts.push(expression);
      at = mark.lastIndex = expression.end;
    }
  }
  return [...parts, text.slice(at)];
}

/** What Flux says of an expression that it can read. */
class Refused extends Error {}

function evaluate(expression: Expression, variables: VariableValues, strict: boolean): Bytes {
  const { name, operator, operands } = expression;
  const values = operands.map(operand => typeof operand === 'string' ? toBytes(operand) : evaluate(operand, variables, strict));
  const value = variables.get(name);
  if (value === undefined && strict && !hasDefault(expression)) {
    throw new Refused(`variable not set (strict mode): ${JSON.stringify(name)}`);
  }
  return (OPERATORS[operator] ?? defaultTo)(toBytes(value ?? ''), ...values);
}

type Operator = (value: Bytes, ...operands: Bytes[]) => Bytes;

const defaultTo: Operator = (value, ...operands) => value === '' ? operands.join('') : value;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '#name': value => `${value.length}`,
  ',': value => onFirst(value, lowerCase),
  ',,': value => characters(value).map(lowerCase).join(''),
  '^': value => onFirst(value, upperCase),
  '^^': value => characters(value).map(upperCase).join(''),
  ':': slice,
  '#': (value, pattern) => value.slice(trimmed(value, pattern, false)),
  '##': (value, pattern) => value.slice(trimmed(value, pattern, true)),
  '%': (value, pattern) => fromEnd(value, pattern, false),
  '%%': (value, pattern) => fromEnd(value, pattern, true),
  '/': (value, replaced, replacement = '') => value.replace(replaced, () => replacement),
  '//': (value, replaced, replacement = '') => (replaced === '' ? ['', ...characters(value), ''] : value.split(replaced)).join(replacement),
  '/#': (value, replaced, replacement) => replacement !== undefined && value.startsWith(replaced) ? replacement + value.slice(replaced.length) : value,
  '/%': (value, replaced, replacement) => replacement !== undefined && value.endsWith(replaced)
    ? value.slice(0, value.length - replaced.length) + replacement : value,
};

function onFirst(value: Bytes, change: (first: Bytes) => Bytes): Bytes {
  const first = characterAt(value, 0);
  return first === '' ? '' : change(first) + value.slice(first.length);
}

/** Go maps character by character: where one would become several, it stays, or there is another that is one. */
function lowerCase(character: Bytes): Bytes {
  const char = decoded(character);
  return toBytes(char === '\u0130' ? 'i' : single(char.toLowerCase(), char));
}

function upperCase(character: Bytes): Bytes {
  const char = decoded(character);
  return toBytes(single(char.toUpperCase(), IOTA_BELOW.get(char) ?? char));
}

function single(changed: string, otherwise: string): string {
  return [...changed].length === 1 ? changed : otherwise;
}

/** Greek letters with an iota below, which JavaScript takes apart. */
const IOTA_BELOW: ReadonlyMap<string, string> = new Map([
  ...[...'ᾀᾁᾂᾃᾄᾅᾆᾇᾐᾑᾒᾓᾔᾕᾖᾗᾠᾡᾢᾣᾤᾥᾦᾧ'].map(char => [char, String.fromCodePoint(char.codePointAt(0)! + 8)] as const),
  ...[...'ᾳῃῳ'].map(char => [char, String.fromCodePoint(char.codePointAt(0)! + 9)] as const),
]);

const NUMBER = /^[-+]?\d+$/;

function slice(value: Bytes, ...operands: Bytes[]): Bytes {
  const [offset, length] = operands.map(operand => NUMBER.test(operand) && Math.abs(Number(operand)) < 2 ** 63 ? Number(operand) : NaN);
  if (Number.isNaN(offset) || Number.isNaN(length)) {
    return value;
  }
  const start = offset < 0 ? Math.max(0, value.length + offset) : offset;
  const end = length === undefined ? value.length : start + length;
  if (end < value.length && end < start) {
    // What a controller says of a panic. Go looks at the end first.
    throw new Refused(`panic: runtime error: slice bounds out of range [${end < 0 ? '' : start}:${end}]`);
  }
  return value.slice(start, end);
}

/** How long the beginning of a text is that a pattern matches; the empty one does not count. */
function trimmed(value: Bytes, pattern: Bytes, longest: boolean): number {
  const glob = parseGlob(pattern);
  const lengths = glob ? Array.from(value, (_, i) => i + 1).filter(length => matchesGlob(glob, value.slice(0, length))) : [];
  return (longest ? lengths.at(-1) : lengths[0]) ?? 0;
}

function fromEnd(value: Bytes, pattern: Bytes, longest: boolean): Bytes {
  const backwards = reversed(value);
  return reversed(backwards.slice(trimmed(backwards, reversed(pattern), longest)));
}

/** By characters: half a one becomes a whole U+FFFD. */
function reversed(bytes: Bytes): Bytes {
  return characters(bytes).map(character => toBytes(decoded(character))).reverse().join('');
}

/**
 * What becomes of one string of an object. Flux writes the object as YAML, in which quotes are only where the string as it is needs
 * them, substitutes in that text, and reads it again: so a value without quotes may come out as a number, or as more than a value.
 */
export function substituteString(text: string, variables: VariableValues, options: SubstituteOptions = {}, place: Place = 'field'): ScalarValue {
  const written = substitute(emittedScalar(text), variables, options);
  if (written.error !== undefined) {
    return { error: written.error };
  }
  // A key may be too long for a key, or have a meaning.
  const same = place === 'key' && text !== written.text ? undefined : substitute(text, variables, options).text;
  return same !== undefined && emittedScalar(same) === written.text ? { value: same } : scalarValue(written.text, place);
}

/** What Flux makes of an object, or what it says instead, with the JSON pointer of the string that it says it of. */
export type SubstitutedObject = { readonly object: JsonObject; readonly error?: undefined }
| { readonly object?: undefined; readonly error: string; readonly pointer: string };

const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether an object says that Flux is not to substitute in it. */
export function isLeftAlone({ metadata }: JsonObject): boolean {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {} as JsonObject;
  return [labels, annotations].some(map => isJsonObject(map) && map[SUBSTITUTE] === 'disabled');
}

/**
 * What Flux makes of an object, string by string. Beside the whole text that Flux substitutes in, that leaves out:
 *
 * - what begins in one string and ends in another: an expression, quotes or brackets that a value opens, an anchor. The one string is refused.
 * - line breaks in a value (`\r`, U+0085, U+2028, U+2029; Flux takes out `\n`) and byte order marks.
 * - a key that becomes a comment, a tag, a block, a list, or another key of its mapping, or that begins with a space.
 * - a `!`, a comma or a bracket in the name of a tag.
 * - the line breaks that Go's YAML puts into text of more than 80 columns: they may fall into the operand of an expression.
 */
export function substituteObject(manifest: JsonObject, variables: VariableValues, options: SubstituteOptions = {}): SubstitutedObject {
  if (isLeftAlone(manifest)) {
    return { object: manifest };
  }
  try {
    return { object: substitutedIn(manifest, '', (text, place) => substituteString(text, variables, options, place)) as JsonObject };
  } catch (error) {
    if (error instanceof Refusal) {
      return { error: error.message, pointer: error.pointer };
    }
    throw error;
  }
}

class Refusal extends Error {
  constructor(message: string, public readonly pointer: string) {
    super(message);
  }
}

type Change = (text: string, place: Place) => ScalarValue;

function substitutedIn(value: Json, pointer: string, change: Change, at: Place = 'field'): Json {
  if (typeof value === 'string') {
    const changed = change(value, at);
    if (changed.error !== undefined) {
      throw new Refusal(changed.error, pointer);
    }
    if (typeof changed.value === 'string' && isTabBlock(changed.value)) {
      throw new Refusal(`UnmarshalJSON: ${TAB}`, pointer);
    }
    return changed.value;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => substitutedIn(item, `${pointer}/${i}`, change, 'item'));
  }
  return !isJsonObject(value) ? value : Object.fromEntries(Object.entries(value).map(([key, item]) => {
    const below = `${pointer}/${pointerSegment(key)}`;
    const place = placeOfKey(key);
    // Behind a key with a line of its own, a value stands as in a list.
    return [substitutedIn(key, below, change, place) as string, substitutedIn(item, below, change, place === 'key' ? 'field' : 'item')];
  }));
}
