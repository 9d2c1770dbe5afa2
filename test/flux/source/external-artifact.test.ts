import { ExternalArtifact, Kustomization } from '../../../src/flux';
import { fileOf, stand } from '../flux-fixtures';

test('it is known by its name', () => {
  const artifact = ExternalArtifact.fromName('web', 'team');
  expect(artifact.externalArtifactName).toBe('web');
  expect(artifact.sourceReference).toEqual({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'web', namespace: 'team' });
  expect(artifact.chartReference).toEqual(artifact.sourceReference);
});

test('a Kustomization can read it', () => {
  const { platform, component } = stand();
  new Kustomization(component, 'web', { path: './web', source: ExternalArtifact.fromName('web') });
  expect(fileOf(platform, 'Kustomization', 'web')).toContain(`\
  sourceRef:
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: ExternalArtifact
    name: web
`);
});
