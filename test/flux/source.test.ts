import { Component, Testing, flux } from '../../src';

/** The `sourceRef` of a Kustomization in `flux-system` that reads this source. */
function sourceRef(source?: flux.ISource): object {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web', source });
  return Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.sourceRef;
}

test('without a source it is the GitRepository of the bootstrap', () => {
  expect(sourceRef()).toEqual({ kind: 'GitRepository', name: 'flux-system' });
});

test('without a source a Kustomization of another namespace says where the GitRepository of the bootstrap is', () => {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web', metadata: { namespace: 'team-a' } });
  expect(Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.sourceRef)
    .toEqual({ kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' });
});

test('a GitRepository by its name', () => {
  expect(sourceRef(flux.Source.fromGitRepositoryName('platform'))).toEqual({ kind: 'GitRepository', name: 'platform' });
});

test('an OCIRepository by its name', () => {
  expect(sourceRef(flux.Source.fromOciRepositoryName('platform'))).toEqual({ kind: 'OCIRepository', name: 'platform' });
});

test('a Bucket by its name', () => {
  expect(sourceRef(flux.Source.fromBucketName('platform'))).toEqual({ kind: 'Bucket', name: 'platform' });
});

test('an ExternalArtifact says the API that it is of', () => {
  expect(sourceRef(flux.Source.fromExternalArtifactName('platform')))
    .toEqual({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'platform' });
});

test.each([
  flux.Source.fromGitRepositoryName('platform', 'sources'),
  flux.Source.fromOciRepositoryName('platform', 'sources'),
  flux.Source.fromBucketName('platform', 'sources'),
  flux.Source.fromExternalArtifactName('platform', 'sources'),
])('a $sourceKind of another namespace says which', source => {
  expect(sourceRef(source)).toMatchObject({ kind: source.sourceKind, name: 'platform', namespace: 'sources' });
});

test('the namespace is left out where it is that of the Kustomization', () => {
  expect(sourceRef(flux.Source.fromGitRepositoryName('platform', 'flux-system'))).toEqual({ kind: 'GitRepository', name: 'platform' });
});

test('a source that is the namesake of the bootstrap in the namespace of the Kustomization needs no namespace', () => {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', {
    path: './web', metadata: { namespace: 'team-a' }, source: flux.Source.fromGitRepositoryName('web', 'team-a'),
  });
  expect(Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'web' });
});

test('anything that says what it is can be a source', () => {
  expect(sourceRef({ sourceKind: flux.SourceKind.BUCKET, sourceName: 'releases' })).toEqual({ kind: 'Bucket', name: 'releases' });
});
