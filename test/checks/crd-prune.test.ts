import { Duration } from 'cdk8s';
import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { Component, LayerProps, flux } from '../../src';

const CHECK = 'crd-prune';
const FIX = 'deliver definitions in a crds layer, which has prune off, or annotate them with kustomize.toolkit.fluxcd.io/prune: disabled';
const STAYS = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

function definition(plural: string, annotations?: { [key: string]: string }): ObjectFixture {
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: `${plural}.acme.example`, metadata: { annotations } };
}

function findings(props: LayerProps, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)], props);
  return checked.findings(CHECK);
}

test('refuses definitions in a layer that prunes', () => {
  const message = (names: string) => `error dev › flux-system/apps: deletes the definitions that it delivers (${names}), and with each every object of its kind, when `
    + `they leave the repository or it goes itself → ${FIX}`;
  expect(findings({}, definition('shops'))).toEqual([message('shops.acme.example')]);
  expect(findings({}, definition('shops'), definition('carts'), definition('clerks', STAYS))).toEqual([message('shops.acme.example, carts.acme.example')]);
});

test('takes definitions that stay, one by one or because the layer leaves everything', () => {
  expect(findings({}, definition('shops', STAYS))).toEqual([]);
  expect(findings({ prune: false }, definition('shops'))).toEqual([]);
  expect(findings({ commonMetadata: { annotations: STAYS } }, definition('shops'))).toEqual([]);
  expect(findings({}, definition('shops', { 'kustomize.toolkit.fluxcd.io/ssa': 'ignore' }))).toEqual([]);
});

test('refuses a layer that does not prune, and deletes everything once it is deleted itself', () => {
  expect(findings({ prune: false, deletionPolicy: flux.DeletionPolicy.DELETE }, definition('shops'))).toHaveLength(1);
});

function upstream(component: Component, prune: boolean): flux.Kustomization {
  return new flux.Kustomization(component, 'upstream', {
    interval: Duration.hours(1), path: './config/crd', prune, source: flux.Source.git('upstream', 'apps'), provides: [{ group: 'acme.example' }],
  });
}

test('refuses a Kustomization that brings definitions from elsewhere and prunes', () => {
  const one = (prune: boolean) => {
    const checked = new CheckedPlatform();
    const component = checked.component('shop');
    upstream(component, prune);
    checked.layer('apps', [component]);
    return checked.findings(CHECK);
  };
  expect(one(true)).toEqual([
    'error dev › flux-system/apps › Kustomization flux-system/upstream: deletes the definitions that it brings (acme.example/*), and with each every object of its kind, '
    + 'when they leave its source or it goes itself → set prune to false',
  ]);
  expect(one(false)).toEqual([]);
});

test('tells of a release whose chart brings definitions', () => {
  const one = (annotations?: { [key: string]: string }) => {
    const checked = new CheckedPlatform();
    const component = checked.component('shop', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'shop', metadata: { annotations }, fields: { spec: { interval: '1h' } },
    });
    component.declare({ apis: [{ group: 'acme.example' }] });
    checked.layer('apps', [component]);
    return checked.findings(CHECK);
  };
  expect(one()).toEqual([
    'info dev › flux-system/apps › HelmRelease apps/shop: is uninstalled when it is taken out of flux-system/apps, and with it go those of its definitions (acme.example/*) '
    + 'that the chart has among its templates, without helm.sh/resource-policy: keep → deliver the definitions in a crds layer, or annotate the HelmRelease with '
    + 'kustomize.toolkit.fluxcd.io/prune: disabled',
  ]);
  expect(one(STAYS)).toEqual([]);
});
