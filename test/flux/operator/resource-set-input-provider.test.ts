import { Duration } from 'cdk8s';
import { Testing } from '../../../src';
import {
  ExternalArtifact, ExternalArtifactSelector, InputProviderType, LabelExpression, ResourceSetInputProvider, ResourceSetInputProviderProps,
} from '../../../src/flux';
import { fieldPaths } from '../field-paths';
import { refusalOf, stand } from '../flux-fixtures';

function inputProvider(props: ResourceSetInputProviderProps): string {
  const { platform, component } = stand();
  new ResourceSetInputProvider(component, 'inputs', props);
  return Testing.synth(platform)['apps/base/stand/resourcesetinputprovider-inputs.yaml'];
}

function refusal(props: ResourceSetInputProviderProps): string[] {
  const { platform, component } = stand();
  new ResourceSetInputProvider(component, 'inputs', props);
  return refusalOf(platform);
}

const TYPES = Object.values(InputProviderType);

/** The least that a provider of the type needs. */
function least(type: InputProviderType): ResourceSetInputProviderProps {
  switch (type) {
    case InputProviderType.STATIC:
      return { type };
    case InputProviderType.EXTERNAL_ARTIFACT:
      return { type, selectors: [ExternalArtifactSelector.select({})] };
    default:
      return { type, url: type.endsWith('ArtifactTag') ? 'oci://registry.example.com/acme/web' : 'https://example.com/acme/web' };
  }
}

/** Everything that can be said of a provider that fetches. */
const FETCHING: ResourceSetInputProviderProps = {
  metadata: { name: 'inputs', namespace: 'flux-system', labels: { team: 'platform' } },
  reconcile: true,
  reconcileEvery: Duration.minutes(30),
  reconcileTimeout: Duration.minutes(1),
  type: InputProviderType.OCI_ARTIFACT_TAG,
  url: 'oci://registry.example.com/acme/web',
  insecure: true,
  secretName: 'registry',
  certSecretName: 'registry-tls',
  serviceAccountName: 'registry-reader',
  filter: {
    includeBranch: '^feat/',
    excludeBranch: '^feat/old',
    includeTag: '^v',
    excludeTag: '-rc',
    includeEnvironment: '^review/',
    excludeEnvironment: '^review/old',
    semver: '>=1.0.0',
    labels: ['deploy'],
    limit: 10,
  },
  skip: { labels: ['hold'] },
  schedule: [{ cron: '0 8 * * 1-5', timeZone: 'Europe/Paris', window: Duration.hours(8) }],
  defaultValues: { replicas: 2, region: { name: 'eu-west-3' } },
};

/** Everything that can be said of a provider that selects artifacts. */
const SELECTING: ResourceSetInputProviderProps = {
  type: InputProviderType.EXTERNAL_ARTIFACT,
  selectors: [
    ExternalArtifactSelector.artifact(ExternalArtifact.fromName('web', 'apps')),
    ExternalArtifactSelector.select({ matchLabels: { team: 'shop' }, matchExpressions: [LabelExpression.in('stage', 'test')] }, 'shop'),
  ],
};

test('defaults', () => {
  expect(inputProvider({ type: InputProviderType.GITHUB_PULL_REQUEST, url: 'https://github.com/acme/web' })).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata:
  name: inputs
  namespace: team
spec:
  type: GitHubPullRequest
  url: https://github.com/acme/web
`);
});

test('every field of a provider that fetches', () => {
  expect(inputProvider(FETCHING)).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata:
  name: inputs
  namespace: flux-system
  labels:
    team: platform
  annotations:
    fluxcd.controlplane.io/reconcile: enabled
    fluxcd.controlplane.io/reconcileEvery: 30m
    fluxcd.controlplane.io/reconcileTimeout: 1m
spec:
  type: OCIArtifactTag
  url: oci://registry.example.com/acme/web
  insecure: true
  secretRef:
    name: registry
  certSecretRef:
    name: registry-tls
  serviceAccountName: registry-reader
  filter:
    includeBranch: ^feat/
    excludeBranch: ^feat/old
    includeTag: ^v
    excludeTag: -rc
    includeEnvironment: ^review/
    excludeEnvironment: ^review/old
    semver: ">=1.0.0"
    labels:
      - deploy
    limit: 10
  skip:
    labels:
      - hold
  schedule:
    - cron: 0 8 * * 1-5
      timeZone: Europe/Paris
      window: 8h
  defaultValues:
    replicas: 2
    region:
      name: eu-west-3
`);
});

test('every field of a provider that selects artifacts', () => {
  expect(inputProvider(SELECTING)).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata:
  name: inputs
  namespace: team
spec:
  type: ExternalArtifact
  selectors:
    - name: web
      namespace: apps
    - namespace: shop
      matchLabels:
        team: shop
      matchExpressions:
        - key: stage
          operator: In
          values:
            - test
`);
});

test('the two leave no field out', () => {
  expect(fieldPaths(['defaultValues', 'selectors[].matchLabels'], inputProvider(FETCHING), inputProvider(SELECTING))).toEqual([
    'certSecretRef', 'certSecretRef.name',
    'defaultValues',
    'filter', 'filter.excludeBranch', 'filter.excludeEnvironment', 'filter.excludeTag', 'filter.includeBranch', 'filter.includeEnvironment',
    'filter.includeTag', 'filter.labels', 'filter.limit', 'filter.semver',
    'insecure',
    'schedule', 'schedule[].cron', 'schedule[].timeZone', 'schedule[].window',
    'secretRef', 'secretRef.name',
    'selectors', 'selectors[].matchExpressions', 'selectors[].matchExpressions[].key', 'selectors[].matchExpressions[].operator',
    'selectors[].matchExpressions[].values', 'selectors[].matchLabels', 'selectors[].name', 'selectors[].namespace',
    'serviceAccountName',
    'skip', 'skip.labels',
    'type',
    'url',
  ]);
});

test('it is known by its name, made by the program or not', () => {
  const { component } = stand();
  expect(new ResourceSetInputProvider(component, 'inputs', { type: InputProviderType.STATIC }).resourceSetInputProviderName).toBe('inputs');
  expect(ResourceSetInputProvider.fromName('inputs')).toEqual({ resourceSetInputProviderName: 'inputs' });
});

test('a selector without conditions takes every artifact', () => {
  expect(inputProvider(least(InputProviderType.EXTERNAL_ARTIFACT))).toContain('  selectors:\n    - {}\n');
});

test.each(TYPES)('the least of %s is accepted', type => {
  expect(refusal(least(type))).toEqual([]);
});

describe('which types take', () => {
  const taking = (props: Partial<ResourceSetInputProviderProps>) => TYPES.filter(type => refusal({ ...least(type), ...props }).length === 0);

  test('a Secret', () => {
    expect(taking({ secretName: 'token' })).toEqual([
      'GitHubBranch', 'GitHubTag', 'GitHubPullRequest', 'GitLabBranch', 'GitLabTag', 'GitLabMergeRequest', 'GitLabEnvironment', 'AzureDevOpsBranch',
      'AzureDevOpsTag', 'AzureDevOpsPullRequest', 'GiteaBranch', 'GiteaTag', 'GiteaPullRequest', 'OCIArtifactTag', 'ExternalService',
    ]);
  });

  test('a Secret of certificates', () => {
    expect(taking({ certSecretName: 'tls' })).toEqual([
      'GitHubBranch', 'GitHubTag', 'GitHubPullRequest', 'GitLabBranch', 'GitLabTag', 'GitLabMergeRequest', 'GitLabEnvironment', 'GiteaBranch',
      'GiteaTag', 'GiteaPullRequest', 'OCIArtifactTag', 'ExternalService',
    ]);
  });

  test('a ServiceAccount', () => {
    expect(taking({ serviceAccountName: 'reader' })).toEqual([
      'AzureDevOpsBranch', 'AzureDevOpsTag', 'AzureDevOpsPullRequest', 'AWSCodeCommitBranch', 'AWSCodeCommitTag', 'AWSCodeCommitPullRequest',
      'OCIArtifactTag', 'ACRArtifactTag', 'ECRArtifactTag', 'GARArtifactTag', 'ExternalArtifact',
    ]);
  });

  test('no encryption', () => {
    expect(taking({ insecure: true })).toEqual(['OCIArtifactTag', 'ExternalService']);
  });

  test('a URL of http://', () => {
    expect(taking({ url: 'http://example.com/acme/web' })).toEqual([
      'GitHubBranch', 'GitHubTag', 'GitHubPullRequest', 'GitLabBranch', 'GitLabTag', 'GitLabMergeRequest', 'GitLabEnvironment', 'AzureDevOpsBranch',
      'AzureDevOpsTag', 'AzureDevOpsPullRequest', 'GiteaBranch', 'GiteaTag', 'GiteaPullRequest',
    ]);
  });

  test('no URL', () => {
    expect(taking({ url: undefined })).toEqual(['Static', 'ExternalArtifact']);
  });

  test('selectors', () => {
    expect(taking({ selectors: [ExternalArtifactSelector.select({})] })).toEqual(['ExternalArtifact']);
  });
});

test('a service is spoken to without TLS where that is said', () => {
  expect(refusal({ type: InputProviderType.EXTERNAL_SERVICE, url: 'http://inputs.apps.svc', insecure: true })).toEqual([]);
});

test('10,000 inputs are accepted', () => {
  expect(refusal({ type: InputProviderType.STATIC, filter: { limit: 10_000 } })).toEqual([]);
});

test.each<[string, ResourceSetInputProviderProps, string]>([
  [
    'no URL where something is fetched', { type: InputProviderType.GITHUB_TAG },
    'has no URL; expected one with the type GitHubTag: add it.',
  ],
  [
    'a URL where nothing is fetched', { type: InputProviderType.STATIC, url: 'https://example.com' },
    'has the URL "https://example.com" with the type Static; expected none, because nothing is fetched: leave url out.',
  ],
  [
    'a URL of another scheme', { type: InputProviderType.AWS_CODE_COMMIT_TAG, url: 'http://example.com' },
    'has the URL "http://example.com"; expected one that begins with https://: correct it.',
  ],
  [
    'a registry without a repository', { type: InputProviderType.ECR_ARTIFACT_TAG, url: 'oci://registry.example.com' },
    'has the URL "oci://registry.example.com", which names a registry; expected that of a repository in it, such as '
    + 'oci://registry.example.com/<repository>: complete it.',
  ],
  [
    'a service without TLS', { type: InputProviderType.EXTERNAL_SERVICE, url: 'http://example.com' },
    'has the URL "http://example.com", which is not encrypted; expected https://, or insecure: correct the URL, or say insecure.',
  ],
  [
    'no TLS where that cannot be said', { ...least(InputProviderType.GITEA_TAG), insecure: true },
    'is insecure with the type GiteaTag; expected the type ExternalService or OCIArtifactTag for that: leave insecure out.',
  ],
  [
    'a Secret with a cloud\'s registry', { ...least(InputProviderType.ACR_ARTIFACT_TAG), secretName: 'token' },
    'has the Secret "token" with the type ACRArtifactTag; expected none, because the type has no use for it: leave secretName out.',
  ],
  [
    'certificates with Azure DevOps', { ...least(InputProviderType.AZURE_DEVOPS_TAG), certSecretName: 'tls' },
    'has the Secret of certificates "tls" with the type AzureDevOpsTag; expected none, because the type has no use for it: leave certSecretName out.',
  ],
  [
    'a ServiceAccount with GitHub', { ...least(InputProviderType.GITHUB_TAG), serviceAccountName: 'reader' },
    'has the ServiceAccount "reader" with the type GitHubTag; expected none, because the type has no use for it: leave serviceAccountName out.',
  ],
  [
    'selectors with another type', { ...least(InputProviderType.STATIC), selectors: [ExternalArtifactSelector.select({})] },
    'selects artifacts with the type Static; expected the type ExternalArtifact for that: leave selectors out.',
  ],
  [
    'artifacts without selectors', { type: InputProviderType.EXTERNAL_ARTIFACT },
    'selects no artifacts; expected at least one selector with the type ExternalArtifact: add it.',
  ],
  [
    'a pattern that does not compile', { ...least(InputProviderType.GITHUB_BRANCH), filter: { excludeBranch: '(old' } },
    'has the pattern "(old" in filter.excludeBranch, which Flux cannot compile (a group is not closed); expected a regular expression of Go\'s: '
    + 'correct it, with https://pkg.go.dev/regexp/syntax.',
  ],
  [
    'too high a limit', { type: InputProviderType.STATIC, filter: { limit: 10_001 } },
    'has the limit 10001; expected a whole number of at most 10000: lower it, or narrow the filter.',
  ],
  [
    'half an input', { type: InputProviderType.STATIC, filter: { limit: 0.5 } },
    'has the limit 0.5; expected a whole number of at most 10000: lower it, or narrow the filter.',
  ],
])('%s is refused', (_, props, problem) => {
  expect(refusal(props)).toEqual([`stand/inputs: ${problem}`]);
});
