import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { ImageRepository, ImageRepositoryProps, SourceProvider } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function imageRepository(props: Partial<ImageRepositoryProps> = {}): string {
  const { platform, component } = stand();
  new ImageRepository(component, 'podinfo', { image: 'ghcr.io/stefanprodan/podinfo', ...props });
  return fileOf(platform, 'ImageRepository', 'podinfo');
}

function refusal(props: Partial<ImageRepositoryProps>): string[] {
  const { platform, component } = stand();
  new ImageRepository(component, 'podinfo', { image: 'ghcr.io/stefanprodan/podinfo', ...props });
  return refusalOf(platform);
}

/** With everything that can be said of an ImageRepository. */
const COMPLETE: Partial<ImageRepositoryProps> = {
  metadata: { name: 'podinfo', namespace: 'flux-system', labels: { team: 'platform' } },
  image: 'registry.acme.com:5000/podinfo',
  interval: Duration.hours(1),
  timeout: Duration.seconds(90),
  provider: SourceProvider.AWS,
  secretName: 'registry',
  serviceAccountName: 'scanner',
  certSecretName: 'certs',
  proxySecretName: 'proxy',
  insecure: true,
  exclusionList: ['^.*\\.sig$', '^dev-'],
  accessFrom: { namespaceSelectors: [{ matchLabels: { team: 'web' } }] },
  suspend: true,
};

test('defaults', () => {
  expect(imageRepository()).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: team
spec:
  interval: 10m
  image: ghcr.io/stefanprodan/podinfo
`);
});

test('every field', () => {
  expect(imageRepository(COMPLETE)).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 1h
  timeout: 1m30s
  image: registry.acme.com:5000/podinfo
  provider: aws
  secretRef:
    name: registry
  serviceAccountName: scanner
  certSecretRef:
    name: certs
  proxySecretRef:
    name: proxy
  insecure: true
  exclusionList:
    - ^.*\\.sig$
    - ^dev-
  accessFrom:
    namespaceSelectors:
      - matchLabels:
          team: web
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(parse(imageRepository(COMPLETE)))).toEqual([]);
});

test('can leave out nothing, signatures included', () => {
  expect(imageRepository({ exclusionList: [] })).toContain('  exclusionList: []\n');
});

test('can be open to every namespace', () => {
  expect(imageRepository({ accessFrom: { namespaceSelectors: [{}] } })).toContain('  accessFrom:\n    namespaceSelectors:\n      - {}\n');
});

test('an object that refers to it knows its name and namespace', () => {
  const { imageRepositoryName, imageRepositoryNamespace } = new ImageRepository(stand().component, 'podinfo', { image: 'podinfo' });
  expect({ imageRepositoryName, imageRepositoryNamespace }).toEqual(ImageRepository.fromName('podinfo', 'team'));
});

test.each([
  ['https://ghcr.io/acme/web', 'https://'],
  ['ghcr.io/acme/web:1.0.0', ':1.0.0'],
  ['localhost:5000/web:1.0.0', ':1.0.0'],
  ['ghcr.io/acme/web@sha256:abc', '@sha256:abc'],
])('the image %s is refused', (image, surplus) => {
  expect(refusal({ image })).toEqual([
    `stand/podinfo: has the image "${image}"; expected its name alone, without scheme, tag or digest, because Flux reads all its tags: `
    + `take "${surplus}" away.`,
  ]);
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/podinfo: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});

test('what is no regular expression of Go is refused', () => {
  expect(refusal({ exclusionList: ['*.sig'] })).toEqual([
    'stand/podinfo: has the pattern "*.sig" in its exclusionList, which Flux cannot compile (there is nothing for "*" to repeat); '
    + 'expected a regular expression of Go\'s: correct it, with https://pkg.go.dev/regexp/syntax.',
  ]);
});

test('more than 25 patterns are refused', () => {
  expect(refusal({ exclusionList: Array(26).fill('^dev-') })).toEqual([
    'stand/podinfo: has 26 patterns in its exclusionList; expected at most 25: join some of them with "|".',
  ]);
});
