import { Duration } from 'cdk8s';
import { component } from './fixtures';
import { Area, Cluster, Layer, Testing, flux } from '../../src';

test('a layer becomes a Kustomization in the directory of its cluster', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  expect(platform.files()['clusters/dev/apps.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/base/web
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`);
});

test('the options of a layer are those of its Kustomization', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev'), 'apps', {
    components: [component(platform, 'web')],
    interval: Duration.minutes(4),
    retryInterval: Duration.seconds(30),
    timeout: Duration.minutes(3),
    wait: true,
    prune: false,
    source: flux.Source.oci('platform'),
  });
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec).toEqual({
    interval: '4m',
    retryInterval: '30s',
    timeout: '3m',
    path: './apps/base/web',
    prune: false,
    wait: true,
    sourceRef: { kind: 'OCIRepository', name: 'platform' },
  });
});

test('a reason for a dependency becomes the comment behind its entry', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const namespaces = new Layer(cluster, 'namespaces', { components: [component(platform, 'namespaces')] });
  const crds = new Layer(cluster, 'crds', { components: [component(platform, 'crds')] });
  const apps = new Layer(cluster, 'apps', { components: [component(platform, 'web')] });
  apps.addDependency(namespaces);
  apps.addDependency(crds, { because: 'monitors of what\n  the apps expose' });
  expect(platform.files()['clusters/dev/apps.yaml']).toContain(`\
  dependsOn:
    - name: namespaces
    - name: crds # monitors of what the apps expose
`);
});

test('a dependency that is given twice is written once, with the later reason', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const crds = new Layer(cluster, 'crds', { components: [component(platform, 'crds')] });
  const apps = new Layer(cluster, 'apps', { components: [component(platform, 'web')] });
  apps.addDependency(crds, { because: 'first' });
  apps.addDependency(crds, { because: 'second' });
  apps.addDependency(crds);
  expect(platform.files()['clusters/dev/apps.yaml']).toContain('  dependsOn:\n    - name: crds # second\n');
  expect(platform.deliveries()[0].kustomizations[0].dependsOn).toEqual([{ name: 'crds', namespace: 'flux-system', because: 'second' }]);
});

test('a layer waits for the layers of its props', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const [crds, security] = ['crds', 'security'].map(id => new Layer(cluster, id, { components: [component(platform, `${id}-stuff`)] }));
  security.addStage('security-late', { components: [component(platform, 'late')] });
  const apps = new Layer(cluster, 'apps', { components: [component(platform, 'web')], dependsOn: [security, crds] });
  apps.addDependency(crds, { because: 'monitors' });
  expect(platform.files()['clusters/dev/apps.yaml']).toContain('  dependsOn:\n    - name: security-late\n    - name: crds # monitors\n');
});

test('what is undefined in the props of a layer is as if it were not said', () => {
  const platform = Testing.platform();
  const props = { dependsOn: undefined, area: undefined, prune: undefined, healthChecks: undefined, directory: undefined, interval: undefined };
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')], ...props });
  expect(apps.area).toBe('apps');
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec).toEqual({
    interval: '10m', path: './apps/base/web', prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  });
});

test('a layer delivers components that are added later', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps');
  const [web, cache] = ['web', 'cache'].map(id => component(platform, id));
  apps.addComponent(web, cache);
  expect(apps.components).toEqual([web, cache]);
  expect(Testing.repository(platform).object('apps/dev/kustomization.yaml').resources).toEqual(['../base/cache', '../base/web']);
});

test('a further stage waits for the one before it', () => {
  const platform = Testing.platform();
  const operator = new Layer(new Cluster(platform, 'dev'), 'operator', { components: [component(platform, 'controller')] });
  operator.addStage('operator-packages', { components: [component(platform, 'packages')], because: 'the controller installs them' });
  operator.addStage('operator-config', { components: [component(platform, 'config')] });
  const files = platform.files();
  expect(files['clusters/dev/operator.yaml']).not.toContain('dependsOn');
  expect(files['clusters/dev/operator-packages.yaml']).toContain('  dependsOn:\n    - name: operator # the controller installs them\n');
  expect(files['clusters/dev/operator-config.yaml']).toContain('  dependsOn:\n    - name: operator-packages\n');
});

test('what depends on a layer waits for its last stage, although that is added afterwards', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const operator = new Layer(cluster, 'operator', { components: [component(platform, 'controller')] });
  const apps = new Layer(cluster, 'apps', { components: [component(platform, 'web')] });
  apps.addDependency(operator);
  operator.addStage('operator-config', { components: [component(platform, 'config')] });
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.dependsOn).toEqual([{ name: 'operator-config' }]);
});

test('only the first stage of a layer waits for what the layer depends on', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const crds = new Layer(cluster, 'crds', { components: [component(platform, 'crds')] });
  const operator = new Layer(cluster, 'operator', { components: [component(platform, 'controller')] });
  operator.addStage('operator-config', { components: [component(platform, 'config')] });
  operator.addDependency(crds);
  const repository = Testing.repository(platform);
  expect(repository.object('clusters/dev/operator.yaml').spec.dependsOn).toEqual([{ name: 'crds' }]);
  expect(repository.object('clusters/dev/operator-config.yaml').spec.dependsOn).toEqual([{ name: 'operator' }]);
});

test('the stages of a layer are told in order, and handed out as a copy', () => {
  const platform = Testing.platform();
  const operator = new Layer(new Cluster(platform, 'dev'), 'operator', { components: [component(platform, 'controller')] });
  const config = operator.addStage('operator-config', { components: [component(platform, 'config')] });
  operator.stages.pop();
  expect(operator.stages.map(stage => stage.kustomizationName)).toEqual(['operator', 'operator-config']);
  expect(operator.firstStage).toBe(operator.stages[0]);
  expect(operator.lastStage).toBe(config);
  expect(operator.components.map(({ node }) => node.id)).toEqual(['controller', 'config']);
});

test('what depends on a layer does not wait for a stage that is not awaited', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  const infrastructure = new Layer(cluster, 'infrastructure', { components: [component(platform, 'controller')] });
  new Layer(cluster, 'apps', { components: [component(platform, 'web')], dependsOn: [infrastructure] });
  const nodes = infrastructure.addStage('infrastructure-nodes', { components: [component(platform, 'nodes')], awaited: false });
  expect(infrastructure.lastStage).toBe(nodes);
  expect(infrastructure.awaitedStage).toBe(infrastructure.firstStage);
  const repository = Testing.repository(platform);
  repository.hasKustomization('apps', { dependsOn: [{ name: 'infrastructure' }] });
  repository.hasKustomization('infrastructure-nodes', { dependsOn: [{ name: 'infrastructure' }] });
});

test('the area of a layer is its name if nothing is said', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  expect(new Layer(cluster, 'gateways').area).toBe('gateways');
  expect(new Layer(cluster, 'mesh', { area: Area.INFRASTRUCTURE }).area).toBe('infrastructure');
});

test('a construct can be asked whether it is a layer', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  expect([cluster, new Layer(cluster, 'apps')].map(Layer.isLayer)).toEqual([false, true]);
});

test('two stages of one name in a layer are refused at once', () => {
  const apps = new Layer(new Cluster(Testing.platform(), 'dev'), 'apps');
  apps.addStage('apps-late', {});
  for (const id of ['apps', 'apps-late']) {
    expect(() => apps.addStage(id, {})).toThrow(new Error(
      `dev/apps already has a stage named "${id}"; expected every name once on a cluster: rename one of them.`));
  }
});

test('two layers of one name on a cluster are refused at once', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  new Layer(cluster, 'apps');
  expect(() => new Layer(cluster, 'apps')).toThrow(new Error(
    'dev already has a construct named "apps", so it cannot have a layer of that name; expected every name once in a cluster: rename one of them.'));
});

test('a gate follows the Kustomization\'s target namespace and prefix, as the objects do', () => {
  const platform = Testing.platform();
  const made = component(platform, 'web');
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made], targetNamespace: 'team', namePrefix: 'eu-' });
  apps.firstStage.addGate('v1', 'ConfigMap');
  const [{ name }] = platform.deliveries()[0].kustomizations[0].objects;
  Testing.repository(platform).hasKustomization('apps', {
    healthChecks: [{ apiVersion: 'v1', kind: 'ConfigMap', name: `eu-${name}`, namespace: 'team' }],
  });
});

test('an expression of a gate has to parse, too', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  apps.firstStage.addGate('v1', 'ConfigMap', flux.HealthCheckExpression.of({ apiVersion: 'v1', kind: 'ConfigMap', current: 'data ==' }));
  expect(() => platform.files()).toThrow('is "data ==", which does not parse (Unexpected token: EOF at 1:8)');
});
