import { labelNameProblem, objectNameProblem } from '../../src/synth/kubernetes-names';

const RBAC = 'rbac.authorization.k8s.io/v1';
const SUBDOMAIN = 'lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';
const LABEL = 'lower-case letters, digits and "-", beginning and ending with a letter or digit';

test.each([
  ['v1', 'ConfigMap', 'a'],
  ['v1', 'ConfigMap', '0.a-b.c'],
  ['v1', 'ConfigMap', 'a'.repeat(253)],
  ['v1', 'Namespace', '1-team'],
  ['v1', 'Namespace', 'a'.repeat(63)],
  ['v1', 'Service', 'web-1'],
  ['example.com/v1', 'Service', '1.b'],
  ['example.com/v1', 'Namespace', 'a.b'],
  [RBAC, 'Role', 'system:Node reader'],
  [RBAC, 'ClusterRole', 'system:node'],
  [RBAC, 'RoleBinding', '...'],
  [RBAC, 'ClusterRole', 'a'.repeat(300)],
  ['policy/v1', 'PodDisruptionBudget', 'a'.repeat(300)],
  ['batch/v1', 'Job', 'a.b'],
  [RBAC, 'ClusterRoleBinding', 'system:node'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'a'.repeat(63)],
])('%s %s may be named %s', (apiVersion, kind, name) => {
  expect(objectNameProblem(apiVersion, kind, name)).toBeUndefined();
});

test.each([
  ['v1', 'ConfigMap', '', SUBDOMAIN],
  ['v1', 'ConfigMap', 'Web', SUBDOMAIN],
  ['v1', 'ConfigMap', 'my_app', SUBDOMAIN],
  ['v1', 'ConfigMap', 'a..b', SUBDOMAIN],
  ['v1', 'ConfigMap', '-a', SUBDOMAIN],
  ['v1', 'Namespace', 'a.b', LABEL],
  ['apps/v1', 'StatefulSet', 'a.b', LABEL],
  ['v1', 'Service', '1st', 'lower-case letters, digits and "-", beginning with a letter'],
  [RBAC, 'Role', 'a/b', 'no "/" or "%"'],
  [RBAC, 'ClusterRole', '..', 'no "/" or "%"'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Apps', SUBDOMAIN],
])('%s %s may not be named %p', (apiVersion, kind, name, expected) => {
  expect(objectNameProblem(apiVersion, kind, name)).toBe(`the ${kind} is named "${name}", which Kubernetes refuses; expected ${expected}: rename it.`);
});

test.each([
  ['v1', 'ConfigMap', 253],
  ['v1', 'Namespace', 63],
  ['v1', 'Service', 63],
  ['apps/v1', 'DaemonSet', 242],
  ['apps/v1', 'StatefulSet', 52],
  ['batch/v1', 'CronJob', 52],
  ['batch/v1', 'Job', 63],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 63],
])('the name of a %s %s has at most %d characters', (apiVersion, kind, length) => {
  const name = 'a'.repeat(length + 1);
  expect(objectNameProblem(apiVersion, kind, name))
    .toBe(`the ${kind} is named "${name}", which has ${length + 1} characters; expected at most ${length}: shorten it.`);
});

test('a name that has to be a label says what it is the name of', () => {
  expect(labelNameProblem('the cluster', 'dev')).toBeUndefined();
  expect(labelNameProblem('the cluster', 'dev.eu')).toBe(`the cluster is named "dev.eu", which Kubernetes refuses; expected ${LABEL}: rename it.`);
});
