import { parse } from 'yaml';
import { Variable } from '../../../src';
import {
  ArtifactCopy, ArtifactGenerator, ArtifactGeneratorProps, ArtifactSource, Bucket, CopyStrategy, ExternalArtifact, GitRepository, HelmChart,
  HelmRepository, OciRepository,
} from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

const REPO = ArtifactSource.of('repo', GitRepository.fromName('platform'));
const COPY: ArtifactCopy = { from: '@repo/web/**', to: '@artifact/' };

function make(props: Partial<ArtifactGeneratorProps>) {
  const { platform, component } = stand();
  const generator = new ArtifactGenerator(component, 'apps', { sources: [REPO], artifacts: [{ name: 'web', copy: [COPY] }], ...props });
  return { platform, generator };
}

function artifactGenerator(props: Partial<ArtifactGeneratorProps> = {}): string {
  return fileOf(make(props).platform, 'ArtifactGenerator', 'apps');
}

function refusal(props: Partial<ArtifactGeneratorProps>): string[] {
  return refusalOf(make(props).platform);
}

/** With everything that can be said of an ArtifactGenerator. */
const COMPLETE: Partial<ArtifactGeneratorProps> = {
  metadata: { name: 'apps', namespace: 'flux-system', labels: { team: 'platform' } },
  sources: [
    REPO,
    ArtifactSource.of('manifests', OciRepository.fromName('manifests', 'shared')),
    ArtifactSource.of('settings', Bucket.fromName('settings', 'flux-system')),
    ArtifactSource.of('built', ExternalArtifact.fromName('built')),
    ArtifactSource.helmChart('chart', HelmChart.fromName('podinfo')),
  ],
  pathPattern: '@repo/apps/{app}/envs/{env}',
  artifacts: [{
    name: '{app}-{env}',
    revision: '@repo',
    originRevision: '@manifests',
    copy: [
      { from: '@repo/apps/{app}/envs/{env}/**', to: '@artifact/{app}/', exclude: ['*.md', '**/testdata/**'], strategy: CopyStrategy.OVERWRITE },
      { from: '@settings/values.yaml', to: '@artifact/{app}/values.yaml', strategy: CopyStrategy.MERGE },
      { from: '@built/*.tgz', to: '@artifact/built/', strategy: CopyStrategy.EXTRACT },
    ],
  }],
  commonMetadata: { labels: { team: 'platform' }, annotations: { contact: 'platform@example.com' } },
};

test('defaults', () => {
  expect(artifactGenerator()).toBe(`\
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: apps
  namespace: team
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: platform
  artifacts:
    - name: web
      copy:
        - from: "@repo/web/**"
          to: "@artifact/"
`);
});

test('every field', () => {
  expect(artifactGenerator(COMPLETE)).toBe(`\
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: apps
  namespace: flux-system
  labels:
    team: platform
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: platform
    - alias: manifests
      kind: OCIRepository
      name: manifests
      namespace: shared
    - alias: settings
      kind: Bucket
      name: settings
    - alias: built
      kind: ExternalArtifact
      name: built
    - alias: chart
      kind: HelmChart
      name: podinfo
  pathPattern: "@repo/apps/{app}/envs/{env}"
  artifacts:
    - name: "{app}-{env}"
      revision: "@repo"
      originRevision: "@manifests"
      copy:
        - from: "@repo/apps/{app}/envs/{env}/**"
          to: "@artifact/{app}/"
          exclude:
            - "*.md"
            - "**/testdata/**"
          strategy: Overwrite
        - from: "@settings/values.yaml"
          to: "@artifact/{app}/values.yaml"
          strategy: Merge
        - from: "@built/*.tgz"
          to: "@artifact/built/"
          strategy: Extract
  commonMetadata:
    labels:
      team: platform
    annotations:
      contact: platform@example.com
`);
});

test('no field of the definition is left out', () => {
  expect(unsetFields(parse(artifactGenerator(COMPLETE)))).toEqual([]);
});

test('an artifact is a source, and a chart', () => {
  const { generator } = make({});
  expect(generator.artifactGeneratorName).toBe('apps');
  const { sourceReference, chartReference } = generator.artifact('web');
  expect(sourceReference).toEqual({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'web', namespace: 'team' });
  expect(chartReference).toEqual(sourceReference);
});

test('an artifact that it does not make is refused at once', () => {
  const { generator } = make({ artifacts: [{ name: 'web', copy: [COPY] }, { name: 'api', copy: [COPY] }] });
  expect(() => generator.artifact('wbe')).toThrow(new Error(
    'stand/apps is asked for the artifact "wbe", which it does not make; expected "web" or "api": correct the name, or add it to the artifacts.'));
  expect(() => make({ artifacts: [] }).generator.artifact('web')).toThrow(new Error(
    'stand/apps is asked for the artifact "web", which it does not make; expected none: correct the name, or add it to the artifacts.'));
});

test('with a path pattern it makes the artifacts whose names fit', () => {
  const { generator } = make({ pathPattern: '@repo/{app}', artifacts: [{ name: 'app.{app}-prod', copy: [COPY] }] });
  expect(generator.artifact('app.web-prod').externalArtifactName).toBe('app.web-prod');
  expect(() => generator.artifact('app-web-prod')).toThrow('expected "app.{app}-prod"');
});

test('one that the program does not make is known by its name', () => {
  const generator = ArtifactGenerator.fromName('apps', 'team');
  expect(generator.artifactGeneratorName).toBe('apps');
  expect(generator.artifact('web').sourceReference).toEqual(ExternalArtifact.fromName('web', 'team').sourceReference);
});

test('the charts of a HelmRepository are no source of it', () => {
  // @ts-expect-error: a HelmRepository has an index and no files.
  expect(ArtifactSource.of('charts', HelmRepository.fromName('charts')).alias).toBe('charts');
});

test('names may have variables', () => {
  const cluster = Variable.of('cluster_name');
  expect(refusal({
    sources: [ArtifactSource.of('repo', GitRepository.fromName(`${cluster}`))],
    artifacts: [{ name: `web-${cluster}`, copy: [{ from: `@repo/clusters/${cluster}/**`, to: '@artifact/' }] }],
  })).toEqual([]);
});

test('one without sources or artifacts is refused', () => {
  expect(refusal({ sources: [], artifacts: [{ name: 'web', revision: '@repo', copy: [COPY] }] })).toEqual([
    'stand/apps: has no source; expected at least one: say where its files come from.',
  ]);
  expect(refusal({ artifacts: [] })).toEqual(['stand/apps: has no artifact; expected at least one: say what is made of its sources.']);
});

test('an artifact that copies nothing is refused', () => {
  expect(refusal({ artifacts: [{ name: 'web', copy: [] }] })).toEqual([
    'stand/apps: the artifact "web" copies nothing; expected at least one copy operation: say which files it has.',
  ]);
});

test('two sources of one alias are refused', () => {
  expect(refusal({ sources: [REPO, REPO, REPO] })).toEqual([
    'stand/apps: has two sources with the alias "repo"; expected another alias for each: rename one of them.',
  ]);
});

test('two artifacts of one name are refused', () => {
  expect(refusal({ artifacts: [{ name: 'web', copy: [COPY] }, { name: 'web', copy: [COPY] }] })).toEqual([
    'stand/apps: has two artifacts named "web"; expected another name for each: rename one of them, or copy both into one.',
  ]);
});

test('an alias that no path can begin with is refused', () => {
  expect(refusal({
    sources: [ArtifactSource.of('Repo', GitRepository.fromName('platform'))], artifacts: [{ name: 'web', copy: [{ from: '@Repo/**', to: '@artifact/' }] }],
  })).toEqual([
    'stand/apps: has the alias "Repo"; expected at most 63 lower-case letters, digits, "-" and "_", beginning and ending with a letter or digit: rename it.',
  ]);
});

test('a source with a dot in its name is refused', () => {
  expect(refusal({ sources: [ArtifactSource.of('repo', GitRepository.fromName('example.com'))] })).toEqual([
    'stand/apps: reads the GitRepository "example.com", whose name its API refuses; expected lower-case letters, digits and "-": rename the GitRepository.',
  ]);
});

test('a name that no object can have is refused where it stands for itself', () => {
  expect(refusal({ artifacts: [{ name: 'Web', copy: [COPY] }] })).toEqual([
    'stand/apps: the ExternalArtifact is named "Web", which Kubernetes refuses; expected lower-case letters, digits, "-" and ".", beginning and ending with a '
    + 'letter or digit: rename it.',
  ]);
  expect(refusal({ pathPattern: '@repo/{app}', artifacts: [{ name: '{app}', copy: [COPY] }] })).toEqual([]);
});

test('a path of a source that it does not have is refused', () => {
  const sources = [REPO, ArtifactSource.of('charts', GitRepository.fromName('charts'))];
  expect(refusal({ sources, artifacts: [{ name: 'web', copy: [{ from: '@rpeo/web/**', to: '@artifact/' }] }] })).toEqual([
    'stand/apps: the artifact "web" copies from "@rpeo/web/**"; expected a path that begins with "@repo/" or "@charts/": correct it, or add the source.',
  ]);
  expect(refusal({ pathPattern: 'apps/{app}' })).toEqual([
    'stand/apps: looks for directories in "apps/{app}"; expected a path that begins with "@repo/": correct it, or add the source.',
  ]);
});

test('a path outside of the artifact is refused', () => {
  expect(refusal({ artifacts: [{ name: 'web', copy: [{ from: '@repo/web/**', to: '/web/' }] }] })).toEqual([
    'stand/apps: the artifact "web" copies to "/web/"; expected a path that begins with "@artifact/": correct it.',
  ]);
});

test('the revision of a source that it does not have is refused', () => {
  expect(refusal({ artifacts: [{ name: 'web', revision: 'repo', originRevision: '@git', copy: [COPY] }] })).toEqual([
    'stand/apps: the artifact "web" has the origin revision "@git"; expected "@repo": correct it, or add the source.',
    'stand/apps: the artifact "web" has the revision "repo"; expected "@repo": correct it, or add the source.',
  ]);
});

test('what the path pattern does not find cannot be used', () => {
  expect(refusal({ pathPattern: '@repo/{app}/{env}', artifacts: [{ name: '{app}-{stage}', copy: [{ from: '@repo/{app}/{stage}/**', to: '@artifact/' }] }] })).toEqual([
    'stand/apps: the artifact "{app}-{stage}" uses {stage}, which the path pattern "@repo/{app}/{env}" does not have; expected {app} or {env}: correct it, or '
    + 'add it to the pattern.',
  ]);
});
