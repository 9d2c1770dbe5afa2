import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  DigestReflectionPolicy, ImagePolicy, ImagePolicyChoice, ImagePolicyOrder, ImagePolicyProps, ImageRepository, Kustomization,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const REQUIRED = { imageRepository: ImageRepository.fromName('podinfo'), policy: ImagePolicyChoice.semver('>=1.0.0') };

function imagePolicy(props: Partial<ImagePolicyProps> = {}): string {
  const { platform, component } = stand();
  new ImagePolicy(component, 'podinfo', { ...REQUIRED, ...props });
  return fileOf(platform, 'ImagePolicy', 'podinfo');
}

/** With everything that can be said of an ImagePolicy at once. */
const COMPLETE: Partial<ImagePolicyProps> = {
  metadata: { name: 'podinfo', namespace: 'apps', labels: { team: 'platform' } },
  imageRepository: ImageRepository.fromName('podinfo', 'flux-system'),
  policy: ImagePolicyChoice.numerical(ImagePolicyOrder.ASC),
  filterTags: { pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' },
  digestReflectionPolicy: DigestReflectionPolicy.always(Duration.minutes(5)),
  suspend: true,
};

test('defaults', () => {
  expect(imagePolicy()).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: podinfo
  namespace: team
spec:
  imageRepositoryRef:
    name: podinfo
  policy:
    semver:
      range: ">=1.0.0"
`);
});

test('every field', () => {
  expect(imagePolicy(COMPLETE)).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: podinfo
  namespace: apps
  labels:
    team: platform
spec:
  imageRepositoryRef:
    name: podinfo
    namespace: flux-system
  filterTags:
    pattern: ^main-[a-f0-9]+-(?P<ts>[0-9]+)$
    extract: $ts
  policy:
    numerical:
      order: asc
  digestReflectionPolicy: Always
  interval: 5m
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const policies = [ImagePolicyChoice.semver('>=1.0.0'), ImagePolicyChoice.alphabetical(ImagePolicyOrder.DESC)];
  expect(unsetFields(...[COMPLETE, ...policies.map(policy => ({ policy }))].map(props => parse(imagePolicy(props))))).toEqual([]);
});

test.each([
  ['the highest version', ImagePolicyChoice.semver('1.x'), '    semver:\n      range: 1.x\n'],
  ['the last one of the alphabet', ImagePolicyChoice.alphabetical(), '    alphabetical: {}\n'],
  ['the first one of the alphabet', ImagePolicyChoice.alphabetical(ImagePolicyOrder.DESC), '    alphabetical:\n      order: desc\n'],
  ['the highest number', ImagePolicyChoice.numerical(), '    numerical: {}\n'],
])('can choose %s', (_, policy, text) => {
  expect(imagePolicy({ policy })).toContain(`  policy:\n${text}`);
});

test.each([
  ['once for each tag', DigestReflectionPolicy.ifNotPresent(), 'IfNotPresent'],
  ['not at all', DigestReflectionPolicy.never(), 'Never'],
])('can look up the digest %s', (_, digestReflectionPolicy, text) => {
  expect(imagePolicy({ digestReflectionPolicy })).toMatch(new RegExp(`  digestReflectionPolicy: ${text}\n$`));
});

test('refers to an ImageRepository of the program', () => {
  const { platform, component } = stand();
  const imageRepository = new ImageRepository(component, 'image', { image: 'podinfo' });
  new ImagePolicy(component, 'podinfo', { ...REQUIRED, imageRepository });
  expect(fileOf(platform, 'ImagePolicy', 'podinfo')).toContain('  imageRepositoryRef:\n    name: image\n  policy:');
});

test('its marker is the comment behind a field', () => {
  const { platform, component } = stand();
  const policy = new ImagePolicy(component, 'podinfo', REQUIRED);
  const kustomization = new Kustomization(component, 'web', { path: './web', images: [{ name: 'podinfo', newTag: '1.0.0' }] });
  kustomization.addComment('/spec/images/0/newTag', policy.marker('tag'));
  expect(fileOf(platform, 'Kustomization', 'web')).toContain('      newTag: 1.0.0 # {"$imagepolicy": "team:podinfo:tag"}\n');
});

test('its marker names the whole image, or a part', () => {
  const policy = new ImagePolicy(stand().component, 'podinfo', REQUIRED);
  expect(policy.marker()).toBe('{"$imagepolicy": "team:podinfo"}');
  expect(policy.marker('name')).toBe('{"$imagepolicy": "team:podinfo:name"}');
  expect(policy.marker('digest')).toBe('{"$imagepolicy": "team:podinfo:digest"}');
});

test('a marker for another part is refused', () => {
  expect(() => new ImagePolicy(stand().component, 'podinfo', REQUIRED).marker('version')).toThrow(new Error(
    'the marker of the ImagePolicy "podinfo" is asked for the part "version" of an image; expected tag, name or digest, '
    + 'or nothing for the whole of it: correct it.',
  ));
});

test('one that the program does not make has a marker, too', () => {
  const policy = ImagePolicy.fromName('podinfo');
  expect(policy).toMatchObject({ imagePolicyName: 'podinfo', imagePolicyNamespace: 'flux-system' });
  expect(policy.marker()).toBe('{"$imagepolicy": "flux-system:podinfo"}');
  expect(ImagePolicy.fromName('podinfo', 'apps').marker('tag')).toBe('{"$imagepolicy": "apps:podinfo:tag"}');
});

test('an object that refers to it knows its name and namespace', () => {
  expect(new ImagePolicy(stand().component, 'podinfo', REQUIRED)).toMatchObject({ imagePolicyName: 'podinfo', imagePolicyNamespace: 'team' });
});

test('what is no regular expression of Go is refused', () => {
  const { platform, component } = stand();
  new ImagePolicy(component, 'podinfo', { ...REQUIRED, filterTags: { pattern: '^v(' } });
  expect(refusalOf(platform)).toEqual([
    'stand/podinfo: has the pattern "^v(" in filterTags, which Flux cannot compile (a group is not closed); expected a regular expression of Go\'s: '
    + 'correct it, with https://pkg.go.dev/regexp/syntax.',
  ]);
});
