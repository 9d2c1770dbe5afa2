import { Statement } from './statement';
import { Variable } from '../../platform';

/** Characters that IAM allows in a managed policy, without those between its values. */
const LARGEST_POLICY = 6144;

/**
 * A policy of statements, as text for a person to read. `${…}` in it is IAM's, `${aws:username}` for example, and not Flux's; a
 * `Variable` in it is the platform's. @internal
 */
export function policyText(statements: Statement[]): string {
  return Variable.literal(JSON.stringify(policyOf(statements), undefined, 2));
}

/** What AWS would say against a policy, a clause each: what it has, what is expected, how to mend it. @internal */
export function policyProblems(statements: Statement[]): string[] {
  const size = JSON.stringify(policyOf(statements)).length;
  const sids = statements.map(statement => statement.toStatementJson().Sid).filter(sid => sid !== undefined);
  const repeated = new Set(sids.filter((sid, i) => sids.indexOf(sid) < i));
  return [
    ...size <= LARGEST_POLICY ? [] : [
      `has a policy of ${size} characters; expected at most ${LARGEST_POLICY}: say more with wildcards, or make a policy of a part of it elsewhere `
        + 'and name it in additionalPolicies.',
    ],
    ...[...repeated].map(sid => `has two statements with the sid "${sid}"; expected every sid once: rename one of them.`),
  ];
}

function policyOf(statements: Statement[]): object {
  return { Version: '2012-10-17', Statement: statements.map(statement => statement.toStatementJson()) };
}
