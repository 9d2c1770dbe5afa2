import { ObjectId } from './object-id';
import { apiGroup } from '../synth/api-group';
import { JsonObject } from '../synth/json';

/**
 * The stages in which Flux applies the objects of one Kustomization. Each is dry-run as a whole before anything of it is written, and
 * the first two are waited for before the next one begins.
 */
export const APPLY_STAGES = ['definitions', 'classes', 'rest'] as const;

export type ApplyStage = typeof APPLY_STAGES[number];

/** Kinds of the first stage, by group. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  'apiextensions.k8s.io': 'CustomResourceDefinition',
  '': 'Namespace',
  'rbac.authorization.k8s.io': 'ClusterRole',
};

/** The stage in which Flux applies an object. */
export function applyStageOf(manifest: JsonObject): ApplyStage {
  const kind = String(manifest.kind);
  if (DEFINITIONS[apiGroup(String(manifest.apiVersion))] === kind) {
    return 'definitions';
  }
  return kind.endsWith('Class') ? 'classes' : 'rest';
}

/** Kinds that Flux writes before all others of their stage, in this order; and after all others. */
const FIRST: readonly string[] = [
  'CustomResourceDefinition', 'Namespace', 'ClusterRole', 'ClusterClass', 'RuntimeClass', 'PriorityClass', 'StorageClass', 'VolumeSnapshotClass', 'IngressClass',
  'GatewayClass', 'ClusterRoleBinding', 'ResourceQuota', 'ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Secret', 'Service', 'LimitRange', 'Deployment',
  'StatefulSet', 'CronJob', 'PodDisruptionBudget',
];
const LAST: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const RANKS: ReadonlyMap<string, number> = new Map([
  ...FIRST.map((kind, i) => [kind, i - FIRST.length] as const), ...LAST.map((kind, i) => [kind, i + 1] as const),
]);

/**
 * The order in which Flux writes the objects of a stage, one after the other: by kind, then by API group, namespace and name.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/ssa/sort.go
 */
export function compareWritten(one: ObjectId, other: ObjectId): number {
  return (RANKS.get(one.kind) ?? 0) - (RANKS.get(other.kind) ?? 0)
    || compare(one.group, other.group) || compare(one.kind, other.kind) || compare(one.namespace ?? '', other.namespace ?? '') || compare(one.name, other.name);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
