/** Cluster-scoped kinds, `<group>/<kind>`: Kubernetes' own, and those of the systems that this library has components for. */
const CLUSTER_SCOPED = new Set([
  '/Namespace', '/Node', '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy', 'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration', 'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition', 'apiregistration.k8s.io/APIService', 'certificates.k8s.io/CertificateSigningRequest',
  'networking.k8s.io/IngressClass', 'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/ClusterRoleBinding', 'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver', 'storage.k8s.io/StorageClass', 'storage.k8s.io/VolumeAttributesClass',

  'apiextensions.crossplane.io/CompositeResourceDefinition', 'apiextensions.crossplane.io/Composition',
  'apiextensions.crossplane.io/EnvironmentConfig', 'apiextensions.crossplane.io/ManagedResourceActivationPolicy',
  'aws.m.upbound.io/ClusterProviderConfig', 'pkg.crossplane.io/Configuration', 'pkg.crossplane.io/DeploymentRuntimeConfig',
  'pkg.crossplane.io/Function', 'pkg.crossplane.io/ImageConfig', 'pkg.crossplane.io/Provider',
  'cert-manager.io/ClusterIssuer',
  'cilium.io/CiliumClusterwideNetworkPolicy', 'cilium.io/CiliumLoadBalancerIPPool', 'cilium.io/CiliumL2AnnouncementPolicy',
  'external-secrets.io/ClusterExternalSecret', 'external-secrets.io/ClusterPushSecret', 'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'karpenter.k8s.aws/EC2NodeClass', 'karpenter.sh/NodeClaim', 'karpenter.sh/NodePool',
  'kyverno.io/ClusterCleanupPolicy', 'kyverno.io/ClusterPolicy',
]);

/** Whether objects of a kind have no namespace, as far as the library knows. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return CLUSTER_SCOPED.has(`${group}/${kind}`);
}
