import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  Bucket, ChartReconcileStrategy, GitRepository, HelmChart, HelmChartProps, HelmRepository, OciRepository, SourceVerification,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function helmChart(props: Partial<HelmChartProps> = {}): string {
  const { platform, component } = stand();
  new HelmChart(component, 'podinfo', { chart: 'podinfo', source: HelmRepository.fromName('charts'), ...props });
  return fileOf(platform, 'HelmChart', 'podinfo');
}

function refusal(props: Partial<HelmChartProps>): string[] {
  const { platform, component } = stand();
  new HelmChart(component, 'podinfo', { chart: 'podinfo', source: HelmRepository.fromName('charts'), ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a HelmChart at once. */
const COMPLETE: Partial<HelmChartProps> = {
  metadata: { name: 'podinfo', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.minutes(5),
  version: '6.x',
  source: HelmRepository.fromName('charts', 'flux-system'),
  reconcileStrategy: ChartReconcileStrategy.REVISION,
  valuesFiles: ['values.yaml', 'values-production.yaml'],
  ignoreMissingValuesFiles: true,
  verify: SourceVerification.cosignKeyless([{ issuer: '^https://token.actions.githubusercontent.com$', subject: '^https://github.com/acme/.*$' }]),
  suspend: true,
};

test('defaults', () => {
  expect(helmChart()).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmChart
metadata:
  name: podinfo
  namespace: team
spec:
  interval: 10m
  chart: podinfo
  sourceRef:
    kind: HelmRepository
    name: charts
`);
});

test('every field', () => {
  expect(helmChart(COMPLETE)).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmChart
metadata:
  name: podinfo
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 5m
  chart: podinfo
  version: 6.x
  sourceRef:
    kind: HelmRepository
    name: charts
  reconcileStrategy: Revision
  valuesFiles:
    - values.yaml
    - values-production.yaml
  ignoreMissingValuesFiles: true
  verify:
    provider: cosign
    matchOIDCIdentity:
      - issuer: ^https://token.actions.githubusercontent.com$
        subject: ^https://github.com/acme/.*$
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const signedWithKeys = {
    source: { chartSourceReference: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', name: 'charts' } },
    verify: SourceVerification.cosign('keys'),
  };
  expect(unsetFields(...[COMPLETE, signedWithKeys].map(props => parse(helmChart(props))))).toEqual([]);
});

test.each([
  ['GitRepository', GitRepository.fromName('platform')],
  ['Bucket', Bucket.fromName('platform')],
])('a chart can be a directory of a %s', (kind, source) => {
  expect(helmChart({ chart: './charts/podinfo', source })).toContain(`  chart: ./charts/podinfo\n  sourceRef:\n    kind: ${kind}\n    name: platform\n`);
});

test('an object in another namespace refers to it with its namespace', () => {
  const { component } = stand();
  const chart = new HelmChart(component, 'podinfo', { chart: 'podinfo', source: HelmRepository.fromName('charts') });
  expect(chart.helmChartName).toBe('podinfo');
  expect(chart.chartReference).toEqual({ kind: 'HelmChart', name: 'podinfo', namespace: 'team' });
});

test('one that the program does not make is known by its name', () => {
  expect(HelmChart.fromName('podinfo', 'team')).toEqual({
    helmChartName: 'podinfo',
    chartReference: { kind: 'HelmChart', name: 'podinfo', namespace: 'team' },
  });
});

test('a source in another namespace is refused', () => {
  expect(refusal({ source: HelmRepository.fromName('charts', 'flux-system') })).toEqual([
    'stand/podinfo: takes its chart from the HelmRepository "charts" in the namespace "flux-system"; expected one in its own, "team", because its API has '
    + 'no field for another: make the two in one namespace.',
  ]);
});

test('a signature is refused where the chart is not from a HelmRepository', () => {
  expect(refusal({ source: GitRepository.fromName('platform'), verify: SourceVerification.cosign('keys') })).toEqual([
    'stand/podinfo: verifies a chart of the GitRepository "platform"; expected a HelmRepository, because Flux knows signatures of registries alone: take '
    + 'verify away, or verify the GitRepository.',
  ]);
});

test('a trusted root is refused', () => {
  expect(refusal({ verify: SourceVerification.cosign('keys', 'root') })).toEqual([
    'stand/podinfo: verifies with the trusted root in the Secret "root"; expected none, because its API has no field for it: take the chart from an '
    + 'OciRepository, or trust the public Sigstore.',
  ]);
});

test('what is a chart by itself has no charts by their names', () => {
  const { component } = stand();
  expect(() => {
    // @ts-expect-error: an OCIRepository is one chart.
    new HelmChart(component, 'podinfo', { chart: 'podinfo', source: OciRepository.fromName('podinfo') });
  }).not.toThrow();
});
