import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { releaseGivesUp } from '../../src/checks/release-gives-up';
import { Strength, Verdict } from '../../src/delivery/delivery';

const CHECK = 'release-gives-up';
const RETRY = { strategy: { name: 'RetryOnFailure' } };

function platformWith(...objects: ObjectFixture[]): CheckedPlatform {
  const checked = new CheckedPlatform({ partial: true });
  checked.layer('shop', [checked.component('shop', ...objects)], { dependsOn: [checked.namespaces] });
  return checked;
}

const release = (spec: object): ObjectFixture => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec: { interval: '1h', ...spec } } });
const ofRelease = (severity: string, message: string) => [
  `${severity} dev › flux-system/shop › HelmRelease apps/web: ${message}, until something in it changes → give install and upgrade the strategy RetryOnFailure`,
];

test('warns of a release that does not try again', () => {
  expect(platformWith(release({})).findings(CHECK)).toEqual(ofRelease('warning', 'stays failed after its first failed attempt'));
  expect(platformWith(release({ install: RETRY })).findings(CHECK)).toEqual(ofRelease('warning', 'stays failed after its first failed upgrade'));
  expect(platformWith(release({ upgrade: RETRY })).findings(CHECK)).toEqual(ofRelease('warning', 'stays failed after its first failed attempt'));
});

test('tells how often a release tries', () => {
  const remediation = { remediation: { retries: 3 } };
  expect(platformWith(release({ install: remediation, upgrade: remediation })).findings(CHECK)).toEqual(ofRelease('info', 'stays failed after 4 failed attempts'));
});

test('takes a release that tries again and again', () => {
  expect(platformWith(release({ install: RETRY, upgrade: RETRY })).findings(CHECK)).toEqual([]);
  expect(platformWith(release({ install: { remediation: { retries: -1 } }, upgrade: { remediation: { retries: -1 } } })).findings(CHECK)).toEqual([]);
});

test('takes every release where Flux tries again unless it is told otherwise', () => {
  const instance = {
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxInstance',
    name: 'flux',
    namespace: 'flux-system',
    fields: {
      spec: { kustomize: { patches: [{ target: { name: 'helm-controller' }, patch: '- {op: add, path: /spec/x, value: --feature-gates=DefaultToRetryOnFailure=true}' }] } },
    },
  };
  expect(platformWith(release({}), instance).findings(CHECK)).toEqual([]);
});

test('refuses a release that does not try again, and needs something that may come too late', () => {
  const [delivery] = platformWith(release({})).platform.deliveries();
  const need = {
    kustomization: 'flux-system/shop',
    object: 'HelmRelease apps/web',
    what: 'the Gateway web/public',
    fact: 'ready gateway.networking.k8s.io/Gateway web/public',
    at: 'spec.values.gateway',
    strength: Strength.READY,
    verdict: Verdict.SETTLES,
  };
  const found = (...requirements: typeof need[]) => releaseGivesUp.examine({ ...delivery, requirements }).map(({ severity, message }) => `${severity} ${message}`);
  expect(found(need)).toEqual([
    'error stays failed after its first failed attempt, until something in it changes, and needs the Gateway web/public (spec.values.gateway), which may come too late',
  ]);
  const warning = ['warning stays failed after its first failed attempt, until something in it changes'];
  expect(found({ ...need, verdict: Verdict.ORDERED })).toEqual(warning);
  expect(found({ ...need, at: 'spec.chartRef' })).toEqual(warning);
});

const job = (spec: object): ObjectFixture => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name: 'migrate',
  fields: {
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'migrate', image: 'migrate', envFrom: [{ secretRef: { name: 'database' } }] }] } } },
  },
});
const secret: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  name: 'database',
  fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'store' } } },
};

test('refuses a Job whose deadline may pass before what it needs is there', () => {
  expect(platformWith(job({ activeDeadlineSeconds: 60 }), secret).findings(CHECK)).toEqual([
    'error dev › flux-system/shop › Job apps/migrate: fails for good after 60 seconds (spec.activeDeadlineSeconds), and needs the Secret apps/database '
    + '(spec.template.spec.containers[].envFrom[].secretRef), which may come too late → let its Kustomization depend on what brings this, take the deadline away, or give the '
    + 'Job a ttlSecondsAfterFinished, after which Flux makes it anew',
  ]);
});

test('takes a Job that waits, one that is made anew, and one that has all that it needs', () => {
  expect(platformWith(job({}), secret).findings(CHECK)).toEqual([]);
  expect(platformWith(job({ activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 60 }), secret).findings(CHECK)).toEqual([]);
  expect(platformWith(job({ activeDeadlineSeconds: 60 }), { kind: 'Secret', name: 'database' }).findings(CHECK)).toEqual([]);
});
