import { ObjectId, objectId } from './object-id';
import { Provision } from './provisions';

const NAMESPACES = ['default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];
const CLUSTER_ROLES = ['admin', 'cluster-admin', 'edit', 'view', 'system:auth-delegator'];
const PRIORITY_CLASSES = ['system-cluster-critical', 'system-node-critical'];

/** The API groups that Kubernetes serves. */
const KUBERNETES_GROUPS = [
  '', 'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'apps', 'authentication.k8s.io', 'authorization.k8s.io', 'autoscaling',
  'batch', 'certificates.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io', 'networking.k8s.io', 'node.k8s.io',
  'policy', 'rbac.authorization.k8s.io', 'resource.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io',
];

/** Those of Flux's controllers. */
const FLUX_GROUPS = [
  'helm.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io', 'source.extensions.fluxcd.io',
  'source.toolkit.fluxcd.io',
];

/** What is on every cluster that Flux runs on, before it applies anything. */
export const ALWAYS_THERE: Provision = {
  objects: [
    ...NAMESPACES.flatMap((namespace): ObjectId[] => [
      objectId('v1', 'Namespace', namespace), objectId('v1', 'ServiceAccount', 'default', namespace), objectId('v1', 'ConfigMap', 'kube-root-ca.crt', namespace),
    ]),
    ...CLUSTER_ROLES.map(name => objectId('rbac.authorization.k8s.io/v1', 'ClusterRole', name)),
    ...PRIORITY_CLASSES.map(name => objectId('scheduling.k8s.io/v1', 'PriorityClass', name)),
    objectId('v1', 'Service', 'kubernetes', 'default'),
    objectId('v1', 'Service', 'kube-dns', 'kube-system'),
    ...['helm-controller', 'kustomize-controller', 'notification-controller', 'source-controller'].map(name =>
      objectId('v1', 'ServiceAccount', name, 'flux-system')),
  ],
  apis: [...KUBERNETES_GROUPS, ...FLUX_GROUPS].map(group => `${group}/*`),
};
