import { isKnownToKustomize } from '../../src/synth/merge-keys';

test('a kind is known to kustomize by its version', () => {
  expect(isKnownToKustomize('apps/v1', 'Deployment')).toBe(true);
  expect(isKnownToKustomize('apps/v1beta1', 'Deployment')).toBe(false);
  expect(isKnownToKustomize('cert-manager.io/v1', 'ClusterIssuer')).toBe(false);
});
