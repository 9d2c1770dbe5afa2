/** What is used of the bundled parser, https://github.com/marcbachmann/cel-js. */
export declare class Environment {
  constructor(options?: { unlistedVariablesAreDyn?: boolean; enableOptionalTypes?: boolean; homogeneousAggregateLiterals?: boolean });
  registerVariable(name: string, type: string): this;
  registerFunction(signature: string, run: (...args: any[]) => unknown): this;
  parse(expression: string): (context: object) => unknown;
  evaluate(expression: string, context: object): unknown;
  check(expression: string): { valid: boolean; type?: string; error?: Error };
}

export declare class ParseError extends Error {
  readonly range?: { readonly start: number; readonly end: number };
}
