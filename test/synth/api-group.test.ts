import { apiGroup } from '../../src/synth/api-group';

test.each([
  ['v1', ''],
  ['apps/v1', 'apps'],
  ['kustomize.toolkit.fluxcd.io/v1', 'kustomize.toolkit.fluxcd.io'],
])('the group of %s is %p', (apiVersion, group) => {
  expect(apiGroup(apiVersion)).toBe(group);
});
