import { ApiObject } from 'cdk8s';
import { Cluster, Component, Platform, Variable, flux, layers } from 'cdk8s-strata';

const platform = new Platform();
const web = new Component(platform, 'web', { area: 'apps', namespace: 'web' });
new ApiObject(web, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { url: `https://web.${Variable.of('domain')}` } });
const cluster = new Cluster(platform, 'production', { variables: { domain: 'example.com' } });
cluster.assume({ what: 'the namespace of the web', object: { apiVersion: 'v1', kind: 'Namespace', name: 'web' } });
new layers.Apps(cluster, 'apps', {
  components: [web],
  healthChecks: [flux.HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'web' })],
  // Raw CEL is parsed by a bundled dependency.
  healthCheckExprs: [flux.HealthCheckExpression.of({ apiVersion: 'v1', kind: 'ConfigMap', current: 'has(data.url)' })],
});
platform.synth();
