import { apiGroup } from './api-group';

/** Cluster-scoped kinds by group: Kubernetes' own, and those of the systems that this library has components for. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourcePoolStatusRequest', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],

  'apiextensions.crossplane.io': [
    'CompositeResourceDefinition', 'Composition', 'CompositionRevision', 'EnvironmentConfig', 'ManagedResourceActivationPolicy',
    'ManagedResourceDefinition', 'Usage',
  ],
  'aws.m.upbound.io': ['ClusterProviderConfig'],
  'cert-manager.io': ['ClusterIssuer'],
  'cilium.io': [
    'CiliumBGPAdvertisement', 'CiliumBGPClusterConfig', 'CiliumBGPNodeConfig', 'CiliumBGPNodeConfigOverride', 'CiliumBGPPeerConfig',
    'CiliumCIDRGroup', 'CiliumClusterwideEnvoyConfig', 'CiliumClusterwideNetworkPolicy', 'CiliumDatapathPlugin', 'CiliumEgressGatewayPolicy',
    'CiliumEndpointSlice', 'CiliumIdentity', 'CiliumL2AnnouncementPolicy', 'CiliumLoadBalancerIPPool', 'CiliumNode', 'CiliumPodIPPool',
  ],
  'eventing.keda.sh': ['ClusterCloudEventSource'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'gateway.networking.x-k8s.io': ['XMesh'],
  'generators.external-secrets.io': ['ClusterGenerator'],
  'karpenter.k8s.aws': ['EC2NodeClass'],
  'karpenter.sh': ['NodeClaim', 'NodeOverlay', 'NodePool'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kyverno.io': ['ClusterCleanupPolicy', 'ClusterPolicy', 'GlobalContextEntry'],
  'ops.crossplane.io': ['CronOperation', 'Operation', 'WatchOperation'],
  'pkg.crossplane.io': [
    'Configuration', 'ConfigurationRevision', 'DeploymentRuntimeConfig', 'Function', 'FunctionRevision', 'ImageConfig', 'Lock', 'Provider',
    'ProviderRevision',
  ],
  'policies.kyverno.io': ['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'ValidatingPolicy'],
  'postgresql.cnpg.io': ['ClusterImageCatalog'],
  'protection.crossplane.io': ['ClusterUsage'],
  'reports.kyverno.io': ['ClusterEphemeralReport'],
  'tailscale.com': ['Connector', 'DNSConfig', 'PeerRelay', 'ProxyClass', 'ProxyGroup', 'Recorder', 'Tailnet'],
  'wgpolicyk8s.io': ['ClusterPolicyReport'],
};

const KINDS = new Set(Object.entries(CLUSTER_SCOPED).flatMap(([group, kinds]) => kinds.map(kind => `${group}/${kind}`)));

/** Whether objects of a kind have no namespace, as far as the library knows. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return KINDS.has(`${apiGroup(apiVersion)}/${kind}`);
}
