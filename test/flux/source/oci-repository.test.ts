import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Variable } from '../../../src';
import {
  HelmRepository, Kustomization, OciLayerOperation, OciReference, OciRepository, OciRepositoryProps, SourceProvider, SourceVerification,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function ociRepository(props: Partial<OciRepositoryProps> = {}): string {
  const { platform, component } = stand();
  new OciRepository(component, 'podinfo', { url: 'oci://ghcr.io/acme/podinfo', ...props });
  return fileOf(platform, 'OCIRepository', 'podinfo');
}

function refusal(props: Partial<OciRepositoryProps>): string[] {
  const { platform, component } = stand();
  new OciRepository(component, 'podinfo', { url: 'oci://ghcr.io/acme/podinfo', ...props });
  return refusalOf(platform);
}

/** With everything that can be said of an OCIRepository at once. */
const COMPLETE: Partial<OciRepositoryProps> = {
  metadata: { name: 'podinfo', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.hours(1),
  timeout: Duration.seconds(90),
  url: 'oci://registry.local:5000/acme/podinfo',
  ref: OciReference.semver('6.x', '.*-rc.*'),
  layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: OciLayerOperation.COPY },
  provider: SourceProvider.AWS,
  secretName: 'registry',
  serviceAccountName: 'fetcher',
  certSecretName: 'certificates',
  proxySecretName: 'proxy',
  insecure: true,
  verify: SourceVerification.cosignKeyless([{ issuer: '^https://token.actions.githubusercontent.com$', subject: '^https://github.com/acme/.*$' }], 'root'),
  ignore: '*.md\n',
  suspend: true,
};

test('defaults', () => {
  expect(ociRepository()).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: team
spec:
  interval: 10m
  url: oci://ghcr.io/acme/podinfo
`);
});

test('every field', () => {
  expect(ociRepository(COMPLETE)).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 1h
  timeout: 1m30s
  url: oci://registry.local:5000/acme/podinfo
  ref:
    semver: 6.x
    semverFilter: .*-rc.*
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  provider: aws
  secretRef:
    name: registry
  serviceAccountName: fetcher
  certSecretRef:
    name: certificates
  proxySecretRef:
    name: proxy
  insecure: true
  verify:
    provider: cosign
    matchOIDCIdentity:
      - issuer: ^https://token.actions.githubusercontent.com$
        subject: ^https://github.com/acme/.*$
    trustedRootSecretRef:
      name: root
  ignore: |
    *.md
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const alternatives = [{ ref: OciReference.tag('6.9.0'), verify: SourceVerification.cosign('keys') }, { ref: OciReference.digest('sha256:0123') }];
  expect(unsetFields(...[COMPLETE, ...alternatives].map(props => parse(ociRepository(props))))).toEqual([]);
});

test.each([
  ['a tag', OciReference.tag('6.9.0'), '    tag: 6.9.0\n'],
  ['a range of versions', OciReference.semver('>=6.0.0'), '    semver: ">=6.0.0"\n'],
  ['one artifact', OciReference.digest('sha256:0123'), '    digest: sha256:0123\n'],
])('can follow %s', (_, ref, text) => {
  expect(ociRepository({ ref })).toContain(`  ref:\n${text}`);
});

test('an object in another namespace refers to it with its namespace', () => {
  const { component } = stand();
  const repository = new OciRepository(component, 'podinfo', { url: 'oci://ghcr.io/acme/podinfo' });
  expect(repository.ociRepositoryName).toBe('podinfo');
  expect(repository.sourceReference).toEqual({ kind: 'OCIRepository', name: 'podinfo', namespace: 'team' });
  expect(repository.chartReference).toEqual(repository.sourceReference);
});

test('one that the program does not make is known by its name', () => {
  expect(OciRepository.fromName('podinfo', 'team')).toEqual({
    ociRepositoryName: 'podinfo',
    sourceReference: { kind: 'OCIRepository', name: 'podinfo', namespace: 'team' },
    chartReference: { kind: 'OCIRepository', name: 'podinfo', namespace: 'team' },
  });
});

test('an address without its scheme is refused', () => {
  expect(refusal({ url: 'ghcr.io/acme/podinfo:6.9.0' })).toEqual([
    'stand/podinfo: has the URL "ghcr.io/acme/podinfo:6.9.0"; expected one that begins with oci://: correct it.',
  ]);
});

test('a tag or digest in the URL is refused', () => {
  expect(refusal({ url: 'oci://registry.local:5000/acme/podinfo:6.9.0' })).toEqual([
    'stand/podinfo: has the URL "oci://registry.local:5000/acme/podinfo:6.9.0", which ends in a tag or digest; expected the repository alone: say which '
    + 'artifact with ref.',
  ]);
  expect(refusal({ url: 'oci://ghcr.io/acme/podinfo@sha256:0123' })).toHaveLength(1);
});

test('a URL may have a variable, whose default has a colon', () => {
  expect(ociRepository({ url: `oci://ghcr.io/${Variable.of('organization', { defaultValue: 'acme' })}/podinfo` }))
    .toContain('  url: oci://ghcr.io/${organization:=acme}/podinfo\n');
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/podinfo: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});

test('a filter of tags that Go cannot compile is refused', () => {
  expect(refusal({ ref: OciReference.semver('6.x', '(?=rc)') })).toEqual([
    'stand/podinfo: has the pattern "(?=rc)" in its semverFilter, which Flux cannot compile (there is no group "(?=r"); expected a regular expression of Go\'s: '
    + 'correct it, with https://pkg.go.dev/regexp/syntax.',
  ]);
});

test('what holds charts by their names is no source of a Kustomization', () => {
  const { component } = stand();
  const charts = new HelmRepository(component, 'charts', { url: 'https://charts.example.com' });
  expect(() => {
    // @ts-expect-error: a HelmRepository holds charts and no manifests.
    new Kustomization(component, 'apps', { path: './apps', source: charts });
    // @ts-expect-error: as one that the program does not make.
    new Kustomization(component, 'infrastructure', { path: './infrastructure', source: HelmRepository.fromName('charts') });
  }).not.toThrow();
});

test('a digest with a range of versions does not compile', () => {
  // @ts-expect-error a range takes a filter, and a digest is a reference of its own
  expect(OciReference.semver('1.x', { digest: 'sha256:abc' })).toBeDefined();
});
