import { Source } from '../../../src/flux';

test.each([
  ['GitRepository', Source.git('platform', 'team'), { kind: 'GitRepository', name: 'platform', namespace: 'team' }],
  ['OCIRepository', Source.oci('platform'), { kind: 'OCIRepository', name: 'platform' }],
  ['Bucket', Source.bucket('platform', 'team'), { kind: 'Bucket', name: 'platform', namespace: 'team' }],
  ['ExternalArtifact', Source.externalArtifact('platform'), { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact', name: 'platform' }],
])('a %s that the program does not make is known by its name', (_, source, reference) => {
  expect(source.sourceReference).toEqual(reference);
});
