/** A mistake in the program: where, and one sentence on what was given, what was expected and how to mend it. */
export interface Problem {
  /** Construct path; empty for the platform itself. */
  readonly path: string;
  readonly message: string;
}

/** One error that tells all of them, sorted by place. */
export function problemsError(problems: readonly Problem[]): Error {
  const lines = problems.map(problem => `  ${problem.path === '' ? 'the platform' : problem.path}: ${problem.message}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new Error(`${count}, nothing was written:\n${[...new Set(lines)].sort().join('\n')}`);
}
