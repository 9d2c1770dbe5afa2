/**
 * Flux's `postBuild` substitution, as kustomize-controller does it: what becomes of a text, and of a whole object.
 *
 * @see https://github.com/fluxcd/pkg/tree/main/envsubst
 */
import { emittedScalar, ScalarValue, scalarValue } from './go-yaml';
import { isJsonObject, Json, JsonObject, pointerSegment } from './json';
import { Expression, hasDefault, parseExpression } from './substitution';

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
    return { text: parsed.map(part => typeof part === 'string' ? part : evaluate(part, variables, strict)).join('') };
  } catch (error) {
    if (error instanceof NotSet) {
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

class NotSet extends Error {}

function evaluate(expression: Expression, variables: VariableValues, strict: boolean): string {
  const { name, operator, operands } = expression;
  const values = operands.map(operand => typeof operand === 'string' ? operand : evaluate(operand, variables, strict));
  const value = variables.get(name);
  if (value === undefined && strict && !hasDefault(expression)) {
    throw new NotSet(`variable not set (strict mode): ${JSON.stringify(name)}`);
  }
  return (OPERATORS[operator] ?? defaultTo)(value ?? '', ...values);
}

type Operator = (value: string, ...operands: string[]) => string;

const defaultTo: Operator = (value, ...operands) => value === '' ? operands.join('') : value;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '#name': value => `${Buffer.byteLength(value)}`,
  ',': value => onFirst(value, first => first.toLowerCase()),
  ',,': value => value.toLowerCase(),
  '^': value => onFirst(value, first => first.toUpperCase()),
  '^^': value => value.toUpperCase(),
  ':': slice,
  '#': (value, pattern) => value.slice(trimmed(value, pattern, false)),
  '##': (value, pattern) => value.slice(trimmed(value, pattern, true)),
  '%': (value, pattern) => fromEnd(value, pattern, false),
  '%%': (value, pattern) => fromEnd(value, pattern, true),
  '/': (value, replaced, replacement = '') => value.replace(replaced, () => replacement),
  '//': (value, replaced, replacement = '') => value.replaceAll(replaced, () => replacement),
  '/#': (value, replaced, replacement) => replacement !== undefined && value.startsWith(replaced) ? replacement + value.slice(replaced.length) : value,
  '/%': (value, replaced, replacement) => replacement !== undefined && value.endsWith(replaced)
    ? value.slice(0, value.length - replaced.length) + replacement : value,
};

function onFirst(value: string, change: (first: string) => string): string {
  const [first = '', ...rest] = value;
  return change(first) + rest.join('');
}

const NUMBER = /^[-+]?\d+$/;

/** Go counts bytes. */
function slice(value: string, offset: string, length?: string): string {
  if (![offset, length ?? '0'].every(number => NUMBER.test(number))) {
    return value;
  }
  const bytes = Buffer.from(value);
  const start = Number(offset) < 0 ? Math.max(0, bytes.length + Number(offset)) : Number(offset);
  return bytes.subarray(start, length === undefined ? undefined : Math.max(start, start + Number(length))).toString();
}

/** How long the beginning of a text is that a pattern matches; the empty one does not count. */
function trimmed(value: string, pattern: string, longest: boolean): number {
  const expression = globExpression(pattern);
  const lengths = Array.from({ length: value.length }, (_, i) => i + 1).filter(length => expression?.test(value.slice(0, length)));
  return (longest ? lengths.at(-1) : lengths[0]) ?? 0;
}

const GLOB = /(\*+)|(\?)|(\[\^?(?:(?:\\.|[^\\\]-])(?:-(?:\\.|[^\\\]-]))?)+\])|\\(.)|([^*?[\\])/gsu;

/** A shell pattern as an expression; undefined where Go refuses it. `*` and `?` take a slash, too. */
function globExpression(pattern: string): RegExp | undefined {
  let length = 0;
  const source = [...pattern.matchAll(GLOB)].map(([token, star, one, set, escaped, char]) => {
    length += token.length;
    return star ? '.*' : one ? '.' : set ?? `\\u{${(escaped ?? char).codePointAt(0)!.toString(16)}}`;
  }).join('');
  return length === pattern.length ? new RegExp(`^${source}$`, 'su') : undefined;
}

function fromEnd(value: string, pattern: string, longest: boolean): string {
  const backwards = reversed(value);
  return reversed(backwards.slice(trimmed(backwards, reversed(pattern), longest)));
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/**
 * What becomes of one string of an object. Flux writes the object as YAML, in which quotes are only where the string as it is needs
 * them, substitutes in that text, and reads it again: so a value without quotes may come out as a number, or as more than a value.
 */
export function substituteString(text: string, variables: VariableValues, options: SubstituteOptions = {}): ScalarValue {
  const written = substitute(emittedScalar(text), variables, options);
  if (written.error !== undefined) {
    return { error: written.error };
  }
  const same = substitute(text, variables, options).text;
  return same !== undefined && emittedScalar(same) === written.text ? { value: same } : scalarValue(written.text);
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
 * What Flux makes of an object, string by string. Beside the whole text that Flux substitutes in, that leaves out: an expression that
 * begins in one string and ends in another, what a value with line breaks or quotes does to strings behind it, keys that are no text any
 * more (they become text again), and the line breaks that Go's YAML puts into text of more than 80 columns.
 */
export function substituteObject(manifest: JsonObject, variables: VariableValues, options: SubstituteOptions = {}): SubstitutedObject {
  if (isLeftAlone(manifest)) {
    return { object: manifest };
  }
  try {
    return { object: substitutedIn(manifest, '', text => substituteString(text, variables, options)) as JsonObject };
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

function substitutedIn(value: Json, pointer: string, change: (text: string) => ScalarValue): Json {
  if (typeof value === 'string') {
    const changed = change(value);
    if (changed.error !== undefined) {
      throw new Refusal(changed.error, pointer);
    }
    return changed.value;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => substitutedIn(item, `${pointer}/${i}`, change));
  }
  return !isJsonObject(value) ? value : Object.fromEntries(Object.entries(value).map(([key, item]) => {
    const below = `${pointer}/${pointerSegment(key)}`;
    return [String(substitutedIn(key, below, change)), substitutedIn(item, below, change)];
  }));
}
