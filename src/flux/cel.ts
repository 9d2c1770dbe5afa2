/** What is wrong with the syntax of a CEL expression; undefined where it parses. */
export function celSyntaxError(expression: string): string | undefined {
  // Loaded here: most programs have no expression of their own, and the parser takes longer to load than the library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parse } = require('@bufbuild/cel') as typeof import('@bufbuild/cel');
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^<input>:/, '');
  }
}
