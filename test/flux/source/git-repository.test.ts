import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { GitProvider, GitReference, GitRepository, GitRepositoryProps, GitVerificationMode } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function gitRepository(props: Partial<GitRepositoryProps> = {}): string {
  const { platform, component } = stand();
  new GitRepository(component, 'platform', { url: 'https://github.com/acme/platform', ...props });
  return fileOf(platform, 'GitRepository', 'platform');
}

function refusal(props: Partial<GitRepositoryProps>): string[] {
  const { platform, component } = stand();
  new GitRepository(component, 'platform', { url: 'https://github.com/acme/platform', ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a GitRepository at once. */
const COMPLETE: Partial<GitRepositoryProps> = {
  metadata: { name: 'platform', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.minutes(1),
  timeout: Duration.seconds(90),
  ref: GitReference.branch('main'),
  provider: GitProvider.AWS,
  secretName: 'git',
  serviceAccountName: 'fetcher',
  proxySecretName: 'proxy',
  verify: { secretName: 'authors', mode: GitVerificationMode.TAG_AND_HEAD },
  ignore: '/*\n!/clusters\n',
  include: [{ repository: GitRepository.fromName('shared'), fromPath: 'base', toPath: 'shared' }],
  sparseCheckout: ['clusters'],
  recurseSubmodules: true,
  suspend: true,
};

test('defaults', () => {
  expect(gitRepository()).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: platform
  namespace: team
spec:
  interval: 10m
  url: https://github.com/acme/platform
`);
});

test('every field', () => {
  expect(gitRepository(COMPLETE)).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: platform
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 1m
  timeout: 1m30s
  url: https://github.com/acme/platform
  ref:
    branch: main
  provider: aws
  secretRef:
    name: git
  serviceAccountName: fetcher
  proxySecretRef:
    name: proxy
  verify:
    mode: TagAndHEAD
    secretRef:
      name: authors
  ignore: |
    /*
    !/clusters
  include:
    - repository:
        name: shared
      fromPath: base
      toPath: shared
  sparseCheckout:
    - clusters
  recurseSubmodules: true
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const refs = [GitReference.tag('v1.0.0'), GitReference.semver('>=1.0.0'), GitReference.name('refs/heads/main'), GitReference.commit('7fd1a60')];
  expect(unsetFields(...[COMPLETE, ...refs.map(ref => ({ ref }))].map(props => parse(gitRepository(props))))).toEqual([]);
});

test.each([
  ['a tag', GitReference.tag('v1.0.0'), '    tag: v1.0.0\n'],
  ['a range of versions', GitReference.semver('>=1.0.0'), '    semver: ">=1.0.0"\n'],
  ['a full reference', GitReference.name('refs/pull/420/head'), '    name: refs/pull/420/head\n'],
  ['a commit', GitReference.commit('7fd1a60'), '    commit: 7fd1a60\n'],
  ['a commit of a branch', GitReference.commit('7fd1a60', 'main'), '    branch: main\n    commit: 7fd1a60\n'],
])('can follow %s', (_, ref, text) => {
  expect(gitRepository({ ref })).toContain(`  ref:\n${text}`);
});

test('an object in another namespace refers to it with its namespace', () => {
  const { component } = stand();
  const repository = new GitRepository(component, 'platform', { url: 'https://github.com/acme/platform' });
  expect(repository.sourceReference).toEqual({ kind: 'GitRepository', name: 'platform', namespace: 'team' });
  expect(repository.chartSourceReference).toEqual(repository.sourceReference);
});

test('one that the program does not make is known by its name', () => {
  expect(GitRepository.fromName('platform', 'team')).toEqual({
    gitRepositoryName: 'platform',
    sourceReference: { kind: 'GitRepository', name: 'platform', namespace: 'team' },
    chartSourceReference: { kind: 'GitRepository', name: 'platform', namespace: 'team' },
  });
});

test('the short form of an SSH address is refused', () => {
  expect(refusal({ url: 'git@github.com:acme/platform.git' })).toEqual([
    'stand/platform: has the URL "git@github.com:acme/platform.git"; expected one that begins with https://, http:// or ssh://: correct it.',
  ]);
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/platform: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});

test('a ServiceAccount is refused where the provider takes a Secret', () => {
  expect(refusal({ serviceAccountName: 'fetcher', provider: GitProvider.GITHUB })).toEqual([
    'stand/platform: has the ServiceAccount "fetcher" with the provider "github"; expected the provider aws or azure, because the others take a Secret: '
    + 'name one with secretName.',
  ]);
});
