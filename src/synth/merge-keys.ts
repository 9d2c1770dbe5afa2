// How kustomize merges lists: not by the cluster's schema, but by one that is built into it.

/** Fields that tell the elements of a list apart; none for a list of scalars. By the name of the list. */
type MergeKeys = Readonly<Record<string, readonly string[]>>;

/** Kinds of which kustomize knows the schema. To it, every other one is a custom resource, `autoscaling/v2` included. */
const KNOWN_KINDS = new Set([
  'v1/ConfigMap', 'v1/Endpoints', 'v1/Event', 'v1/LimitRange', 'v1/Namespace', 'v1/Node', 'v1/PersistentVolume', 'v1/PersistentVolumeClaim',
  'v1/Pod', 'v1/PodTemplate', 'v1/ReplicationController', 'v1/ResourceQuota', 'v1/Secret', 'v1/Service', 'v1/ServiceAccount',
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration', 'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1/CustomResourceDefinition', 'apiregistration.k8s.io/v1/APIService',
  'apps/v1/ControllerRevision', 'apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet',
  'autoscaling/v1/HorizontalPodAutoscaler', 'batch/v1/CronJob', 'batch/v1/Job', 'certificates.k8s.io/v1/CertificateSigningRequest',
  'coordination.k8s.io/v1/Lease', 'discovery.k8s.io/v1/EndpointSlice', 'events.k8s.io/v1/Event',
  'networking.k8s.io/v1/Ingress', 'networking.k8s.io/v1/IngressClass', 'networking.k8s.io/v1/NetworkPolicy', 'node.k8s.io/v1/RuntimeClass',
  'policy/v1/PodDisruptionBudget', 'rbac.authorization.k8s.io/v1/ClusterRole', 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'rbac.authorization.k8s.io/v1/Role', 'rbac.authorization.k8s.io/v1/RoleBinding', 'scheduling.k8s.io/v1/PriorityClass',
  'storage.k8s.io/v1/CSIDriver', 'storage.k8s.io/v1/CSINode', 'storage.k8s.io/v1/StorageClass', 'storage.k8s.io/v1/VolumeAttachment',
]);

const METADATA_LISTS: MergeKeys = { finalizers: [], ownerReferences: ['uid'] };

const POD_LISTS: MergeKeys = {
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ports: ['containerPort', 'protocol'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

const WEBHOOK_LISTS: MergeKeys = { webhooks: ['name'] };

const POD_KINDS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'PodTemplate', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** The lists that are merged element by element, for each kind that has any beside those of its metadata. */
const LISTS: Readonly<Record<string, MergeKeys>> = {
  ...Object.fromEntries(POD_KINDS.map(kind => [kind, POD_LISTS])),
  MutatingWebhookConfiguration: WEBHOOK_LISTS,
  Service: { ports: ['port', 'protocol'] },
  ServiceAccount: { secrets: ['name'] },
  ValidatingWebhookConfiguration: WEBHOOK_LISTS,
};

/** Whether kustomize knows the schema of a kind, and with it which lists merge and whether its objects have a namespace. */
export function isKnownToKustomize(apiVersion: string, kind: string): boolean {
  return KNOWN_KINDS.has(`${apiVersion}/${kind}`);
}

/** The merge keys of the lists of a kind, by the path of the list; undefined for a list that is replaced as a whole. */
export function mergeKeysOf(apiVersion: string, kind: string): (path: readonly string[]) => readonly string[] | undefined {
  if (!isKnownToKustomize(apiVersion, kind)) {
    return () => undefined;
  }
  const lists = own(LISTS, kind) ?? {};
  return path => own(path.at(-2) === 'metadata' ? METADATA_LISTS : lists, path[path.length - 1]);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
