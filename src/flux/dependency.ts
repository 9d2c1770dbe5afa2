import { celConditionError, celSyntaxError } from '../synth/cel';

/** What an entry of `dependsOn` says beside what it is on. */
interface DependencyOptions {
  readonly because?: string;
  readonly readyExpr?: string;
}

/** Dependencies each once, at its first place; what a later one says wins, and what it does not say stays. */
export function eachOnce<T extends DependencyOptions>(dependencies: readonly T[], key: (dependency: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const dependency of dependencies) {
    const name = key(dependency);
    const { because, readyExpr } = seen.get(name) ?? {};
    seen.set(name, { ...dependency, because: dependency.because ?? because, readyExpr: dependency.readyExpr ?? readyExpr });
  }
  return [...seen.values()];
}

/** The reasons of the dependencies, as comments behind their entries. */
export function dependencyComments(dependencies: readonly DependencyOptions[]): Record<string, string> {
  return Object.fromEntries(dependencies.flatMap(({ because }, i) => because ? [[`/spec/dependsOn/${i}`, because]] : []));
}

/**
 * What is wrong with the expression that says when a dependency is ready.
 *
 * @param example an expression of the kind that would do
 */
export function readyExprProblem(dependency: string, expression: string | undefined, example: string): string[] {
  const problem = expression === undefined ? undefined : celSyntaxError(expression) ?? celConditionError(expression, ['self', 'dep']);
  return problem === undefined ? [] : [
    `the ready expression for its dependency "${dependency}" is "${expression}", which Flux refuses (${problem}); `
    + `expected CEL over self and dep that is true or false, such as ${example}.`,
  ];
}
