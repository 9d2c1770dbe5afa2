import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { Kyverno, KyvernoController, KyvernoFailurePolicy } = components;
const resources = (memory: number) => ({
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) },
});

test('defaults', () => {
  expect(manifestsOf(new Kyverno(Testing.platform(), 'kyverno'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new Kyverno(Testing.platform(), 'kyverno', {
    namespace: 'policies',
    admissionReplicas: 5,
    replicas: 2,
    controllers: [KyvernoController.REPORTS, KyvernoController.BACKGROUND, KyvernoController.CLEANUP],
    excludedNamespaces: ['karpenter', 'kube-system'],
    failurePolicy: KyvernoFailurePolicy.IGNORE,
    exceptionsNamespace: 'exceptions',
    backgroundScanInterval: Duration.minutes(30),
    admissionResources: resources(10),
    backgroundResources: resources(20),
    cleanupResources: resources(30),
    reportsResources: resources(40),
    values: { admissionController: { priorityClassName: 'critical' } },
  }))).toMatchSnapshot();
});

test('never asks for what has to run while it does not answer: the cluster\'s own pods and Flux', () => {
  const kyverno = new Kyverno(Testing.platform(), 'kyverno', { excludedNamespaces: ['karpenter'] });
  expect(kyverno.excludedNamespaces).toEqual(['kube-system', 'flux-system', 'karpenter', 'security']);
  expect(manifestsOf(kyverno)).toContain(`\
              values:
                - kube-system
                - flux-system
                - karpenter
`);
});

test('runs the controllers that it is asked for, and makes no reports that none collects', () => {
  const platform = Testing.platform();
  const kyverno = new Kyverno(platform, 'kyverno', { controllers: [KyvernoController.CLEANUP] });
  Testing.repository(platform).hasObject('HelmRelease', 'kyverno', {
    spec: {
      values: {
        backgroundController: { enabled: false },
        cleanupController: { enabled: true, replicas: 1 },
        reportsController: { enabled: false },
        features: { admissionReports: { enabled: false } },
      },
    },
  });
  expect(kyverno.providedObjects.map(({ name }) => name)).toEqual(['kyverno-admission-controller', 'kyverno-cleanup-controller']);
  expect(kyverno.metricsEndpoints.map(({ name }) => name)).toEqual(['kyverno-admission-controller', 'kyverno-cleanup-controller']);
});

test('says where its metrics are', () => {
  expect(new Kyverno(Testing.platform(), 'kyverno').metricsEndpoints[3]).toEqual({
    name: 'kyverno-reports-controller',
    namespace: 'security',
    matchLabels: { 'app.kubernetes.io/name': 'kyverno-reports-controller', 'app.kubernetes.io/instance': 'kyverno' },
    port: 'metrics-port',
  });
});

test('refuses a namespace that its chart refuses, and controllers without pods', () => {
  const platform = Testing.platform();
  new Kyverno(platform, 'kyverno', { namespace: 'kube-system', admissionReplicas: 0, replicas: 0 });
  expect(refusalOf(platform)).toEqual([
    'kyverno: Kyverno is given 0 for admissionReplicas; expected at least 1: leave a controller out with controllers, or all of Kyverno.',
    'kyverno: Kyverno is given 0 for replicas; expected at least 1: leave a controller out with controllers, or all of Kyverno.',
    'kyverno: Kyverno is put into the namespace "kube-system", which its chart refuses; expected another one: leave it at "security", or name one.',
  ]);
});
