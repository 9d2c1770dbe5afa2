import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { Crossplane } = components;
const resources = (memory: number) => ({
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) },
});

test('defaults', () => {
  expect(manifestsOf(new Crossplane(Testing.platform(), 'crossplane'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Crossplane(Testing.platform(), 'crossplane', {
    namespace: 'upbound-system',
    replicas: 2,
    maxConcurrentReconciles: 20,
    resources: resources(512),
    rbacManagerResources: resources(64),
    metrics: false,
    debug: true,
    values: { priorityClassName: 'critical' },
  }))).toMatchSnapshot();
});

test('is the Deployment whose health the layer waits for', () => {
  const crossplane = new Crossplane(Testing.platform(), 'crossplane');
  expect(crossplane.providedObjects).toContainEqual(
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'crossplane', namespace: 'crossplane-system' });
});

test('says where its metrics are, unless it tells none', () => {
  const platform = Testing.platform();
  expect(new Crossplane(platform, 'crossplane').metricsEndpoints).toEqual(['crossplane', 'crossplane-rbac-manager'].map(name => ({
    name, target: 'Pod', namespace: 'crossplane-system', matchLabels: { app: name, release: 'crossplane' }, port: 'metrics',
  })));
  expect(new Crossplane(platform, 'quiet', { metrics: false }).metricsEndpoints).toEqual([]);
});
