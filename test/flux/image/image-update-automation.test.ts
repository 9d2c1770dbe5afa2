import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  GitReference, GitRepository, ImageUpdateAutomation, ImageUpdateAutomationProps, ImageUpdateStrategy, LabelExpression, SigningKeyType,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const REQUIRED = { gitRepository: GitRepository.fromName('platform'), commit: { authorEmail: 'flux@acme.com' } };

function imageUpdateAutomation(props: Partial<ImageUpdateAutomationProps> = {}): string {
  const { platform, component } = stand();
  new ImageUpdateAutomation(component, 'images', { ...REQUIRED, ...props });
  return fileOf(platform, 'ImageUpdateAutomation', 'images');
}

/** With everything that can be said of an ImageUpdateAutomation at once. */
const COMPLETE: Partial<ImageUpdateAutomationProps> = {
  metadata: { name: 'images', namespace: 'apps', labels: { team: 'platform' } },
  gitRepository: GitRepository.fromName('platform', 'flux-system'),
  interval: Duration.hours(1),
  checkout: GitReference.branch('main'),
  commit: {
    authorEmail: 'flux@acme.com',
    authorName: 'Flux',
    messageTemplate: 'Update images\n\n{{ range .Changed.Changes }}{{ .NewValue }}{{ end }}\n',
    messageTemplateValues: { cluster: 'mycluster-0' },
    signingKey: { secretName: 'signing', type: SigningKeyType.SSH },
  },
  push: { branch: 'images', refspec: 'refs/heads/images:refs/heads/auto', options: { 'merge_request.create': '' } },
  updatePath: './apps',
  updateStrategy: ImageUpdateStrategy.SETTERS,
  policySelector: { matchLabels: { team: 'web' }, matchExpressions: [LabelExpression.in('tier', 'front', 'back')] },
  suspend: true,
};

test('defaults', () => {
  expect(imageUpdateAutomation()).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
  namespace: team
spec:
  interval: 10m
  sourceRef:
    kind: GitRepository
    name: platform
  git:
    commit:
      author:
        email: flux@acme.com
`);
});

test('every field', () => {
  expect(imageUpdateAutomation(COMPLETE)).toBe(`\
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: images
  namespace: apps
  labels:
    team: platform
spec:
  interval: 1h
  sourceRef:
    kind: GitRepository
    name: platform
    namespace: flux-system
  git:
    checkout:
      ref:
        branch: main
    commit:
      author:
        name: Flux
        email: flux@acme.com
      messageTemplate: |
        Update images

        {{ range .Changed.Changes }}{{ .NewValue }}{{ end }}
      messageTemplateValues:
        cluster: mycluster-0
      signingKey:
        type: ssh
        secretRef:
          name: signing
    push:
      branch: images
      refspec: refs/heads/images:refs/heads/auto
      options:
        merge_request.create: ""
  update:
    path: ./apps
    strategy: Setters
  policySelector:
    matchLabels:
      team: web
    matchExpressions:
      - key: tier
        operator: In
        values:
          - front
          - back
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const gitRepository = {
    ...GitRepository.fromName('platform'), sourceReference: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'platform' },
  };
  const checkouts = [GitReference.tag('v1.0.0'), GitReference.semver('1.x'), GitReference.name('refs/heads/main'), GitReference.commit('7fd1a60')];
  const alternatives = checkouts.map(checkout => ({ gitRepository, checkout, push: { branch: 'images' } }));
  expect(unsetFields(...[COMPLETE, ...alternatives].map(props => parse(imageUpdateAutomation(props))))).toEqual([]);
});

test.each([
  ['a tag', GitReference.tag('v1.0.0'), '        tag: v1.0.0\n'],
  ['a range of versions', GitReference.semver('1.x'), '        semver: 1.x\n'],
  ['a full reference', GitReference.name('refs/heads/main'), '        name: refs/heads/main\n'],
  ['a commit', GitReference.commit('7fd1a60'), '        commit: 7fd1a60\n'],
])('can check out %s', (_, checkout, text) => {
  expect(imageUpdateAutomation({ checkout, push: { branch: 'images' } })).toContain(`    checkout:\n      ref:\n${text}`);
});

test('writes to a GitRepository of the program', () => {
  const { platform, component } = stand();
  const gitRepository = new GitRepository(component, 'source', { url: 'https://github.com/acme/platform' });
  new ImageUpdateAutomation(component, 'images', { ...REQUIRED, gitRepository });
  expect(fileOf(platform, 'ImageUpdateAutomation', 'images')).toContain('  sourceRef:\n    kind: GitRepository\n    name: source\n  git:');
});

test('an object that refers to it knows its name and namespace', () => {
  const { imageUpdateAutomationName, imageUpdateAutomationNamespace } = new ImageUpdateAutomation(stand().component, 'images', REQUIRED);
  expect({ imageUpdateAutomationName, imageUpdateAutomationNamespace }).toEqual(ImageUpdateAutomation.fromName('images', 'team'));
});

test('no branch to push to is refused', () => {
  const { platform, component } = stand();
  new ImageUpdateAutomation(component, 'images', { ...REQUIRED, checkout: GitReference.tag('v1.0.0') });
  expect(refusalOf(platform)).toEqual([
    'stand/images: checks out no branch and names none to push to; expected one of them, because Flux has nowhere to push its commits: '
    + 'name it with push.branch.',
  ]);
});
