import { isIP } from 'net';
import { goPattern } from './go-pattern';
import { CelRule, effectiveFields, fieldSchema, Schema } from './schema';
import type { Environment } from '../synth/cel-js';
import { Json } from '../synth/json';

/** What goes wrong on the way to a result for the API server as well: then it refuses the object. */
const FAILURES = /^(no_such_key|(bool|int|uint|double)_conversion_error|division_by_zero|modulo_by_zero)$/;

/** Whether a value keeps a rule; undefined where it cannot be told. */
export function keepsRule({ rule, optionalOldSelf }: CelRule, schema: Schema, value: Json): boolean | undefined {
  if (isAboutChanges(rule)) {
    return optionalOldSelf ? undefined : true;
  }
  try {
    const result = evaluatorOf(rule)?.({ self: celValue(schema, value) });
    return typeof result === 'boolean' ? result : undefined;
  } catch (error) {
    return FAILURES.test((error as { code?: string }).code ?? '') ? false : undefined;
  }
}

/** Rules about changes are not for an object that is made. */
function isAboutChanges(rule: string): boolean {
  return /\boldSelf\b/.test(rule);
}

type Evaluator = (context: { readonly self: unknown }) => unknown;

const evaluators = new Map<string, Evaluator | undefined>();

function evaluatorOf(rule: string): Evaluator | undefined {
  if (!evaluators.has(rule)) {
    evaluators.set(rule, parsed(rule));
  }
  return evaluators.get(rule);
}

function parsed(rule: string): Evaluator | undefined {
  try {
    // The parser's own `matches` takes patterns for JavaScript's, and its `has` takes no element of a list.
    return environment().parse(rule.replaceAll('.matches(', '.goMatches(').replace(/\bhas\(([\w.]+\[\d+\](?:\.\w+)*)\.(\w+)\)/g, 'cel.bind(element, $1, has(element.$2))'));
  } catch {
    return undefined;
  }
}

let loaded: Environment | undefined;

function environment(): Environment {
  if (!loaded) {
    // Loaded here: it takes longer than the rest of the library.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const cel = require('../synth/cel-js') as typeof import('../synth/cel-js');
    loaded = new cel.Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true, homogeneousAggregateLiterals: false });
    loaded.registerFunction('string.goMatches(string): bool', (text: string, pattern: string) => goPattern(pattern).test(text));
    loaded.registerFunction('string.find(string): string', (text: string, pattern: string) => goPattern(pattern).find(text));
    loaded.registerFunction('isIP(string): bool', (text: string) => isIP(text) !== 0);
  }
  return loaded;
}

/** A value as a rule sees it: with defaults, whole numbers as such, and names that CEL can spell. */
function celValue(schema: Schema | undefined, value: Json): unknown {
  if (Array.isArray(value)) {
    return value.map(item => celValue(schema?.items, item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(effectiveFields(schema ?? {}, value).map(([name, item]) =>
      [schema?.properties ? celName(name) : name, celValue(schema && fieldSchema(schema, name), item)]));
  }
  const whole = typeof value === 'number' && Number.isSafeInteger(value) && schema?.type !== 'number';
  return whole ? BigInt(value) : value;
}

const RESERVED = new Set([
  'true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var',
  'void', 'while',
]);

const ESCAPES: Readonly<Record<string, string>> = { '__': '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__' };

function celName(name: string): string {
  return RESERVED.has(name) ? `__${name}__` : name.replace(/__|[./-]/g, found => ESCAPES[found]);
}
