import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'version-not-served';

function found(apiVersion: string, kind: string, ...others: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform({ partial: true });
  checked.layer('apps', [checked.component('web', { apiVersion, kind, name: 'one' }, ...others)], { dependsOn: [checked.namespaces] });
  return checked.findings(CHECK).map(line => line.replace('dev › flux-system/apps › ', ''));
}

test('refuses a version that a definition does not serve any more', () => {
  const checked = new CheckedPlatform({ partial: true });
  checked.layer('apps', [checked.component('web', { apiVersion: 'external-secrets.io/v1beta1', kind: 'ExternalSecret', name: 'session' })], {
    dependsOn: [checked.namespaces],
  });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › ExternalSecret apps/session: is of external-secrets.io/v1beta1, which external-secrets v2.9.0 does not serve: `
    + 'the API server knows no ExternalSecret of it → write external-secrets.io/v1, with the fields of that version',
  ]);
});

test.each([
  ['policy/v1beta1', 'PodDisruptionBudget', 'Kubernetes v1.36.3', 'write policy/v1, with the fields of that version'],
  ['batch/v1beta1', 'CronJob', 'Kubernetes v1.36.3', 'write batch/v1, with the fields of that version'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'Kubernetes v1.36.3', 'write autoscaling/v2, with the fields of that version'],
  ['resource.k8s.io/v1beta1', 'ResourceClaim', 'Kubernetes v1.36.3', 'write resource.k8s.io/v1, with the fields of that version'],
  ['certificates.k8s.io/v1beta1', 'PodCertificateRequest', 'Kubernetes v1.36.3', 'leave it out'],
  ['extensions/v1beta1', 'Ingress', 'Kubernetes', 'write networking.k8s.io/v1, with the fields of that version'],
  ['policy/v1beta1', 'PodSecurityPolicy', 'Kubernetes', 'label the namespace with pod-security.kubernetes.io/enforce instead'],
  ['helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', 'helm-controller v1.6.3', 'write helm.toolkit.fluxcd.io/v2, with the fields of that version'],
])('refuses %s %s', (apiVersion, kind, origin, fix) => {
  expect(found(apiVersion, kind)).toEqual([
    `error ${kind} apps/one: is of ${apiVersion}, which ${origin} does not serve: the API server knows no ${kind} of it → ${fix}`,
  ]);
});

test.each([
  ['v1', 'ConfigMap'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['gateway.networking.k8s.io/v1beta1', 'HTTPRoute'],
  ['example.org/v1', 'Shop'],
])('takes %s %s', (apiVersion, kind) => {
  expect(found(apiVersion, kind)).toEqual([]);
});

test('goes by the definition that the platform delivers', () => {
  const definition: ObjectFixture = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: 'externalsecrets.external-secrets.io',
    fields: {
      spec: {
        group: 'external-secrets.io',
        names: { kind: 'ExternalSecret', plural: 'externalsecrets' },
        scope: 'Namespaced',
        versions: [{ name: 'v1beta1', served: true, storage: true }],
      },
    },
  };
  expect(found('external-secrets.io/v1beta1', 'ExternalSecret', definition)).toEqual([]);
  expect(found('external-secrets.io/v1', 'ExternalSecret', definition)).toEqual([
    'error ExternalSecret apps/one: is of external-secrets.io/v1, which the CustomResourceDefinition externalsecrets.external-secrets.io does not serve: '
    + 'the API server knows no ExternalSecret of it → write external-secrets.io/v1beta1, with the fields of that version',
  ]);
});
