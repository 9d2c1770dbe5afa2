/** What happens while what an object refers to is not there. */
export type Strength =
  /** The Kustomization fails before it applies anything, and tries again. */
  | 'build'
  /** The dry run of the whole apply stage fails: none of its objects is written. */
  | 'apply'
  /** The object is there, but does not become ready; its own controller tries again. */
  | 'ready'
  /** Everything becomes ready, and something is missing from view. */
  | 'soft';

/** A field of a kind that names another object. */
export interface ReferenceRow {
  /** Kind that has the field: `group/Kind`, with no group for Kubernetes' core. */
  readonly from: string;

  /** The field that holds the reference: `spec.secretStoreRef`; `[]` behind a list. A text is the name itself. */
  readonly at: string;

  /** Kind that is named; where the reference itself says the kind, every kind that it may say, by that word. */
  readonly to: string | Readonly<Record<string, string>>;

  /** The kind that is meant where the reference does not say it. */
  readonly usualKind?: string;

  /**
   * Where the object is looked for: `same` namespace, the `named` one with the same as the usual one, or `none` because its kind is
   * cluster-scoped. A kind that is cluster-scoped has no namespace anyway.
   */
  readonly namespace: 'same' | 'named' | 'none';

  /** Whether it is enough that the object exists, or whether it has to be ready. */
  readonly needs: 'exists' | 'ready';

  readonly strength: Strength;

  /** Field of the reference that has the name, where it is not `name`. */
  readonly name?: string;

  /** Field of the reference that makes it optional where it is true: nothing is needed then. */
  readonly optional?: string;
}

const SOURCES = {
  GitRepository: 'source.toolkit.fluxcd.io/GitRepository',
  OCIRepository: 'source.toolkit.fluxcd.io/OCIRepository',
  Bucket: 'source.toolkit.fluxcd.io/Bucket',
  HelmRepository: 'source.toolkit.fluxcd.io/HelmRepository',
  HelmChart: 'source.toolkit.fluxcd.io/HelmChart',
  ExternalArtifact: 'source.toolkit.fluxcd.io/ExternalArtifact',
};
const CONFIG = { ConfigMap: '/ConfigMap', Secret: '/Secret' };
const STORES = { SecretStore: 'external-secrets.io/SecretStore', ClusterSecretStore: 'external-secrets.io/ClusterSecretStore' };
const ISSUERS = { Issuer: 'cert-manager.io/Issuer', ClusterIssuer: 'cert-manager.io/ClusterIssuer' };
const ROLES = { Role: 'rbac.authorization.k8s.io/Role', ClusterRole: 'rbac.authorization.k8s.io/ClusterRole' };

const flux: readonly ReferenceRow[] = [
  ...['HelmRelease'].flatMap((kind): ReferenceRow[] => {
    const from = `helm.toolkit.fluxcd.io/${kind}`;
    return [
      { from, at: 'spec.chart.spec.sourceRef', to: SOURCES, namespace: 'named', needs: 'ready', strength: 'ready' },
      { from, at: 'spec.chartRef', to: SOURCES, namespace: 'named', needs: 'ready', strength: 'ready' },
      { from, at: 'spec.dependsOn[]', to: from, namespace: 'named', needs: 'ready', strength: 'ready' },
      { from, at: 'spec.valuesFrom[]', to: CONFIG, namespace: 'same', needs: 'exists', strength: 'ready', optional: 'optional' },
      { from, at: 'spec.kubeConfig.secretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
      { from, at: 'spec.serviceAccountName', to: '/ServiceAccount', namespace: 'same', needs: 'exists', strength: 'ready' },
    ];
  }),
  ...Object.values(SOURCES).filter(kind => !/HelmChart|ExternalArtifact/.test(kind)).flatMap((from): ReferenceRow[] => [
    { from, at: 'spec.secretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
    { from, at: 'spec.certSecretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
    { from, at: 'spec.proxySecretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
    { from, at: 'spec.verify.secretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
  ]),
  { from: SOURCES.HelmChart, at: 'spec.sourceRef', to: SOURCES, namespace: 'same', needs: 'ready', strength: 'ready' },
  { from: 'notification.toolkit.fluxcd.io/Alert', at: 'spec.providerRef', to: 'notification.toolkit.fluxcd.io/Provider', namespace: 'same', needs: 'exists', strength: 'soft' },
  { from: 'notification.toolkit.fluxcd.io/Provider', at: 'spec.secretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'soft' },
  { from: 'notification.toolkit.fluxcd.io/Receiver', at: 'spec.secretRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },
];

/** Where each kind of workload has its pods' specification. */
const POD_SPECS: Readonly<Record<string, string>> = {
  '/Pod': 'spec',
  '/ReplicationController': 'spec.template.spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'apps/ReplicaSet': 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
  'batch/CronJob': 'spec.jobTemplate.spec.template.spec',
};

const workloads: readonly ReferenceRow[] = Object.entries(POD_SPECS).flatMap(([from, pod]) => {
  const row = (at: string, to: string, optional?: string): ReferenceRow => ({
    from, at: `${pod}.${at}`, to, namespace: 'same', needs: 'exists', strength: 'ready', ...optional === undefined ? {} : { optional },
  });
  const containers = ['containers', 'initContainers'].flatMap(list => [
    row(`${list}[].envFrom[].configMapRef`, '/ConfigMap', 'optional'),
    row(`${list}[].envFrom[].secretRef`, '/Secret', 'optional'),
    row(`${list}[].env[].valueFrom.configMapKeyRef`, '/ConfigMap', 'optional'),
    row(`${list}[].env[].valueFrom.secretKeyRef`, '/Secret', 'optional'),
  ]);
  const volumes: ReferenceRow[] = [
    row('volumes[].configMap', '/ConfigMap', 'optional'),
    { ...row('volumes[].secret', '/Secret', 'optional'), name: 'secretName' },
    row('volumes[].projected.sources[].configMap', '/ConfigMap', 'optional'),
    row('volumes[].projected.sources[].secret', '/Secret', 'optional'),
    row('volumes[].persistentVolumeClaim.claimName', '/PersistentVolumeClaim'),
  ];
  const podRows: ReferenceRow[] = [
    // The ServiceAccount admission plugin refuses a pod without its account; the workload itself is accepted.
    row('serviceAccountName', '/ServiceAccount'),
    { ...row('runtimeClassName', 'node.k8s.io/RuntimeClass'), namespace: 'none' },
    { ...row('priorityClassName', 'scheduling.k8s.io/PriorityClass'), namespace: 'none' },
    { ...row('imagePullSecrets[]', '/Secret'), strength: 'soft' },
  ];
  return [...containers, ...volumes, ...podRows];
});

const kubernetes: readonly ReferenceRow[] = [
  ...['RoleBinding', 'ClusterRoleBinding'].flatMap((kind): ReferenceRow[] => {
    const from = `rbac.authorization.k8s.io/${kind}`;
    return [
      { from, at: 'roleRef', to: ROLES, namespace: 'same', needs: 'exists', strength: 'soft' },
      { from, at: 'subjects[]', to: { ServiceAccount: '/ServiceAccount' }, namespace: 'named', needs: 'exists', strength: 'soft' },
    ];
  }),
  { from: '/PersistentVolumeClaim', at: 'spec.storageClassName', to: 'storage.k8s.io/StorageClass', namespace: 'none', needs: 'exists', strength: 'ready' },
  { from: 'apps/StatefulSet', at: 'spec.volumeClaimTemplates[].spec.storageClassName', to: 'storage.k8s.io/StorageClass', namespace: 'none', needs: 'exists', strength: 'ready' },
  { from: 'networking.k8s.io/Ingress', at: 'spec.ingressClassName', to: 'networking.k8s.io/IngressClass', namespace: 'none', needs: 'exists', strength: 'soft' },
  { from: 'networking.k8s.io/Ingress', at: 'spec.tls[].secretName', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'soft' },
  { from: 'networking.k8s.io/Ingress', at: 'spec.rules[].http.paths[].backend.service', to: '/Service', namespace: 'same', needs: 'exists', strength: 'soft' },
];

const GATEWAY = 'gateway.networking.k8s.io';
const GRAFANA = 'grafana.integreatly.org';

const catalogue: readonly ReferenceRow[] = [
  { from: 'external-secrets.io/ExternalSecret', at: 'spec.secretStoreRef', to: STORES, usualKind: 'SecretStore', namespace: 'same', needs: 'ready', strength: 'ready' },
  { from: 'external-secrets.io/ExternalSecret', at: 'spec.dataFrom[].sourceRef.storeRef', to: STORES, usualKind: 'SecretStore', namespace: 'same', needs: 'ready', strength: 'ready' },
  { from: 'external-secrets.io/PushSecret', at: 'spec.secretStoreRefs[]', to: STORES, usualKind: 'SecretStore', namespace: 'same', needs: 'ready', strength: 'ready' },
  ...['SecretStore', 'ClusterSecretStore'].flatMap((kind): ReferenceRow[] => [
    { from: `external-secrets.io/${kind}`, at: 'spec.provider.vault.auth.kubernetes.serviceAccountRef', to: '/ServiceAccount', namespace: 'named', needs: 'exists', strength: 'ready' },
    { from: `external-secrets.io/${kind}`, at: 'spec.provider.vault.caProvider', to: CONFIG, namespace: 'named', needs: 'exists', strength: 'ready' },
  ]),

  { from: 'cert-manager.io/Certificate', at: 'spec.issuerRef', to: ISSUERS, usualKind: 'Issuer', namespace: 'same', needs: 'ready', strength: 'ready' },
  ...['Issuer', 'ClusterIssuer'].flatMap((kind): ReferenceRow[] => [
    { from: `cert-manager.io/${kind}`, at: 'spec.acme.solvers[].http01.gatewayHTTPRoute.parentRefs[]', to: `${GATEWAY}/Gateway`, namespace: 'named', needs: 'exists', strength: 'soft' },
  ]),

  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].flatMap((kind): ReferenceRow[] => [
    { from: `${GATEWAY}/${kind}`, at: 'spec.parentRefs[]', to: { Gateway: `${GATEWAY}/Gateway` }, usualKind: 'Gateway', namespace: 'named', needs: 'exists', strength: 'ready' },
    { from: `${GATEWAY}/${kind}`, at: 'spec.rules[].backendRefs[]', to: { Service: '/Service' }, usualKind: 'Service', namespace: 'named', needs: 'exists', strength: 'ready' },
  ]),
  { from: `${GATEWAY}/Gateway`, at: 'spec.gatewayClassName', to: `${GATEWAY}/GatewayClass`, namespace: 'none', needs: 'exists', strength: 'ready' },
  { from: `${GATEWAY}/Gateway`, at: 'spec.listeners[].tls.certificateRefs[]', to: { Secret: '/Secret' }, usualKind: 'Secret', namespace: 'named', needs: 'exists', strength: 'ready' },
  { from: `${GATEWAY}/GatewayClass`, at: 'spec.parametersRef', to: { CiliumGatewayClassConfig: 'cilium.io/CiliumGatewayClassConfig' }, namespace: 'named', needs: 'exists', strength: 'ready' },

  { from: 'karpenter.sh/NodePool', at: 'spec.template.spec.nodeClassRef', to: { EC2NodeClass: 'karpenter.k8s.aws/EC2NodeClass' }, namespace: 'none', needs: 'ready', strength: 'ready' },

  { from: `${GRAFANA}/GrafanaDashboard`, at: 'spec.folderRef', to: `${GRAFANA}/GrafanaFolder`, namespace: 'same', needs: 'ready', strength: 'ready' },
  { from: `${GRAFANA}/GrafanaFolder`, at: 'spec.parentFolderRef', to: `${GRAFANA}/GrafanaFolder`, namespace: 'same', needs: 'ready', strength: 'ready' },
  { from: `${GRAFANA}/GrafanaDatasource`, at: 'spec.valuesFrom[].valueFrom.secretKeyRef', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' },

  { from: 'pkg.crossplane.io/Provider', at: 'spec.runtimeConfigRef', to: 'pkg.crossplane.io/DeploymentRuntimeConfig', namespace: 'none', needs: 'exists', strength: 'ready' },
  { from: 'pkg.crossplane.io/Function', at: 'spec.runtimeConfigRef', to: 'pkg.crossplane.io/DeploymentRuntimeConfig', namespace: 'none', needs: 'exists', strength: 'ready' },
  { from: 'apiextensions.crossplane.io/Composition', at: 'spec.pipeline[].functionRef', to: 'pkg.crossplane.io/Function', namespace: 'none', needs: 'ready', strength: 'ready' },
];

/** Every field that names another object, as far as the library knows. A kind is added by adding its rows. */
export const REFERENCE_ROWS: readonly ReferenceRow[] = [...flux, ...workloads, ...kubernetes, ...catalogue];
