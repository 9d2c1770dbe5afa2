import { ObjectId } from './object-id';

/** Groups whose kinds tell by their status whether they are ready, from the moment at which they exist, or are ready as soon as they exist. */
const GROUPS: ReadonlySet<string> = new Set([
  '', 'apps', 'batch', 'policy', 'rbac.authorization.k8s.io', 'storage.k8s.io', 'scheduling.k8s.io', 'node.k8s.io', 'networking.k8s.io', 'autoscaling',
  'apiextensions.k8s.io', 'apiregistration.k8s.io', 'admissionregistration.k8s.io',
  'kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io',
]);

/** Kinds of these groups that take their time, and that Flux calls healthy nevertheless: their status says it in another way than Flux reads, or begins empty. */
const UNREAD: ReadonlySet<string> = new Set([
  '/PersistentVolume', '/ReplicationController', '/Service', 'apiregistration.k8s.io/APIService', 'autoscaling/HorizontalPodAutoscaler', 'batch/CronJob',
  'networking.k8s.io/Ingress', 'policy/PodDisruptionBudget', 'source.toolkit.fluxcd.io/ExternalArtifact',
]);

/** Kinds with a status that Flux looks at in vain: routes have conditions for each parent alone, a GatewayClass has none but `Accepted` and `SupportedVersion`. */
const UNSEEN: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'GatewayClass'].map(kind => `gateway.networking.k8s.io/${kind}`));

/** A kind whose health is judged by an expression: with no kind, all of the group. */
export interface JudgedKind {
  readonly group: string;
  readonly kind?: string;
}

/**
 * Whether Flux can tell that an object is not ready yet. It knows most of Kubernetes' own kinds, and most of its own begin with a status that
 * says so. Any other is healthy as long as its controller has not looked at it, unless an expression judges it.
 */
export function isJudged({ group, kind }: ObjectId, expressions: readonly JudgedKind[]): boolean {
  return GROUPS.has(group) && !UNREAD.has(`${group}/${kind}`) || expressions.some(expression => expression.group === group && (expression.kind ?? kind) === kind);
}

/** Whether Flux can never tell that an object is not ready, unless an expression judges it: its status says nothing that Flux looks at. */
export function isUnseen({ group, kind }: ObjectId): boolean {
  return UNSEEN.has(`${group}/${kind}`);
}
