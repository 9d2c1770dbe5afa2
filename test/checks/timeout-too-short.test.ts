import { Duration } from 'cdk8s';
import { CheckedPlatform } from './check-fixtures';
import { LayerProps, flux } from '../../src';

const CHECK = 'timeout-too-short';
const RETRY = { strategy: { name: 'RetryOnFailure' } };

function findingsWith(spec: { [field: string]: any }, props: LayerProps): string[] {
  const checked = new CheckedPlatform({ partial: true });
  const shop = checked.component('shop', {
    apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec: { interval: '1h', install: RETRY, upgrade: RETRY, ...spec } },
  });
  checked.layer('shop', [shop], { dependsOn: [checked.namespaces], ...props });
  return checked.findings(CHECK);
}

const finding = (longest: string, at: string, waits: string) => [
  `warning dev › flux-system/shop › HelmRelease apps/web: may take ${longest} (${at}), and shop waits only ${waits} for it: shop fails while the release goes on `
  + `→ give shop a timeout of more than ${longest}, or the release a shorter one`,
];

test('warns of a release that may take longer than its Kustomization waits', () => {
  expect(findingsWith({ timeout: '15m' }, { wait: true, timeout: Duration.minutes(10) })).toEqual(finding('15m', 'spec.timeout', '10m'));
  const check = flux.HealthCheck.of({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', namespace: 'apps' });
  expect(findingsWith({ upgrade: { ...RETRY, timeout: '20m' } }, { healthChecks: [check], timeout: Duration.minutes(10) }))
    .toEqual(finding('20m', 'spec.upgrade.timeout', '10m'));
});

test('knows what both have without a timeout', () => {
  expect(findingsWith({}, { wait: true, interval: Duration.minutes(5) })).toEqual(finding('5m', 'the default', '4m30s'));
  expect(findingsWith({ timeout: '1m' }, { wait: true, interval: Duration.seconds(40) })).toEqual(finding('1m', 'spec.timeout', '30s'));
});

test('takes a release that is given enough time, one that is not waited for, and one whose timeout is a variable', () => {
  expect(findingsWith({ timeout: '10m' }, { wait: true, timeout: Duration.minutes(10) })).toEqual([]);
  expect(findingsWith({}, { wait: true })).toEqual([]);
  expect(findingsWith({ timeout: '15m' }, { timeout: Duration.minutes(10) })).toEqual([]);
  expect(findingsWith({ install: { ...RETRY, timeout: '4m' }, upgrade: { ...RETRY, timeout: '4m' } }, { wait: true, interval: Duration.minutes(5) })).toEqual([]);
});
