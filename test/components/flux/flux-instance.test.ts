import { Duration, JsonPatch, Size } from 'cdk8s';
import { Platform, Testing, components, flux } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';

const { ClusterSecretStore, FluxInstance, SecretSource } = components;
const store = ClusterSecretStore.fromName('aws-secrets-manager');
const repositoryUrl = 'https://github.com/acme/platform';

/** The files of the component. The operator's definitions are not among those that tests hold objects to. */
function filesOf(component: components.FluxInstance): string {
  const files = Object.entries(Testing.synth(component.node.root as Platform)).filter(([path]) => path.startsWith(component.directory));
  return files.map(([path, text]) => `# ${path}\n${text}`).join('\n');
}

test('defaults', () => {
  expect(filesOf(new FluxInstance(Testing.platform(), 'flux-instance', { repositoryUrl }))).toMatchSnapshot();
});

test('everything set', () => {
  expect(filesOf(new FluxInstance(Testing.platform(), 'flux-instance', {
    repositoryUrl,
    branch: 'production',
    path: 'clusters/dev',
    interval: Duration.minutes(5),
    pullSecret: SecretSource.fromStore(store, {
      githubAppID: 'flux/github-app#id', githubAppInstallationOwner: 'flux/github-app#owner', githubAppPrivateKey: 'flux/github-app#key',
    }),
    pullSecretName: 'github-app',
    provider: flux.FluxSyncProvider.GITHUB,
    components: [flux.FluxComponent.SOURCE_CONTROLLER, flux.FluxComponent.KUSTOMIZE_CONTROLLER, flux.FluxComponent.SOURCE_WATCHER],
    imageAutomation: true,
    sourceWatcher: true,
    version: '2.9.4',
    registry: 'registry.acme.io/fluxcd',
    variant: flux.FluxVariant.UPSTREAM_ALPINE,
    artifact: 'oci://registry.acme.io/flux-manifests:v1',
    imagePullSecret: { secretName: 'registry' },
    type: flux.FluxClusterType.GCP,
    size: flux.FluxClusterSize.LARGE,
    networkPolicy: false,
    multitenant: true,
    tenantDefaultServiceAccount: 'flux',
    sharding: { shards: ['shard1'], storage: flux.FluxShardStorage.PERSISTENT },
    storage: { class: 'gp3', size: Size.gibibytes(10) },
    patches: [flux.Patch.json6902(flux.PatchTarget.select({ kind: 'Deployment' }), JsonPatch.add('/spec/template/spec/nodeSelector', { pool: 'system' }))],
  }))).toMatchSnapshot();
});

test('the version is the platform\'s', () => {
  const platform = Testing.platform({ versions: { flux: { app: '2.10.x' } } });
  new FluxInstance(platform, 'flux-instance', { repositoryUrl });
  Testing.repository(platform).hasObject('FluxInstance', 'flux', { spec: { distribution: { version: '2.10.x' } } });
});

test('a Secret from a store stays when the component goes, so that Flux can go on fetching', () => {
  const platform = Testing.platform();
  const instance = new FluxInstance(platform, 'flux-instance', { repositoryUrl, pullSecret: SecretSource.extractFromStore(store, 'flux/github-app') });
  expect(instance.pullSecretName).toBe('flux-system');
  Testing.repository(platform).hasObject('ExternalSecret', 'flux-system', {
    metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }, spec: { target: { name: 'flux-system' } },
  });
});

test('a Secret that is there is used as it is', () => {
  const platform = Testing.platform();
  new FluxInstance(platform, 'flux-instance', { repositoryUrl, pullSecret: SecretSource.fromName('fleet-app') });
  const repository = Testing.repository(platform);
  repository.hasObject('FluxInstance', 'flux', { spec: { sync: { provider: 'github', pullSecret: 'fleet-app' } } });
  expect(repository.paths).toEqual(['flux/base/flux-instance/fluxinstance-flux.yaml', 'flux/base/flux-instance/kustomization.yaml']);
});

test('credentials of another kind have keys of their own', () => {
  const platform = Testing.platform();
  new FluxInstance(platform, 'flux-instance', {
    repositoryUrl, provider: flux.FluxSyncProvider.GENERIC, pullSecret: SecretSource.fromStore(store, { username: 'git#user', password: 'git#password' }),
  });
  Testing.repository(platform).hasObject('FluxInstance', 'flux', { spec: { sync: { provider: 'generic', pullSecret: 'flux-system' } } });
});

test('says where its metrics are, and which Deployments there are, those of shards included', () => {
  const instance = new FluxInstance(Testing.platform(), 'flux-instance', { repositoryUrl, sourceWatcher: true, sharding: { shards: ['shard1'] } });
  const names = [
    'source-controller', 'source-controller-shard1', 'kustomize-controller', 'kustomize-controller-shard1', 'helm-controller', 'helm-controller-shard1',
    'notification-controller', 'source-watcher', 'source-watcher-shard1',
  ];
  expect(instance.metricsEndpoints.map(({ name }) => name)).toEqual(names);
  expect(instance.metricsEndpoints[1]).toEqual({
    name: 'source-controller-shard1', target: components.MetricsTarget.POD, namespace: 'flux-system', matchLabels: { app: 'source-controller-shard1' }, port: 'http-prom',
  });
  expect(instance.providedObjects.filter(({ kind }) => kind === 'Deployment').map(({ name }) => name)).toEqual(names);
});

test('a controller that is added later is one of those that tell metrics', () => {
  const instance = new FluxInstance(Testing.platform(), 'flux-instance', { repositoryUrl });
  instance.instance.addComponent(flux.FluxComponent.SOURCE_WATCHER);
  expect(instance.metricsEndpoints.map(({ name }) => name)).toContain('source-watcher');
});

test('refuses a Secret from a store that lacks a key of the GitHub App', () => {
  expect(() => new FluxInstance(Testing.platform(), 'flux-instance', { repositoryUrl, pullSecret: SecretSource.fromStore(store, { githubAppID: 'app#id' }) })).toThrow(
    'flux-instance needs the key githubAppPrivateKey in its Secret "flux-system", which has githubAppID; expected githubAppID, githubAppPrivateKey: name each of them.');
});

test('refuses a Flux that could not reconcile this repository, and what goes with nothing', () => {
  const platform = Testing.platform();
  new FluxInstance(platform, 'flux-instance', {
    repositoryUrl, components: [flux.FluxComponent.HELM_CONTROLLER], provider: flux.FluxSyncProvider.GITHUB, pullSecretName: 'app', tenantDefaultServiceAccount: 'flux',
  });
  expect(refusalOf(platform)).toEqual([
    'flux-instance: Flux is given the ServiceAccount "flux" for tenants that it does not keep apart; expected multitenant with it: set that, too, or leave '
    + 'tenantDefaultServiceAccount out.',
    'flux-instance: Flux is given the name "app" for a Secret that nothing says the contents of; expected pullSecret with it: say where the credentials come from.',
    'flux-instance: Flux is installed without source-controller and kustomize-controller, so it cannot fetch and apply this repository; expected source-controller '
    + 'and kustomize-controller among its components: name them, too.',
    'flux-instance: Flux is to fetch the repository as a GitHub App whose credentials it does not have; expected a Secret with them: name it in pullSecret, or leave '
    + 'provider out.',
  ]);
});
