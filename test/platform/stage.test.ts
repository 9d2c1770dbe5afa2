import { ApiObject } from 'cdk8s';
import { component } from './fixtures';
import { Cluster, Component, Layer, LayerProps, Testing, flux } from '../../src';

const { HealthCheck, HealthCheckExpression } = flux;
const READY = { apiVersion: 'example.com/v1', kind: 'Cache', current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')" };

/** The health checks and expressions of a stage with a gate for caches, which delivers objects of these kinds. */
function gated(kinds: string[], props: LayerProps = {}): { healthChecks?: object[]; healthCheckExprs?: object[] } {
  const platform = Testing.platform();
  const made = new Component(platform, 'web', { area: 'apps', namespace: 'web' });
  kinds.forEach(kind => new ApiObject(made, kind.toLowerCase(), { apiVersion: 'example.com/v1', kind }));
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made], ...props });
  apps.firstStage.addGate('example.com/v1', 'Cache', HealthCheckExpression.ready('example.com/v1', 'Cache'));
  const { healthChecks, healthCheckExprs } = Testing.repository(platform).object('clusters/dev/apps.yaml').spec;
  return { healthChecks, healthCheckExprs };
}

test('the path of a stage is known once the platform is synthesized', () => {
  const platform = Testing.platform();
  const { firstStage } = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  expect(firstStage.path).toBe('');
  platform.files();
  expect(firstStage.path).toBe('./apps/base/web');
});

test('the components of a stage are handed out as a copy', () => {
  const platform = Testing.platform();
  const { firstStage } = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  firstStage.components.pop();
  expect(firstStage.components.map(({ node }) => node.id)).toEqual(['web']);
});

test('a stage delivers components that are added later', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  const late = apps.addStage('apps-late', {});
  late.addComponent(component(platform, 'cache'));
  expect(Testing.repository(platform).object('clusters/dev/apps-late.yaml').spec.path).toBe('./apps/base/cache');
});

test('a comment is written behind the field', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')], prune: false });
  apps.firstStage.addComment('/spec/prune', 'never prune');
  expect(platform.files()['clusters/dev/apps.yaml']).toContain('  prune: false # never prune\n');
});

test('the health of every object of a kind is checked, sorted, also in components that are added later', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  apps.firstStage.addGate('example.com/v1', 'Cache');
  const caches = new Component(platform, 'caches', { area: 'apps', namespace: 'cache' });
  new ApiObject(caches, 'second', { apiVersion: 'example.com/v1', kind: 'Cache' });
  new ApiObject(caches, 'first', { apiVersion: 'example.com/v1', kind: 'Cache' });
  new ApiObject(caches, 'other-version', { apiVersion: 'example.com/v2', kind: 'Cache' });
  apps.addComponent(caches);
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.healthChecks).toEqual([
    { apiVersion: 'example.com/v1', kind: 'Cache', name: 'first', namespace: 'cache' },
    { apiVersion: 'example.com/v2', kind: 'Cache', name: 'other-version', namespace: 'cache' },
    { apiVersion: 'example.com/v1', kind: 'Cache', name: 'second', namespace: 'cache' },
  ]);
});

test('a health check may name an object that an earlier stage of the layer delivers', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web');
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [web] });
  const check = flux.HealthCheck.ofObject(ApiObject.of(web.node.findChild('web')));
  apps.addStage('apps-late', { components: [component(platform, 'cache')], healthChecks: [check] });
  expect(Testing.repository(platform).object('clusters/dev/apps-late.yaml').spec.healthChecks)
    .toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'web', namespace: 'default' }]);
});

test('a health check names an object as the Kustomization renames it', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: 'apps', namespace: 'apps' });
  new ApiObject(web, 'web', { apiVersion: 'v1', kind: 'ConfigMap' });
  const check = flux.HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a-web-z', namespace: 'target' });
  new Layer(new Cluster(platform, 'dev'), 'apps', {
    components: [web], namePrefix: 'a-', nameSuffix: '-z', targetNamespace: 'target', healthChecks: [check],
  });
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.healthChecks)
    .toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a-web-z', namespace: 'target' }]);
});

test('a health check on an object of the program follows the Kustomization', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: 'apps', namespace: 'apps' });
  const object = new ApiObject(web, 'web', { apiVersion: 'v1', kind: 'ConfigMap' });
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', {
    components: [web], namePrefix: 'a-', nameSuffix: '-z', targetNamespace: 'target', healthChecks: [HealthCheck.ofObject(object)],
  });
  apps.firstStage.addHealthCheck(HealthCheck.everyObject('v1', 'ConfigMap', [web, platform]));
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.healthChecks)
    .toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a-web-z', namespace: 'target' }]);
});

test('a gate checks every object of its kind, and says how they are judged', () => {
  expect(gated(['Cache', 'Store'])).toEqual({
    healthChecks: [{ apiVersion: 'example.com/v1', kind: 'Cache', name: 'cache', namespace: 'web' }], healthCheckExprs: [READY],
  });
});

test('a gate follows the Kustomization', () => {
  expect(gated(['Cache'], { namePrefix: 'a-', targetNamespace: 'target' }).healthChecks)
    .toEqual([{ apiVersion: 'example.com/v1', kind: 'Cache', name: 'a-cache', namespace: 'target' }]);
});

test('a gate for a kind of which nothing is delivered is not written', () => {
  expect(gated(['Store'])).toEqual({});
});

test('health checks of the props take the place of a gate', () => {
  const store = HealthCheck.of({ apiVersion: 'example.com/v1', kind: 'Store', name: 'store', namespace: 'web' });
  expect(gated(['Cache', 'Store'], { healthChecks: [store] }))
    .toEqual({ healthChecks: [{ apiVersion: 'example.com/v1', kind: 'Store', name: 'store', namespace: 'web' }] });
});

test('no health checks in the props are no gate', () => {
  expect(gated(['Cache'], { healthChecks: [] })).toEqual({});
});

test('health checks of the props that are undefined leave a gate as it is', () => {
  expect(gated(['Cache'], { healthChecks: undefined }).healthChecks).toHaveLength(1);
});

test('the expression of a gate judges what the health checks of the props check of its kind', () => {
  const cache = HealthCheck.of({ apiVersion: 'example.com/v1', kind: 'Cache', name: 'cache', namespace: 'web' });
  expect(gated(['Cache'], { healthChecks: [cache] }).healthCheckExprs).toEqual([READY]);
});

test('a stage that waits for everything has no checks of a gate, but its expression', () => {
  expect(gated(['Cache', 'Store'], { wait: true })).toEqual({ healthCheckExprs: [READY] });
});

test('a stage that waits for everything has no expression of a gate for a kind of which nothing is delivered', () => {
  expect(gated(['Store'], { wait: true })).toEqual({});
});

test('an expression of the props for the same group and kind takes the place of that of a gate', () => {
  const own = HealthCheckExpression.of({ apiVersion: 'example.com/v2', kind: 'Cache', current: 'status.size == spec.size' });
  expect(gated(['Cache'], { healthCheckExprs: [own] }).healthCheckExprs)
    .toEqual([{ apiVersion: 'example.com/v2', kind: 'Cache', current: 'status.size == spec.size' }]);
});

test('an expression of the props for the whole group stands beside that of a gate', () => {
  const own = HealthCheckExpression.of({ apiVersion: 'example.com/v1', current: 'status.ok' });
  expect(gated(['Cache'], { healthCheckExprs: [own] }).healthCheckExprs).toEqual([{ apiVersion: 'example.com/v1', current: 'status.ok' }, READY]);
});

test('a gate without an expression leaves the judgement to Flux', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  apps.firstStage.addGate('v1', 'ConfigMap');
  const { healthChecks, healthCheckExprs } = Testing.repository(platform).object('clusters/dev/apps.yaml').spec;
  expect([healthChecks, healthCheckExprs]).toEqual([[{ apiVersion: 'v1', kind: 'ConfigMap', name: 'web', namespace: 'default' }], undefined]);
});

test('two gates with an expression for one group and kind are refused', () => {
  const platform = Testing.platform();
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [component(platform, 'web')] });
  ['first', 'second'].forEach(() => apps.firstStage.addGate('v1', 'ConfigMap', HealthCheckExpression.ready('v1', 'ConfigMap')));
  expect(() => platform.files()).toThrow(new Error(`\
1 problem, nothing was written:
  dev/apps/stages/apps: has two health check expressions for ConfigMap of v1, which Flux refuses; expected one: take one of them away.`));
});
