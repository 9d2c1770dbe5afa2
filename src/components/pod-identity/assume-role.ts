import { Statement } from './statement';

/**
 * The right to act as another role. The session of a pod identity has tags that go along, which the other role has to allow, too.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 * @internal
 */
export function assumeRole(role: string): Statement {
  return Statement.allow({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [role] });
}
