import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { HelmRepository, HelmRepositoryProps, SourceProvider } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function helmRepository(props: Partial<HelmRepositoryProps> = {}): string {
  const { platform, component } = stand();
  new HelmRepository(component, 'charts', { url: 'https://charts.example.com', ...props });
  return fileOf(platform, 'HelmRepository', 'charts');
}

function refusal(props: Partial<HelmRepositoryProps>): string[] {
  const { platform, component } = stand();
  new HelmRepository(component, 'charts', { url: 'https://charts.example.com', ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a HelmRepository. */
const COMPLETE: Partial<HelmRepositoryProps> = {
  metadata: { name: 'charts', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.minutes(30),
  timeout: Duration.seconds(90),
  url: 'oci://registry.local:5000/charts',
  provider: SourceProvider.GCP,
  secretName: 'registry',
  certSecretName: 'certificates',
  passCredentials: true,
  insecure: true,
  accessFrom: { namespaceSelectors: [{ matchLabels: { team: 'apps' } }, {}] },
  suspend: true,
};

test('defaults', () => {
  expect(helmRepository()).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: team
spec:
  interval: 1h
  url: https://charts.example.com
`);
});

test('defaults for a registry', () => {
  expect(helmRepository({ url: 'oci://ghcr.io/acme/charts' })).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: team
spec:
  type: oci
  url: oci://ghcr.io/acme/charts
`);
});

test('every field', () => {
  expect(helmRepository(COMPLETE)).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 30m
  timeout: 1m30s
  type: oci
  url: oci://registry.local:5000/charts
  provider: gcp
  secretRef:
    name: registry
  certSecretRef:
    name: certificates
  passCredentials: true
  insecure: true
  accessFrom:
    namespaceSelectors:
      - matchLabels:
          team: apps
      - {}
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(parse(helmRepository(COMPLETE)))).toEqual([]);
});

test('an object in another namespace refers to it with its namespace', () => {
  const { component } = stand();
  const repository = new HelmRepository(component, 'charts', { url: 'https://charts.example.com' });
  expect(repository.helmRepositoryName).toBe('charts');
  expect(repository.chartSourceReference).toEqual({ kind: 'HelmRepository', name: 'charts', namespace: 'team' });
});

test('one that the program does not make is known by its name', () => {
  expect(HelmRepository.fromName('charts', 'team')).toEqual({
    helmRepositoryName: 'charts',
    chartSourceReference: { kind: 'HelmRepository', name: 'charts', namespace: 'team' },
  });
});

test('an address without its scheme is refused', () => {
  expect(refusal({ url: 'charts.example.com' })).toEqual([
    'stand/charts: has the URL "charts.example.com"; expected one that begins with https://, http:// or oci://: correct it.',
  ]);
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/charts: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});
