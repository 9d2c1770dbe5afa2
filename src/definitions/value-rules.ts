import { isIP } from 'net';
import type Ajv from './ajv';
import type { ValidateFunction, ValidationError } from './ajv';
import { goPattern } from './go-pattern';
import { Schema } from './schema';
import { Json } from '../synth/json';

/** What a schema says of a value by itself. */
const OWN = [
  'enum', 'pattern', 'format', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
] as const;

/** What it says by other schemas, which look at what is in the value. */
const COMPOSED = ['anyOf', 'allOf', 'oneOf', 'not'] as const;

/** What a value breaks of its schema's rules, apart from what is in it. */
export function ruleErrors(schema: Schema, value: Json): readonly ValidationError[] {
  return broken(own, OWN, schema, value);
}

/** The same of the alternatives that a schema gives. */
export function alternativeErrors(schema: Schema, value: Json): readonly ValidationError[] {
  return broken(composed, COMPOSED, schema, value);
}

/** Whether a schema gives alternatives. */
export function hasAlternatives(schema: Schema): boolean {
  return !schema['x-kubernetes-int-or-string'] && COMPOSED.some(keyword => schema[keyword] !== undefined);
}

/** Null where there is nothing to hold a value to. */
type Validators = WeakMap<Schema, ValidateFunction | null>;

const own: Validators = new WeakMap();
const composed: Validators = new WeakMap();
const compiled = new Map<string, ValidateFunction>();

/** @throws where it cannot be told */
function broken(known: Validators, keywords: readonly string[], schema: Schema, value: Json): readonly ValidationError[] {
  let validate = known.get(schema);
  if (validate === undefined) {
    known.set(schema, validate = validatorOf(schema, keywords));
  }
  return validate === null || validate(value) ? [] : validate.errors!;
}

function validatorOf(schema: Schema, keywords: readonly string[]): ValidateFunction | null {
  const rules = Object.fromEntries(keywords.filter(keyword => schema[keyword] !== undefined).map(keyword => [keyword, schema[keyword]]));
  if (Object.keys(rules).length === 0) {
    return null;
  }
  const text = JSON.stringify(rules);
  let validate = compiled.get(text);
  if (!validate) {
    compiled.set(text, validate = ajv().compile(rules));
  }
  return validate;
}

let loaded: Ajv | undefined;

function ajv(): Ajv {
  if (!loaded) {
    // Loaded here: a platform without custom resources does without.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { default: Validator } = require('./ajv') as typeof import('./ajv');
    loaded = new Validator({
      strict: false,
      allErrors: true,
      logger: false,
      meta: false,
      validateSchema: false,
      formats: FORMATS,
      code: { optimize: false, regExp: Object.assign((pattern: string) => goPattern(pattern), { code: 'goPattern' }) },
    });
  }
  return loaded;
}

const text = (validate: (value: string) => boolean) => ({ type: 'string', validate }) as const;
const whole = (bits: number) => ({ type: 'number', validate: (value: number) => Number.isInteger(value) && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1) }) as const;

/** Formats that the API server knows. Others say nothing. */
const FORMATS = {
  'date-time': text(value => /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value))),
  'byte': text(value => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(value)),
  'duration': text(value => /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(value) || /^\d+\s*[a-z]+$/.test(value)),
  'ipv4': text(value => isIP(value) === 4),
  'ipv6': text(value => isIP(value) === 6),
  'cidr': text(value => {
    const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(value) ?? [];
    return address !== undefined && isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
  }),
  'int32': whole(32),
  'int64': whole(64),
};
