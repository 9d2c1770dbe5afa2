/** Of which kinds Flux can tell that an object is not ready yet (src/delivery/judged-kinds.ts): one of each kind that nothing makes ready, and a health check on it. */
import { readyAt } from './by-hand';
import { Program, Scene } from './scene';
import { isJudged } from '../../src/delivery/judged-kinds';
import { objectId } from '../../src/delivery/object-id';
import { flux } from '../../src/index';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

/** A pod that finds no node. */
const POD = { nodeSelector: { nowhere: 'true' }, containers: [{ name: 'main', image: 'main' }] };
const LABELS = { app: 'unready' };
const TEMPLATE = { metadata: { labels: LABELS }, spec: POD };
const WORKLOAD = { selector: { matchLabels: LABELS }, template: TEMPLATE };
const MINUTE = { interval: '1m' };
const SOURCE = { kind: 'GitRepository', name: 'absent' };
const WIDGETS = { group: 'example.com', scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }] };

const unready = (apiVersion: string, kind: string, spec?: object, namespace?: string): ObjectFixture =>
  ({ apiVersion, kind, name: 'unready', namespace, fields: spec ? { spec } : {} });

const KUBERNETES: readonly ObjectFixture[] = [
  unready('v1', 'Pod', POD),
  unready('v1', 'PersistentVolumeClaim', { storageClassName: 'none', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }),
  unready('v1', 'ReplicationController', { selector: LABELS, template: TEMPLATE }),
  unready('v1', 'Service', { type: 'LoadBalancer', ports: [{ port: 80 }] }),
  unready('v1', 'PersistentVolume', {
    storageClassName: 'none', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, claimRef: { name: 'absent', namespace: 'apps' }, hostPath: { path: '/tmp' },
  }),
  unready('apps/v1', 'Deployment', WORKLOAD),
  unready('apps/v1', 'StatefulSet', { ...WORKLOAD, serviceName: 'unready' }),
  // No pod of a DaemonSet is wanted where there is no node for it.
  unready('apps/v1', 'DaemonSet', { ...WORKLOAD, template: { metadata: { labels: LABELS }, spec: { containers: POD.containers } }, minReadySeconds: 3600 }),
  unready('apps/v1', 'ReplicaSet', WORKLOAD),
  unready('batch/v1', 'Job', { template: { spec: { ...POD, restartPolicy: 'Never' } } }),
  unready('batch/v1', 'CronJob', { schedule: '0 0 1 1 *', jobTemplate: { spec: { template: { spec: { ...POD, restartPolicy: 'Never' } } } } }),
  unready('policy/v1', 'PodDisruptionBudget', { minAvailable: 1, selector: { matchLabels: LABELS } }),
  unready('networking.k8s.io/v1', 'Ingress', { defaultBackend: { service: { name: 'absent', port: { number: 80 } } } }),
  unready('autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'absent' } }),
  {
    ...unready('apiregistration.k8s.io/v1', 'APIService', {
      group: 'absent.example.com', version: 'v1', groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: { name: 'absent', namespace: 'apps' },
    }),
    name: 'v1.absent.example.com',
  },
  // Its names are those of another one.
  {
    ...unready('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { ...WIDGETS, names: { kind: 'Widget', plural: 'gadgets', singular: 'widget', listKind: 'WidgetList' } }),
    name: 'gadgets.example.com',
  },
];

const FLUX: readonly ObjectFixture[] = [
  unready('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { ...MINUTE, prune: true, path: './absent', sourceRef: SOURCE }),
  unready('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { ...MINUTE, chartRef: { kind: 'OCIRepository', name: 'absent' } }),
  unready('source.toolkit.fluxcd.io/v1', 'GitRepository', { ...MINUTE, url: 'https://absent.example.com/repository', ref: { branch: 'main' } }),
  unready('source.toolkit.fluxcd.io/v1', 'OCIRepository', { ...MINUTE, url: 'oci://absent.example.com/artifact', ref: { tag: '1' } }),
  unready('source.toolkit.fluxcd.io/v1', 'HelmRepository', { ...MINUTE, url: 'https://absent.example.com' }),
  unready('source.toolkit.fluxcd.io/v1', 'HelmChart', { ...MINUTE, chart: 'chart', version: '1.0.0', sourceRef: { kind: 'HelmRepository', name: 'absent' } }),
  unready('source.toolkit.fluxcd.io/v1', 'Bucket', { ...MINUTE, endpoint: '127.0.0.1:1', bucketName: 'bucket', insecure: true }),
  unready('source.toolkit.fluxcd.io/v1', 'ExternalArtifact', { sourceRef: { apiVersion: 'source.extensions.fluxcd.io/v1beta1', kind: 'ArtifactGenerator', name: 'absent' } }),
  unready('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', {
    sources: [{ alias: 'git', kind: 'GitRepository', name: 'absent' }], artifacts: [{ name: 'artifact', copy: [{ from: '@git/**', to: '@artifact/' }] }],
  }),
  unready('image.toolkit.fluxcd.io/v1', 'ImageRepository', { ...MINUTE, image: 'absent.example.com/image' }),
  unready('image.toolkit.fluxcd.io/v1', 'ImagePolicy', { imageRepositoryRef: { name: 'absent' }, policy: { alphabetical: {} } }),
  unready('image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation', {
    ...MINUTE, sourceRef: SOURCE, git: { checkout: { ref: { branch: 'main' } }, commit: { author: { email: 'a@example.com' } }, push: { branch: 'main' } },
  }),
  unready('notification.toolkit.fluxcd.io/v1', 'Receiver', { type: 'generic', secretRef: { name: 'absent' }, resources: [{ kind: 'GitRepository', name: 'absent' }] }),
];

const OTHERS: readonly ObjectFixture[] = [
  unready('external-secrets.io/v1', 'ExternalSecret', { secretStoreRef: { kind: 'ClusterSecretStore', name: 'absent' }, dataFrom: [{ extract: { key: 'key' } }] }),
  unready('cert-manager.io/v1', 'Certificate', { secretName: 'certificate', dnsNames: ['example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'absent' } }),
  // It begins with conditions, none of which is Ready.
  unready('gateway.networking.k8s.io/v1', 'Gateway', { gatewayClassName: 'absent', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] }),
  unready('pkg.crossplane.io/v1', 'Provider', { package: 'xpkg.example.com/provider:v1' }),
  unready('example.com/v1', 'Widget', {}),
];

const UNREADY = [...KUBERNETES, ...FLUX, ...OTHERS];

const ready = (apiVersion: string, kind: string, spec?: object): ObjectFixture => ({ ...unready(apiVersion, kind, spec), name: 'ready' });

/** Of the same groups, what is ready as soon as it is there. */
const READY: readonly ObjectFixture[] = [
  ready('v1', 'ConfigMap'),
  ready('v1', 'ServiceAccount'),
  ready('rbac.authorization.k8s.io/v1', 'Role'),
  ready('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {} }),
  { ...ready('storage.k8s.io/v1', 'StorageClass'), fields: { provisioner: 'example.com/none' } },
  ready('notification.toolkit.fluxcd.io/v1beta3', 'Provider', { type: 'generic', address: 'https://example.com' }),
  ready('notification.toolkit.fluxcd.io/v1beta3', 'Alert', { providerRef: { name: 'ready' }, eventSources: [{ kind: 'Kustomization', name: '*' }] }),
  // In a registry, where there is nothing to fetch.
  ready('source.toolkit.fluxcd.io/v1', 'HelmRepository', { type: 'oci', url: 'oci://absent.example.com/charts' }),
];
const KINDS = [...UNREADY, ...READY];
const APIS = [
  'image.toolkit.fluxcd.io/ImagePolicy', 'source.extensions.fluxcd.io/ArtifactGenerator', 'external-secrets.io/ExternalSecret', 'cert-manager.io/Certificate',
  'gateway.networking.k8s.io/Gateway', 'pkg.crossplane.io/Provider', 'example.com/Widget',
];

const HEALTHY = 'healthy';
const layerOf = ({ kind, name }: ObjectFixture) => `${name.split('.')[0]}-${kind!.toLowerCase()}`;

/** A layer for each kind, which waits for its one object. */
const oneOfEach: Program = props => {
  const checked = new CheckedPlatform({ ...props, partial: true });
  checked.cluster.assume({ what: 'definitions', apis: APIS.map(api => ({ group: api.split('/')[0], kinds: [api.split('/')[1]] })) });
  for (const object of KINDS) {
    const { apiVersion, kind } = object as Required<ObjectFixture>;
    const component = checked.component(layerOf(object), object);
    checked.layer(layerOf(object), [component], {
      dependsOn: [checked.namespaces], healthChecks: [flux.HealthCheck.everyObject(apiVersion, kind, [component])], prune: false,
    });
  }
  return checked;
};

test('Flux waits for an object that nothing makes ready where the library says that it can tell, and calls any other healthy', async () => {
  await Scene.play('judged-kinds', oneOfEach, [], async scene => {
    const seen = await scene.run.until('Flux calls each kind healthy or not', 5, () => {
      const told = (layer: string) => readyAt(scene, layer) === undefined ? scene.failuresOf(layer)[0]?.message : HEALTHY;
      const all = KINDS.map(object => [layerOf(object), told(layerOf(object))]);
      return all.every(([, health]) => health !== undefined) ? all : undefined;
    });
    const unhealthy = (kind: string) => expect.stringMatching(`(timeout waiting for|stalled resources): .*${kind}/\\S+ status: '(InProgress|Failed)'`);
    const expected = KINDS.map(object => {
      const { apiVersion, kind, name } = object as Required<ObjectFixture>;
      return [layerOf(object), isJudged(objectId(apiVersion, kind, name), []) && !READY.includes(object) ? unhealthy(kind) : HEALTHY];
    });
    expect(seen).toEqual(expected);
  }, { flux: { kustomizeController: ['--concurrent=50'] } });
});
