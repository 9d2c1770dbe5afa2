import type { Environment, ParseError } from './cel-js';

/** Namespaces of functions that Flux has and the parser here does not know. */
const FUNCTION_NAMESPACES: ReadonlySet<string> = new Set(['base64', 'sets']);

/** What is wrong with the syntax of a CEL expression; undefined where it parses. */
export function celSyntaxError(expression: string): string | undefined {
  if (expression.trim() === '') {
    return 'it is empty';
  }
  try {
    environment().parse(expression);
    return undefined;
  } catch (error) {
    const { message, range } = error as ParseError;
    const before = expression.slice(0, range?.start ?? 0).split('\n');
    return `${message.split('\n')[0]} at ${before.length}:${before[before.length - 1].length + 1}`;
  }
}

/**
 * Why an expression that parses is not one that is true or false; undefined where it is, and where it cannot be told: Flux has
 * functions that the parser here does not know.
 *
 * @param variables what the expression can see
 */
export function celConditionError(expression: string, variables: readonly string[]): string | undefined {
  const env = environment({ unlistedVariablesAreDyn: false });
  variables.forEach(name => env.registerVariable(name, 'dyn'));
  const { valid, type, error } = env.check(expression);
  const unknown = /^Unknown variable: (\w+)/.exec(error?.message ?? '')?.[1];
  if (unknown !== undefined && !FUNCTION_NAMESPACES.has(unknown)) {
    return `there is no ${unknown}`;
  }
  return !valid || type === 'bool' ? undefined : 'it may be something else than true or false: compare it';
}

/** What an expression comes to for what it sees; undefined where it cannot be told, or fails. */
export function celValue(expression: string, seen: object): unknown {
  try {
    return environment().evaluate(expression, seen);
  } catch {
    return undefined;
  }
}

/** The type of what an expression comes to, as far as it is known without an object: `bool`, `string`, `dyn`. */
export function celType(expression: string): string | undefined {
  return environment().check(expression).type;
}

/** The language as Flux has it: optional types are on, lists and mappings may mix types. */
function environment(options = { unlistedVariablesAreDyn: true }): Environment {
  // Loaded here: most programs have no expression of their own, and loading it takes longer than the rest of the library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const cel = require('./cel-js') as typeof import('./cel-js');
  return new cel.Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, ...options });
}
