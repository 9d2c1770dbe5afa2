import type { ValidationError } from './ajv';
import { CelRule, Schema } from './schema';
import { isJsonObject, Json } from '../synth/json';

/** Where an object is not as its definition wants it, in words. */
export interface Violation {
  /** JSON pointer. */
  readonly pointer: string;
  /** A sentence without its subject, the object. */
  readonly message: string;
  /** How to mend it, as an order. */
  readonly fix: string;
}

interface Type {
  readonly noun: string;
  readonly fits: (value: Json) => boolean;
}

const TYPES: Readonly<Record<string, Type>> = {
  string: { noun: 'a text', fits: value => typeof value === 'string' },
  integer: { noun: 'a whole number', fits: Number.isInteger },
  number: { noun: 'a number', fits: value => typeof value === 'number' },
  boolean: { noun: 'true or false', fits: value => typeof value === 'boolean' },
  array: { noun: 'a list', fits: Array.isArray },
  object: { noun: 'a mapping', fits: isJsonObject },
};

const INT_OR_STRING: Type = { noun: 'a number or a text', fits: value => typeof value === 'number' || typeof value === 'string' };

function typeOf(schema: Schema): Type | undefined {
  return schema['x-kubernetes-int-or-string'] ? INT_OR_STRING : TYPES[schema.type ?? ''];
}

/** A value of another type than its schema has. */
export function typeViolation(schema: Schema, value: Json, pointer: string): Violation | undefined {
  const type = typeOf(schema);
  return !type || type.fits(value) ? undefined : {
    pointer,
    message: `has ${shown(value)} at ${pointer}, where ${type.noun} is expected`,
    fix: type === TYPES.string && typeof value !== 'object' ? `write it as a text: '${String(value)}'` : `give ${type.noun}${value === null ? ', or leave it out' : ''}`,
  };
}

/** A field that is required and not there. */
export function missingField(schema: Schema | undefined, pointer: string): Violation {
  const type = schema && typeOf(schema);
  const choices = schema?.enum ? `one of ${schema.enum.join(', ')}` : type?.noun;
  return { pointer, message: `has no ${pointer}, which its definition requires`, fix: choices === undefined ? 'add it' : `add it: ${choices}` };
}

/** A field that the schema does not know. */
export function unknownField(schema: Schema, name: string, pointer: string): Violation {
  const names = Object.keys(schema.properties ?? {});
  const near = nearest(name, names);
  return {
    pointer,
    message: `has the field ${pointer}, which its definition does not know`,
    fix: near !== undefined ? `write ${near}, or leave it out` : names.length === 0 ? 'leave it out' : `leave it out; known there: ${few(names)}`,
  };
}

/** An entry of a list whose key another one has, too. */
export function repeatedItem(schema: Schema, item: Json, first: number, i: number, pointer: string): Violation {
  const keys = schema['x-kubernetes-list-map-keys'];
  const key = keys && isJsonObject(item) ? keys.filter(name => item[name] !== undefined).map(name => `${name} ${shown(item[name])}`).join(', ') : shown(item);
  return {
    pointer: `${pointer}/${i}`,
    message: `has ${key} at ${pointer}/${first} and at ${pointer}/${i}, in a list in which each is once`,
    fix: 'leave one of them out',
  };
}

/** An entry of a list without what tells it apart from the others. */
export function missingKey(schema: Schema, pointer: string): Violation {
  const keys = few(schema['x-kubernetes-list-map-keys']!);
  return { pointer, message: `has an entry at ${pointer} without ${keys}, which tells the entries of that list apart`, fix: `add ${keys}` };
}

/** A rule in CEL that is not kept. */
export function brokenCelRule({ rule, message }: CelRule, pointer: string): Violation {
  const words = message?.trim().replace(/\.$/, '');
  return {
    pointer,
    message: `breaks a rule of its definition${pointer === '' ? '' : ` at ${pointer}`}: ${words ?? rule}`,
    fix: words === undefined ? 'change it so that this holds' : `change it so that this holds: ${rule}`,
  };
}

type Say = (params: any, value: Json) => readonly [expected: string, fix: string];

const atMost = (one: string, many: string): Say => ({ limit }) => [`at most ${limit} ${limit === 1 ? one : many} expected`, 'leave some out'];
const atLeast = (one: string, many: string): Say => ({ limit }) => [`at least ${limit} ${limit === 1 ? one : many} expected`, 'give more'];

const RULES: Readonly<Record<string, Say>> = {
  enum: ({ allowedValues }) => [`one of ${few(allowedValues, 30)} expected`, `give one of ${few(allowedValues, 30)}`],
  pattern: ({ pattern }) => /\(?ms\|s\|m/.test(pattern) || /\(h\|m\|s\|ms\)/.test(pattern) ? ['a duration expected', 'write it as a duration such as 10m or 1h30m']
    : pattern.startsWith('^(\\+|-)?((') || pattern.startsWith('^\\s*[+-]?([0-9]+') ? ['a quantity expected', 'write it as a quantity such as 500m or 2Gi']
      : [`${pattern} expected`, 'write it so that it matches'],
  format: ({ format }) => [`a value of the format ${format} expected`, 'write it in that format'],
  minLength: ({ limit }) => [limit === 1 ? 'some text expected' : `at least ${limit} characters expected`, 'give more text'],
  maxLength: ({ limit }, value) => [`at most ${limit} characters expected and not ${[...String(value)].length}`, 'shorten it'],
  minItems: atLeast('entry', 'entries'),
  maxItems: atMost('entry', 'entries'),
  minProperties: atLeast('field', 'fields'),
  maxProperties: atMost('field', 'fields'),
  uniqueItems: ({ i, j }) => [`every entry once expected, and ${j} and ${i} are the same`, 'leave one of them out'],
  multipleOf: ({ multipleOf }) => [`a multiple of ${multipleOf} expected`, 'give one'],
  ...Object.fromEntries(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((keyword): [string, Say] =>
    [keyword, ({ comparison, limit }) => [`a number ${comparison} ${limit} expected`, 'give such a number']])),
};

/** A rule for the value itself that is not kept. */
export function brokenRule({ keyword, params, message }: ValidationError, value: Json, pointer: string): Violation {
  const [expected, fix] = RULES[keyword]?.(params, value) ?? [message ?? keyword, 'correct it'];
  return { pointer, message: `has ${shown(value)} at ${pointer}, ${expected}`, fix };
}

/** Alternatives of which none fits, or too many. */
export function brokenAlternatives(errors: readonly ValidationError[], pointer: string): Violation {
  const required = [...new Set(errors.filter(({ keyword }) => keyword === 'required').map(({ params }) => String(params.missingProperty)))];
  const others = [...new Set(errors.filter(({ keyword }) => !['required', 'anyOf', 'oneOf', 'allOf', 'not'].includes(keyword)).map(({ instancePath, message }) =>
    `${instancePath === '' ? 'it' : instancePath} ${message}`))];
  const hints = [...required.length === 0 ? [] : [`missing: ${few(required)}`], ...others];
  return {
    pointer,
    message: `has at ${pointer === '' ? 'its root' : pointer} none of the forms that its definition allows${hints.length === 0 ? '' : ` (${few(hints, 4)})`}`,
    fix: required.length > 0 ? `give one of ${few(required)}` : 'correct it',
  };
}

function shown(value: Json): string {
  const text = Array.isArray(value) ? 'a list' : isJsonObject(value) ? 'a mapping' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 76)}…"`;
}

function few(names: readonly unknown[], most = 8): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** The name that was probably meant. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 3));
  const [best] = names.map(candidate => ({ candidate, distance: distanceOf(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= most).sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** How many characters have to change, at least (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
