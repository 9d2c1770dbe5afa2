import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { fluxInstance } from './flux-fixtures';

const CHECK = 'cross-namespace-reference';
const TENANTS = fluxInstance({ cluster: { multitenant: true } });
const FIX = 'put what it refers to into its own namespace, or it into the other one';
const STALLED = 'in another namespace, which a Flux that keeps tenants apart refuses: it is stalled, and nothing of it comes';
const ELSEWHERE = { name: 'shop', namespace: 'flux-system' };

function findings(...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)]);
  return checked.findings(CHECK);
}

function object(apiVersion: string, kind: string, spec: object): ObjectFixture {
  return { apiVersion, kind, name: 'shop', fields: { spec } };
}

const release = (spec: object): ObjectFixture => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', spec);

test('refuses a source in another namespace where tenants are kept apart', () => {
  const told = (kind: string, source: string) => [`error dev › flux-system/apps › ${kind} apps/shop: refers to the ${source} ${STALLED} → ${FIX}`];
  expect(findings(TENANTS, release({ chartRef: { kind: 'OCIRepository', ...ELSEWHERE } }))).toEqual(told('HelmRelease', 'OCIRepository flux-system/shop (spec.chartRef)'));
  expect(findings(TENANTS, release({ chart: { spec: { sourceRef: { kind: 'HelmRepository', ...ELSEWHERE } } } }))).toEqual(
    told('HelmRelease', 'HelmRepository flux-system/shop (spec.chart.spec.sourceRef)'));
  expect(findings(TENANTS, object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { sourceRef: { kind: 'GitRepository', ...ELSEWHERE } }))).toEqual(
    told('Kustomization', 'GitRepository flux-system/shop (spec.sourceRef)'));
  expect(findings(TENANTS, object('image.toolkit.fluxcd.io/v1', 'ImagePolicy', { imageRepositoryRef: ELSEWHERE }))).toEqual(
    told('ImagePolicy', 'ImageRepository flux-system/shop (spec.imageRepositoryRef)'));
});

test('warns of an Alert and a Receiver', () => {
  const [alert] = findings(TENANTS, object('notification.toolkit.fluxcd.io/v1beta3', 'Alert', { eventSources: [{ kind: 'HelmRelease', ...ELSEWHERE }] }));
  expect(alert).toBe('warning dev › flux-system/apps › Alert apps/shop: refers to the HelmRelease flux-system/shop (spec.eventSources) in another namespace, which a Flux '
    + `that keeps tenants apart refuses: none of its events is ever sent → ${FIX}`);
  const [receiver] = findings(TENANTS, object('notification.toolkit.fluxcd.io/v1', 'Receiver', { resources: [{ kind: 'GitRepository', ...ELSEWHERE }] }));
  expect(receiver).toMatch(/it is never reconciled by it, and the call is answered with an error/);
});

test('takes what is in the same namespace, dependencies, and everything where tenants are not kept apart', () => {
  expect(findings(TENANTS, release({ chartRef: { kind: 'OCIRepository', name: 'shop' }, dependsOn: [ELSEWHERE] }))).toEqual([]);
  expect(findings(TENANTS, release({ chartRef: { kind: 'OCIRepository', name: 'shop', namespace: 'apps' } }))).toEqual([]);
  expect(findings(fluxInstance({ cluster: {} }), release({ chartRef: { kind: 'OCIRepository', ...ELSEWHERE } }))).toEqual([]);
});
