import { ApiObject } from 'cdk8s';
import { fileOf, stand } from './flux-fixtures';
import { Cluster, Component, Layer, Testing } from '../../src';
import { ArtifactSplit, ArtifactSplitProps, FluxComponent, FluxInstance, GitRepository, Kustomization } from '../../src/flux';

function split(props: Partial<ArtifactSplitProps> = {}) {
  const { platform, component } = stand('flux-system');
  const artifacts = new ArtifactSplit(component, 'platform', {
    source: GitRepository.fromName('flux-system', 'flux-system'), areas: ['infrastructure', 'security'], ...props,
  });
  return { platform, component, artifacts };
}

test('each area becomes an artifact in which paths are what they are in the repository', () => {
  expect(fileOf(split().platform, 'ArtifactGenerator', 'platform')).toBe(`\
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: platform
  namespace: flux-system
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: infrastructure
      originRevision: "@repo"
      copy:
        - from: "@repo/infrastructure/**"
          to: "@artifact/infrastructure/"
    - name: security
      originRevision: "@repo"
      copy:
        - from: "@repo/security/**"
          to: "@artifact/security/"
`);
});

test('the generator can have a name, a namespace and labels of its own', () => {
  const { platform, artifacts } = split({ metadata: { name: 'areas', namespace: 'team', labels: { team: 'platform' } } });
  expect(fileOf(platform, 'ArtifactGenerator', 'areas')).toContain(`\
metadata:
  name: areas
  namespace: team
  labels:
    team: platform
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: flux-system
      namespace: flux-system
`);
  expect(artifacts.artifact('security').sourceReference.namespace).toBe('team');
});

test('a Kustomization reads the artifact of its area', () => {
  const { platform, component, artifacts } = split();
  new Kustomization(component, 'security', { path: './security/mycluster-0', source: artifacts.artifact('security') });
  expect(fileOf(platform, 'Kustomization', 'security')).toContain(`\
  path: ./security/mycluster-0
  prune: true
  sourceRef:
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: ExternalArtifact
    name: security
`);
});

test('an area that is none of them is refused at once', () => {
  expect(() => split().artifacts.artifact('apps')).toThrow(new Error(
    'stand/platform/Resource is asked for the artifact "apps", which it does not make; expected "infrastructure" or "security": correct the name, or add it to '
    + 'the artifacts.'));
});

test('its file can be named', () => {
  const { platform, component, artifacts } = split();
  component.setFile(artifacts, 'artifacts.yaml');
  expect(Object.keys(platform.files())).toContain('apps/base/stand/artifacts.yaml');
});

test('the FluxInstance that installs Flux gets what makes and reads the artifacts', () => {
  const { component } = stand('flux-system');
  const instance = new FluxInstance(component, 'flux', { distribution: { version: '2.9.x', registry: 'ghcr.io/fluxcd' } });
  new ArtifactSplit(component, 'platform', { source: GitRepository.fromName('flux-system'), areas: ['apps'], instance });
  expect(instance.hasComponent(FluxComponent.SOURCE_WATCHER)).toBe(true);
});

test('a layer reads the artifact of its area, and the summary tells what that means for its dependencies', () => {
  const { platform, component, artifacts } = split();
  const cluster = new Cluster(platform, 'dev');
  const first = new Layer(cluster, 'first', { area: 'flux', components: [component] });
  const web = new Component(platform, 'web', { area: 'infrastructure', namespace: 'web' });
  new ApiObject(web, 'web', { apiVersion: 'v1', kind: 'ConfigMap' });
  new Layer(cluster, 'web', { components: [web], source: artifacts.artifact('infrastructure'), dependsOn: [first] });
  expect(Testing.synth(platform)['clusters/dev/web.yaml']).toContain(`\
  sourceRef:
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: ExternalArtifact
    name: infrastructure
`);
  expect(platform.summary()).toContain('  web waits for first, which reads another source: until it is ready, not until it has the same commit.\n');
});
