import { ApiObject, Duration } from 'cdk8s';
import { Testing } from '../../../src';
import {
  InputProviderType, LabelExpression, ResourceSet, ResourceSetDependency, ResourceSetInputProvider, ResourceSetInputSource,
  ResourceSetInputStrategy, ResourceSetProps, ResourceSetStep,
} from '../../../src/flux';
import { fieldPaths } from '../field-paths';
import { refusalOf, stand } from '../flux-fixtures';

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-<< inputs.tenant >>' } };

function resourceSet(props: ResourceSetProps, change: (set: ResourceSet) => void = () => {}): string {
  const { platform, component } = stand();
  change(new ResourceSet(component, 'tenants', props));
  return Testing.synth(platform)['apps/base/stand/resourceset-tenants.yaml'];
}

function refusal(props: ResourceSetProps): string[] {
  const { platform, component } = stand();
  new ResourceSet(component, 'tenants', props);
  return refusalOf(platform);
}

/** With everything that can be said of a ResourceSet, but steps. */
const COMPLETE: ResourceSetProps = {
  metadata: { name: 'tenants', namespace: 'flux-system', labels: { team: 'platform' } },
  reconcile: true,
  reconcileEvery: Duration.minutes(30),
  reconcileTimeout: Duration.minutes(10),
  dependsOn: [ResourceSetDependency.of(
    { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'kyverno', namespace: 'security' },
    { ready: true, readyExpr: 'status.observedGeneration >= 0', because: 'policies first' },
  )],
  serviceAccountName: 'flux-operator',
  wait: true,
  commonMetadata: { labels: { team: 'platform' }, annotations: { owner: 'platform' } },
  inputStrategy: ResourceSetInputStrategy.permute({ includeEmptyProviders: true }),
  inputs: [{ tenant: 'shop', quota: { cpu: 4 } }],
  inputsFrom: [
    ResourceSetInputSource.provider(ResourceSetInputProvider.fromName('tenants')),
    ResourceSetInputSource.select({
      matchLabels: { team: 'platform' },
      matchExpressions: [
        LabelExpression.in('stage', 'test', 'production'), LabelExpression.notIn('stage', 'old'),
        LabelExpression.exists('tenant'), LabelExpression.doesNotExist('hidden'),
      ],
    }),
  ],
  resources: [NAMESPACE],
  resourcesTemplate: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: << inputs.tenant >>\n',
};

/** Everything that can be said of steps. */
const STEPS: ResourceSetProps = {
  steps: [
    { name: 'namespaces', timeout: Duration.minutes(2), resources: [NAMESPACE] },
    { name: 'settings', resourcesTemplate: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: << inputs.tenant >>\n' },
  ],
};

test('defaults', () => {
  expect(resourceSet({ resources: [NAMESPACE] })).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata:
  name: tenants
  namespace: team
spec:
  resources:
    - apiVersion: v1
      kind: Namespace
      metadata:
        name: team-<< inputs.tenant >>
`);
});

test('every field', () => {
  expect(resourceSet(COMPLETE)).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata:
  name: tenants
  namespace: flux-system
  labels:
    team: platform
  annotations:
    fluxcd.controlplane.io/reconcile: enabled
    fluxcd.controlplane.io/reconcileEvery: 30m
    fluxcd.controlplane.io/reconcileTimeout: 10m
spec:
  dependsOn:
    - apiVersion: helm.toolkit.fluxcd.io/v2 # policies first
      kind: HelmRelease
      name: kyverno
      namespace: security
      ready: true
      readyExpr: status.observedGeneration >= 0
  serviceAccountName: flux-operator
  wait: true
  commonMetadata:
    labels:
      team: platform
    annotations:
      owner: platform
  inputStrategy:
    name: Permute
    includeEmptyProviders: true
  inputs:
    - tenant: shop
      quota:
        cpu: 4
  inputsFrom:
    - apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      name: tenants
    - apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      selector:
        matchLabels:
          team: platform
        matchExpressions:
          - key: stage
            operator: In
            values:
              - test
              - production
          - key: stage
            operator: NotIn
            values:
              - old
          - key: tenant
            operator: Exists
          - key: hidden
            operator: DoesNotExist
  resources:
    - apiVersion: v1
      kind: Namespace
      metadata:
        name: team-<< inputs.tenant >>
  resourcesTemplate: |
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: << inputs.tenant >>
`);
});

test('every field of steps', () => {
  expect(resourceSet(STEPS)).toBe(`\
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata:
  name: tenants
  namespace: team
spec:
  steps:
    - name: namespaces
      timeout: 2m
      resources:
        - apiVersion: v1
          kind: Namespace
          metadata:
            name: team-<< inputs.tenant >>
    - name: settings
      resourcesTemplate: |
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: << inputs.tenant >>
`);
});

test('the two leave no field out', () => {
  const open = ['commonMetadata.labels', 'commonMetadata.annotations', 'inputs[]', 'inputsFrom[].selector.matchLabels', 'resources[]', 'steps[].resources[]'];
  expect(fieldPaths(open, resourceSet(COMPLETE), resourceSet(STEPS))).toEqual([
    'commonMetadata', 'commonMetadata.annotations', 'commonMetadata.labels',
    'dependsOn', 'dependsOn[].apiVersion', 'dependsOn[].kind', 'dependsOn[].name', 'dependsOn[].namespace', 'dependsOn[].ready', 'dependsOn[].readyExpr',
    'inputStrategy', 'inputStrategy.includeEmptyProviders', 'inputStrategy.name',
    'inputs',
    'inputsFrom', 'inputsFrom[].apiVersion', 'inputsFrom[].kind', 'inputsFrom[].name', 'inputsFrom[].selector', 'inputsFrom[].selector.matchExpressions',
    'inputsFrom[].selector.matchExpressions[].key', 'inputsFrom[].selector.matchExpressions[].operator', 'inputsFrom[].selector.matchExpressions[].values',
    'inputsFrom[].selector.matchLabels',
    'resources', 'resourcesTemplate',
    'serviceAccountName',
    'steps', 'steps[].name', 'steps[].resources', 'steps[].resourcesTemplate', 'steps[].timeout',
    'wait',
  ]);
});

test('what is added later comes after what was given', () => {
  const { platform, component } = stand();
  const namespace = new ApiObject(component, 'web', { apiVersion: 'v1', kind: 'Namespace' });
  const secret = new ApiObject(component, 'token', { apiVersion: 'v1', kind: 'Secret' });
  const set = new ResourceSet(component, 'tenants', { resources: [NAMESPACE], inputs: [{ tenant: 'shop' }] });
  set.addDependency(ResourceSetDependency.ofObject(namespace), ResourceSetDependency.ofObject(secret, { because: 'who may' }));
  set.addInput({ tenant: 'blog' });
  set.addResource({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: '<< inputs.tenant >>' } });
  expect(Testing.synth(platform)['apps/base/stand/resourceset-tenants.yaml']).toContain(`\
spec:
  dependsOn:
    - apiVersion: v1
      kind: Namespace
      name: web
    - apiVersion: v1 # who may
      kind: Secret
      name: token
      namespace: team
  inputs:
    - tenant: shop
    - tenant: blog
  resources:
    - apiVersion: v1
      kind: Namespace
      metadata:
        name: team-<< inputs.tenant >>
    - apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: << inputs.tenant >>
`);
});

test('a step that is added comes last', () => {
  expect(resourceSet(STEPS, set => set.addStep({ name: 'last', resources: [NAMESPACE] }))).toContain(`\
    - name: last
      resources:
        - apiVersion: v1
`);
});

test('an expression waits for readiness without being told to', () => {
  const dependency = ResourceSetDependency.of({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data' }, { readyExpr: 'status.phase == "Bound"' });
  expect(resourceSet({ dependsOn: [dependency], resources: [NAMESPACE] })).toContain(`\
      name: data
      ready: true
      readyExpr: status.phase == "Bound"
`);
});

test('lists of inputs can be taken one after the other', () => {
  expect(resourceSet({ inputStrategy: ResourceSetInputStrategy.flatten(), resources: [NAMESPACE] })).toContain('  inputStrategy:\n    name: Flatten\n  res');
});

test('combinations leave out empty providers if nothing is said', () => {
  expect(resourceSet({ inputStrategy: ResourceSetInputStrategy.permute(), resources: [NAMESPACE] })).toContain('  inputStrategy:\n    name: Permute\n  res');
});

test('a selector without conditions takes every provider', () => {
  expect(resourceSet({ inputsFrom: [ResourceSetInputSource.select({})], resources: [NAMESPACE] })).toContain('      selector: {}\n');
});

test('a provider of the program is taken by its name', () => {
  const { platform, component } = stand();
  const provider = new ResourceSetInputProvider(component, 'pulls', { type: InputProviderType.STATIC });
  new ResourceSet(component, 'tenants', { inputsFrom: [ResourceSetInputSource.provider(provider)], resources: [NAMESPACE] });
  expect(Testing.synth(platform)['apps/base/stand/resourceset-tenants.yaml']).toContain('      name: pulls\n');
});

describe('refusals', () => {
  test('nothing to apply', () => {
    expect(refusal({ resources: [], steps: [] })).toEqual([
      'stand/tenants: has nothing to apply; expected resources, a resourcesTemplate or steps: add one.',
    ]);
  });

  test.each<[string, ResourceSetProps]>([
    ['resources', { resources: [NAMESPACE] }],
    ['a template', { resourcesTemplate: 'kind: ConfigMap' }],
  ])('steps beside %s', (_, props) => {
    expect(refusal({ ...STEPS, ...props })).toEqual([
      'stand/tenants: has steps and, beside them, resources or a resourcesTemplate; expected one of the two: move the resources to a step.',
    ]);
  });

  test('more than 20 steps', () => {
    const steps = Array.from({ length: 21 }, (_, i): ResourceSetStep => ({ name: `step-${i}`, resources: [NAMESPACE] }));
    expect(refusal({ steps })).toEqual(['stand/tenants: has 21 steps; expected at most 20: put some of them together.']);
    expect(refusal({ steps: steps.slice(1) })).toEqual([]);
  });

  test('steps of one name, once however many there are', () => {
    const step = { name: 'step', resources: [NAMESPACE] };
    expect(refusal({ steps: [step, step, step] })).toEqual([
      'stand/tenants: has more than one step named "step"; expected every name once: rename one of them.',
    ]);
  });

  test('names of steps that are not labels', () => {
    const long = 's'.repeat(64);
    expect(refusal({ steps: [{ name: 'First', resources: [NAMESPACE] }, { name: long, resources: [NAMESPACE] }] })).toEqual([
      'stand/tenants: a step is named "First", which Kubernetes refuses; expected lower-case letters, digits and "-", beginning and ending with a letter '
      + 'or digit: rename it.',
      `stand/tenants: a step is named "${long}", which has 64 characters; expected at most 63: shorten it.`,
    ]);
  });

  test('a step that applies nothing', () => {
    expect(refusal({ steps: [{ name: 'first' }, { name: 'second', resources: [] }] })).toEqual([
      'stand/tenants: has the step "first", which applies nothing; expected resources or a resourcesTemplate in it: add one, or take the step away.',
      'stand/tenants: has the step "second", which applies nothing; expected resources or a resourcesTemplate in it: add one, or take the step away.',
    ]);
  });

  test('an expression that does not parse', () => {
    const dependency = ResourceSetDependency.of({ apiVersion: 'v1', kind: 'Secret', name: 'token' }, { readyExpr: 'status.phase ==' });
    expect(refusal({ dependsOn: [dependency], resources: [NAMESPACE] })).toEqual([
      'stand/tenants: the ready expression for its dependency Secret "token" is "status.phase ==", which does not parse (Unexpected token: EOF at 1:16); '
      + 'expected an expression in CEL such as status.phase == \'Bound\': correct it.',
    ]);
  });

  test('an expression for readiness that is not waited for', () => {
    const dependency = ResourceSetDependency.of({ apiVersion: 'v1', kind: 'Secret', name: 'token' }, { ready: false, readyExpr: 'true' });
    expect(refusal({ dependsOn: [dependency], resources: [NAMESPACE] })).toEqual([
      'stand/tenants: says when its dependency Secret "token" is ready, and that it does not have to be; expected one of the two: leave out ready '
      + 'or readyExpr.',
    ]);
  });
});
