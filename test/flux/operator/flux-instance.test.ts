import { Duration, JsonPatch, Size } from 'cdk8s';
import { Testing } from '../../../src';
import {
  FluxClusterSize, FluxClusterType, FluxComponent, FluxInstance, FluxInstanceProps, FluxShardStorage, FluxSyncKind, FluxSyncProvider, FluxVariant,
  Patch, PatchTarget,
} from '../../../src/flux';
import { fieldPaths } from '../field-paths';
import { refusalOf, stand } from '../flux-fixtures';

const DISTRIBUTION = { version: '2.9.x', registry: 'ghcr.io/fluxcd' };
const SYNC = { kind: FluxSyncKind.GIT_REPOSITORY, url: 'https://github.com/acme/platform', ref: 'refs/heads/main', path: 'clusters/production' };

function fluxInstance(props: Partial<FluxInstanceProps> = {}, change: (instance: FluxInstance) => void = () => {}): string {
  const { platform, component } = stand();
  change(new FluxInstance(component, 'instance', { distribution: DISTRIBUTION, ...props }));
  return Testing.synth(platform)['apps/base/stand/fluxinstance-flux.yaml'];
}

function refusal(props: Partial<FluxInstanceProps>): string[] {
  const { platform, component } = stand();
  new FluxInstance(component, 'instance', { distribution: DISTRIBUTION, ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a FluxInstance. */
const COMPLETE: FluxInstanceProps = {
  metadata: { namespace: 'flux-system', labels: { team: 'platform' }, annotations: { owner: 'platform' } },
  reconcile: true,
  reconcileEvery: Duration.minutes(30),
  reconcileArtifactEvery: Duration.hours(1),
  reconcileTimeout: Duration.minutes(10),
  distribution: {
    version: '2.9.x',
    registry: 'ghcr.io/controlplaneio-fluxcd/distroless',
    variant: FluxVariant.ENTERPRISE_DISTROLESS_FIPS,
    artifact: 'oci://registry.example.com/flux-manifests:v1',
    artifactPullSecret: 'artifacts',
    imagePullSecret: 'images',
  },
  components: [FluxComponent.SOURCE_CONTROLLER, FluxComponent.KUSTOMIZE_CONTROLLER],
  cluster: {
    type: FluxClusterType.OPENSHIFT,
    size: FluxClusterSize.LARGE,
    domain: 'cluster.internal',
    networkPolicy: false,
    multitenant: true,
    tenantDefaultServiceAccount: 'flux-tenant',
    objectLevelWorkloadIdentity: true,
    multitenantWorkloadIdentity: true,
    tenantDefaultDecryptionServiceAccount: 'flux-decryption',
    tenantDefaultKubeConfigServiceAccount: 'flux-remote',
  },
  sharding: { key: 'acme.example.com/shard', shards: ['shard1', 'shard2'], storage: FluxShardStorage.PERSISTENT },
  storage: { class: 'gp3', size: Size.gibibytes(10) },
  commonMetadata: { labels: { team: 'platform' }, annotations: { owner: 'platform' } },
  patches: [Patch.json6902(
    PatchTarget.select({
      group: 'apps', version: 'v1', kind: 'Deployment', name: '.*-controller', namespace: 'flux-system', labelSelector: 'app=flux', annotationSelector: 'owner=a',
    }),
    JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
  )],
  wait: false,
  migrateResources: false,
  sync: { ...SYNC, provider: FluxSyncProvider.GITHUB, pullSecret: 'github-app', interval: Duration.minutes(5), name: 'platform' },
};

test('defaults', () => {
  expect(fluxInstance()).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: team
spec:
  distribution:
    version: 2.9.x
    registry: ghcr.io/fluxcd
`);
});

test('every field', () => {
  expect(fluxInstance(COMPLETE)).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
  labels:
    team: platform
  annotations:
    fluxcd.controlplane.io/reconcile: enabled
    fluxcd.controlplane.io/reconcileArtifactEvery: 1h
    fluxcd.controlplane.io/reconcileEvery: 30m
    fluxcd.controlplane.io/reconcileTimeout: 10m
    owner: platform
spec:
  distribution:
    version: 2.9.x
    registry: ghcr.io/controlplaneio-fluxcd/distroless
    variant: enterprise-distroless-fips
    artifact: oci://registry.example.com/flux-manifests:v1
    artifactPullSecret: artifacts
    imagePullSecret: images
  components:
    - source-controller
    - kustomize-controller
  cluster:
    type: openshift
    size: large
    domain: cluster.internal
    networkPolicy: false
    multitenant: true
    tenantDefaultServiceAccount: flux-tenant
    objectLevelWorkloadIdentity: true
    multitenantWorkloadIdentity: true
    tenantDefaultDecryptionServiceAccount: flux-decryption
    tenantDefaultKubeConfigServiceAccount: flux-remote
  sharding:
    key: acme.example.com/shard
    shards:
      - shard1
      - shard2
    storage: persistent
  storage:
    class: gp3
    size: 10Gi
  commonMetadata:
    labels:
      team: platform
    annotations:
      owner: platform
  kustomize:
    patches:
      - target:
          group: apps
          version: v1
          kind: Deployment
          name: .*-controller
          namespace: flux-system
          labelSelector: app=flux
          annotationSelector: owner=a
        patch: |
          - op: add
            path: /spec/template/spec/priorityClassName
            value: high
  wait: false
  migrateResources: false
  sync:
    kind: GitRepository
    provider: github
    url: https://github.com/acme/platform
    ref: refs/heads/main
    path: clusters/production
    pullSecret: github-app
    interval: 5m
    name: platform
`);
});

test('"every field" leaves none out', () => {
  expect(fieldPaths(['commonMetadata.labels', 'commonMetadata.annotations'], fluxInstance(COMPLETE))).toEqual([
    'cluster', 'cluster.domain', 'cluster.multitenant', 'cluster.multitenantWorkloadIdentity', 'cluster.networkPolicy',
    'cluster.objectLevelWorkloadIdentity', 'cluster.size', 'cluster.tenantDefaultDecryptionServiceAccount',
    'cluster.tenantDefaultKubeConfigServiceAccount', 'cluster.tenantDefaultServiceAccount', 'cluster.type',
    'commonMetadata', 'commonMetadata.annotations', 'commonMetadata.labels',
    'components',
    'distribution', 'distribution.artifact', 'distribution.artifactPullSecret', 'distribution.imagePullSecret', 'distribution.registry',
    'distribution.variant', 'distribution.version',
    'kustomize', 'kustomize.patches', 'kustomize.patches[].patch', 'kustomize.patches[].target', 'kustomize.patches[].target.annotationSelector',
    'kustomize.patches[].target.group', 'kustomize.patches[].target.kind', 'kustomize.patches[].target.labelSelector',
    'kustomize.patches[].target.name', 'kustomize.patches[].target.namespace', 'kustomize.patches[].target.version',
    'migrateResources',
    'sharding', 'sharding.key', 'sharding.shards', 'sharding.storage',
    'storage', 'storage.class', 'storage.size',
    'sync', 'sync.interval', 'sync.kind', 'sync.name', 'sync.path', 'sync.provider', 'sync.pullSecret', 'sync.ref', 'sync.url',
    'wait',
  ]);
});

test('the operator can be told to leave it alone', () => {
  expect(fluxInstance({ reconcile: false })).toContain('  annotations:\n    fluxcd.controlplane.io/reconcile: disabled\n');
});

test('what is empty is not written', () => {
  expect(fluxInstance({ components: [], cluster: {}, commonMetadata: { labels: {} }, patches: [] })).toBe(fluxInstance());
});

test('a patch merges fields into Flux\'s own objects', () => {
  const patch = Patch.strategicMerge(PatchTarget.select({ kind: 'Kustomization' }), { spec: { prune: false } });
  expect(fluxInstance({ patches: [patch] })).toContain(`\
  kustomize:
    patches:
      - target:
          kind: Kustomization
        patch: |
          apiVersion: v1
          kind: Kustomization
          metadata:
            name: any
          spec:
            prune: false
`);
});

describe('components', () => {
  test('one that is added comes after those of the default', () => {
    expect(fluxInstance({}, instance => instance.addComponent(FluxComponent.SOURCE_WATCHER))).toContain(`\
  components:
    - source-controller
    - kustomize-controller
    - helm-controller
    - notification-controller
    - source-watcher
`);
  });

  test('ones that are added come after those that were given, each once', () => {
    const text = fluxInstance({ components: [FluxComponent.SOURCE_CONTROLLER] }, instance => {
      instance.addComponent(FluxComponent.IMAGE_REFLECTOR_CONTROLLER, FluxComponent.SOURCE_CONTROLLER);
      instance.addComponent(FluxComponent.IMAGE_AUTOMATION_CONTROLLER);
    });
    expect(text).toContain('  components:\n    - source-controller\n    - image-reflector-controller\n    - image-automation-controller\n');
  });

  test('those of the default are there without being written', () => {
    const instance = new FluxInstance(stand().component, 'flux', { distribution: DISTRIBUTION });
    expect(Object.values(FluxComponent).filter(component => instance.hasComponent(component)))
      .toEqual(['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller']);
  });

  test('those that were given are there and no others', () => {
    const instance = new FluxInstance(stand().component, 'flux', { distribution: DISTRIBUTION, components: [FluxComponent.SOURCE_CONTROLLER] });
    instance.addComponent(FluxComponent.SOURCE_WATCHER);
    expect(Object.values(FluxComponent).filter(component => instance.hasComponent(component))).toEqual(['source-controller', 'source-watcher']);
  });
});

describe('refusals', () => {
  test('another name', () => {
    expect(refusal({ metadata: { name: 'flux-2' } })).toEqual([
      'stand/instance: is named "flux-2"; expected "flux", the only name that the operator accepts: leave the name out.',
    ]);
  });

  test('an artifact that is not in a registry', () => {
    expect(refusal({ distribution: { ...DISTRIBUTION, artifact: 'https://example.com/flux.tgz' } })).toEqual([
      'stand/instance: has the artifact "https://example.com/flux.tgz"; expected one that begins with oci://: correct it.',
    ]);
  });

  test('identities of tenants without identities of objects', () => {
    expect(refusal({ cluster: { multitenantWorkloadIdentity: true } })).toEqual([
      'stand/instance: has multitenantWorkloadIdentity without objectLevelWorkloadIdentity; expected both, because a tenant\'s identity is that of an '
      + 'object: set objectLevelWorkloadIdentity, too.',
    ]);
  });

  test('sharding without shards', () => {
    expect(refusal({ sharding: { shards: [] } })).toEqual([
      'stand/instance: has sharding without shards; expected at least one: name it, or leave sharding out.',
    ]);
  });

  test('persistent shards without storage', () => {
    expect(refusal({ sharding: { shards: ['shard1'], storage: FluxShardStorage.PERSISTENT } })).toEqual([
      'stand/instance: has shards with persistent storage, but no storage to make their volumes like; expected storage with a class and a size: '
      + 'say which, or take FluxShardStorage.EPHEMERAL.',
    ]);
  });

  test.each([
    [FluxSyncProvider.GCP, FluxSyncKind.GIT_REPOSITORY, 'OCIRepository or Bucket'],
    [FluxSyncProvider.GITHUB, FluxSyncKind.OCI_REPOSITORY, 'GitRepository'],
    [FluxSyncProvider.GITHUB, FluxSyncKind.BUCKET, 'GitRepository'],
  ])('the provider %s with the kind %s', (provider, kind, expected) => {
    expect(refusal({ sync: { ...SYNC, kind, provider } })).toEqual([
      `stand/instance: syncs a ${kind} with the provider "${provider}"; expected the kind ${expected} with it: correct the kind, or name another provider.`,
    ]);
  });

  test('a name of the sync that is too long for a Kustomization', () => {
    expect(refusal({ sync: { ...SYNC, name: 's'.repeat(64) } })).toEqual([
      `stand/instance: the Kustomization is named "${'s'.repeat(64)}", which has 64 characters; expected at most 63: shorten it.`,
    ]);
  });
});

test.each([
  ['a kind without a provider', { sync: SYNC }],
  ['an OCIRepository of gcp', { sync: { ...SYNC, kind: FluxSyncKind.OCI_REPOSITORY, provider: FluxSyncProvider.GCP } }],
  ['a Bucket of gcp', { sync: { ...SYNC, kind: FluxSyncKind.BUCKET, provider: FluxSyncProvider.GCP } }],
  ['a GitRepository of azure', { sync: { ...SYNC, provider: FluxSyncProvider.AZURE } }],
  ['ephemeral shards without storage', { sharding: { shards: ['shard1'], storage: FluxShardStorage.EPHEMERAL } }],
  ['identities of objects without those of tenants', { cluster: { objectLevelWorkloadIdentity: true } }],
])('%s is accepted', (_, props) => {
  expect(refusal(props)).toEqual([]);
});
