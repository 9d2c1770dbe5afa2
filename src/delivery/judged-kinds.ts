import { ObjectId } from './object-id';

/** Groups all of whose kinds tell by their status whether they are ready, from the moment at which they exist. */
const GROUPS: ReadonlySet<string> = new Set([
  '', 'apps', 'batch', 'policy', 'rbac.authorization.k8s.io', 'storage.k8s.io', 'scheduling.k8s.io', 'node.k8s.io', 'networking.k8s.io', 'autoscaling',
  'apiextensions.k8s.io', 'apiregistration.k8s.io', 'admissionregistration.k8s.io',
  'kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io',
  'source.extensions.fluxcd.io',
]);

/** A kind whose health is judged by an expression: with no kind, all of the group. */
export interface JudgedKind {
  readonly group: string;
  readonly kind?: string;
}

/**
 * Whether Flux can tell that an object is not ready yet. It knows Kubernetes' own kinds, and its own begin with a status that says so. Any
 * other is healthy as long as its controller has not looked at it, unless an expression judges it.
 */
export function isJudged({ group, kind }: ObjectId, expressions: readonly JudgedKind[]): boolean {
  return GROUPS.has(group) || expressions.some(expression => expression.group === group && (expression.kind ?? kind) === kind);
}
