import { writeFileSync } from 'fs';
import { join } from 'path';
import { isClusterScoped } from '../../src/synth/cluster-scoped';
import { kustomizeBuild } from '../kustomize';
import { temporaryFolder } from '../temporary-folder';

const CLUSTER_SCOPED = [
  ['v1', 'Node'],
  ['v1', 'PersistentVolume'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io/v1', 'APIService'],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
  ['flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['node.k8s.io/v1', 'RuntimeClass'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['storage.k8s.io/v1', 'CSIDriver'],
  ['storage.k8s.io/v1', 'CSINode'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['storage.k8s.io/v1', 'VolumeAttachment'],
];

const NAMESPACED = [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
];

test('kustomize agrees which of Kubernetes\' kinds have a namespace', () => {
  const directory = temporaryFolder();
  const objects = [...CLUSTER_SCOPED, ...NAMESPACED].map(([apiVersion, kind]) => ({ apiVersion, kind, metadata: { name: 'any' } }));
  writeFileSync(join(directory, 'list.yaml'), objects.map(object => `---\n${JSON.stringify(object)}\n`).join(''));
  writeFileSync(join(directory, 'kustomization.yaml'), JSON.stringify({ resources: ['list.yaml'], namespace: 'some' }));
  const built = kustomizeBuild(directory);
  expect(built).toHaveLength(objects.length);
  expect(built.filter(({ apiVersion, kind, metadata }) => isClusterScoped(apiVersion, kind) !== (metadata.namespace === undefined))).toEqual([]);
});

test.each([
  ['v1', 'Namespace'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['cert-manager.io/v1', 'ClusterIssuer'],
  ['external-secrets.io/v1', 'ClusterSecretStore'],
  ['external-secrets.io/v1beta1', 'ClusterSecretStore'],
  ['gateway.networking.k8s.io/v1', 'GatewayClass'],
  ['karpenter.sh/v1', 'NodePool'],
  ['karpenter.sh/v1alpha1', 'NodeOverlay'],
  ['policies.kyverno.io/v1', 'ValidatingPolicy'],
  ['policies.kyverno.io/v1', 'MutatingPolicy'],
  ['policies.kyverno.io/v1', 'GeneratingPolicy'],
  ['policies.kyverno.io/v1', 'DeletingPolicy'],
  ['policies.kyverno.io/v1', 'ImageValidatingPolicy'],
  ['kyverno.io/v2', 'GlobalContextEntry'],
  ['cilium.io/v2', 'CiliumBGPClusterConfig'],
  ['cilium.io/v2', 'CiliumBGPPeerConfig'],
  ['cilium.io/v2', 'CiliumCIDRGroup'],
  ['cilium.io/v2', 'CiliumEgressGatewayPolicy'],
  ['cilium.io/v2', 'CiliumIdentity'],
  ['cilium.io/v2', 'CiliumNode'],
  ['generators.external-secrets.io/v1alpha1', 'ClusterGenerator'],
  ['apiextensions.crossplane.io/v1beta1', 'Usage'],
  ['ops.crossplane.io/v1alpha1', 'CronOperation'],
  ['protection.crossplane.io/v1beta1', 'ClusterUsage'],
  ['pkg.crossplane.io/v1beta1', 'Lock'],
  ['keda.sh/v1alpha1', 'ClusterTriggerAuthentication'],
  ['postgresql.cnpg.io/v1', 'ClusterImageCatalog'],
  ['tailscale.com/v1alpha1', 'Connector'],
  ['pkg.crossplane.io/v1', 'Provider'],
])('no object of %s %s has a namespace', (apiVersion, kind) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(true);
});

test.each([
  ['cert-manager.io/v1', 'Issuer'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['cilium.io/v2', 'CiliumEndpoint'],
  ['cilium.io/v2', 'CiliumEnvoyConfig'],
  ['policies.kyverno.io/v1', 'NamespacedValidatingPolicy'],
  ['policies.kyverno.io/v1', 'PolicyException'],
  ['protection.crossplane.io/v1beta1', 'Usage'],
  ['tailscale.com/v1alpha1', 'ProxyGroupPolicy'],
  ['acme.io/v1', 'Anything'],
])('an object of %s %s has a namespace', (apiVersion, kind) => {
  expect(isClusterScoped(apiVersion, kind)).toBe(false);
});

test('the group counts, and not the kind alone', () => {
  expect(isClusterScoped('notification.toolkit.fluxcd.io/v1beta3', 'Provider')).toBe(false);
  expect(isClusterScoped('acme.io/v1', 'Namespace')).toBe(false);
});
