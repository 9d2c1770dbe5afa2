import { isJsonObject, Json, JsonObject } from './json';

/** Kubernetes' own API groups: kustomize knows their schemas, and with them the merge keys of their lists. */
const KNOWN_GROUPS = new Set([
  '', 'admissionregistration.k8s.io', 'apps', 'autoscaling', 'batch', 'certificates.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io',
  'networking.k8s.io', 'node.k8s.io', 'policy', 'rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
]);

/**
 * Lists that are merged element by element, and the field that tells their elements apart (`x-kubernetes-patch-merge-key`).
 * Ports differ: a container's have `containerPort`, a Service's `port`.
 */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ports: ['containerPort', 'port'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
  webhooks: ['name'],
};

/**
 * The object after a strategic merge, as kustomize does it.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#patchstrategicmerge
 */
export function strategicMerge(object: JsonObject, patch: JsonObject): JsonObject {
  const apiVersion = String(object.apiVersion ?? '');
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return mergeObjects(object, patch, KNOWN_GROUPS.has(group));
}

function mergeObjects(object: JsonObject, patch: JsonObject, known: boolean): JsonObject {
  if (patch.$patch === 'delete') {
    return {};
  }
  const { $patch, ...fields } = patch;
  const merged: JsonObject = $patch === 'replace' ? {} : { ...object };
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = mergeValues(merged[key], value, known, key);
    }
  }
  return merged;
}

function mergeValues(before: Json | undefined, value: Json, known: boolean, field: string): Json {
  if (isJsonObject(value)) {
    return mergeObjects(isJsonObject(before) ? before : {}, value, known);
  }
  if (Array.isArray(value) && Array.isArray(before) && known) {
    const key = MERGE_KEYS[field]?.find(candidate => value.every(item => isJsonObject(item) && candidate in item));
    return key ? mergeLists(before, value as JsonObject[], key) : value;
  }
  return value;
}

/** Elements that are there keep their place; new ones come first, as kustomize puts them. */
function mergeLists(before: Json[], patch: JsonObject[], key: string): Json[] {
  const patches = new Map(patch.map(item => [item[key], item]));
  const kept = before.flatMap(item => {
    const change = isJsonObject(item) ? patches.get(item[key]) : undefined;
    if (!change) {
      return [item];
    }
    patches.delete(change[key]);
    return change.$patch === 'delete' ? [] : [mergeObjects(item as JsonObject, change, true)];
  });
  return [...[...patches.values()].filter(item => item.$patch !== 'delete'), ...kept];
}
