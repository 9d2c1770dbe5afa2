/** A mistake in the program: where, and one sentence on what was given, what was expected and how to mend it. */
export interface Problem {
  /** Construct path; empty for the platform itself. */
  readonly path: string;
  readonly message: string;
}

/** One error that tells each of them once, sorted by place: a construct before those in it. */
export function problemsError(problems: readonly Problem[]): Error {
  const lines = new Map(problems.map(problem => [sortKey(problem), `  ${problem.path === '' ? 'the platform' : problem.path}: ${problem.message}`]));
  const count = lines.size === 1 ? '1 problem' : `${lines.size} problems`;
  return new Error(`${count}, nothing was written:\n${[...lines.keys()].sort().map(key => lines.get(key)).join('\n')}`);
}

/** NUL sorts before whatever an id holds, so that `web` and what is in it come before `web-2`. */
function sortKey({ path, message }: Problem): string {
  return [...path.split('/'), '', message].join('\0');
}
