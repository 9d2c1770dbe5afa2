import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'schema';

/** What is found on a platform that has one object more, without the place. */
function found(object: ObjectFixture, ...others: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform({ partial: true });
  checked.layer('apps', [checked.component('web', object, ...others)], { dependsOn: [checked.namespaces] });
  return checked.findings(CHECK).map(line => line.replace('dev › flux-system/apps › ', ''));
}

const store = (provider: object): ObjectFixture =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', name: 'store', fields: { spec: { provider } } });

const session = (spec: object): ObjectFixture => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'session', fields: { spec } });

const release = (spec: object): ObjectFixture => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec } });

const CHART = { chart: 'web', sourceRef: { kind: 'HelmRepository', name: 'charts' } };

const pool = (requirements: object[], spec: object = {}): ObjectFixture => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  name: 'default',
  fields: { spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements } }, ...spec } },
});

const deployment = (container: object): ObjectFixture => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  fields: { spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', ...container }] } } } },
});

test('refuses a field that the definition does not know, and names the one that was meant', () => {
  const checked = new CheckedPlatform({ partial: true });
  checked.layer('apps', [checked.component('web', session({ refreshIntervall: '1h', dataFrom: [] }))], { dependsOn: [checked.namespaces] });
  expect(checked.findings()).toEqual([
    'schema error dev › flux-system/apps › ExternalSecret apps/session: has the field /spec/refreshIntervall, which its definition does not know '
    + '→ write refreshInterval, or leave it out',
  ]);
});

test('takes an object that is as its definition wants it', () => {
  expect(found(session({ refreshInterval: '1h', dataFrom: [{ extract: { key: 'session' } }] }), release({ interval: '1h', chart: { spec: CHART } }))).toEqual([]);
  expect(found(deployment({ image: 'web:1', resources: { limits: { cpu: 1, memory: '64Mi' } } }), pool([{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }]))).toEqual([]);
});

test.each<[string, ObjectFixture, string]>([
  ['no such field at all', session({ wholly: true }),
    'error ExternalSecret apps/session: has the field /spec/wholly, which its definition does not know '
    + '→ leave it out; known there: data, dataFrom, refreshInterval, refreshPolicy, secretStoreRef, syncWindows, target'],
  ['a field that is missing', release({ chart: { spec: CHART } }),
    'error HelmRelease apps/web: has no /spec/interval, which its definition requires → add it: a text'],
  ['another type', deployment({ image: 'web:1', args: 'serve' }),
    'error Deployment apps/web: has "serve" at /spec/template/spec/containers/0/args, where a list is expected → give a list'],
  ['a number where a text belongs', { name: 'settings', fields: { data: { port: 8080 } } },
    'error ConfigMap apps/settings: has 8080 at /data/port, where a text is expected → write it as a text: \'8080\''],
  ['an annotation that is no text', { name: 'settings', metadata: { annotations: { replicas: 3 as any } } },
    'error ConfigMap apps/settings: has 3 at /metadata/annotations/replicas, where a text is expected → write it as a text: \'3\''],
  ['a value that is none of a few', session({ refreshPolicy: 'Sometimes' }),
    'error ExternalSecret apps/session: has "Sometimes" at /spec/refreshPolicy, one of CreatedOnce, Periodic, OnChange expected '
    + '→ give one of CreatedOnce, Periodic, OnChange'],
  ['no duration', release({ interval: '1d', chart: { spec: CHART } }),
    'error HelmRelease apps/web: has "1d" at /spec/interval, a duration expected → write it as a duration such as 10m or 1h30m'],
  ['no quantity', deployment({ image: 'web:1', resources: { limits: { memory: '64 MB' } } }),
    'error Deployment apps/web: has "64 MB" at /spec/template/spec/containers/0/resources/limits/memory, a quantity expected '
    + '→ write it as a quantity such as 500m or 2Gi'],
  ['another pattern', session({ secretStoreRef: { name: 'My_Store' } }),
    'error ExternalSecret apps/session: has "My_Store" at /spec/secretStoreRef/name, '
    + '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ expected → write it so that it matches'],
  ['a text that is too long', release({ interval: '1h', releaseName: 'w'.repeat(54), chart: { spec: CHART } }),
    `error HelmRelease apps/web: has "${'w'.repeat(54)}" at /spec/releaseName, at most 53 characters expected and not 54 → shorten it`],
  ['a number that is too large', pool([], { weight: 101 }),
    'error NodePool default: has 101 at /spec/weight, a number <= 100 expected → give such a number'],
  ['what a list has twice', deployment({ image: 'web:1', env: [{ name: 'MODE', value: 'a' }, { name: 'MODE', value: 'b' }] }),
    'error Deployment apps/web: has name "MODE" at /spec/template/spec/containers/0/env/0 and at /spec/template/spec/containers/0/env/1, '
    + 'in a list in which each is once → leave one of them out'],
  ['two of several forms', store({ aws: { service: 'SecretsManager', region: 'eu-west-3' }, fake: { data: [] } }),
    'error SecretStore apps/store: has a mapping at /spec/provider, at most 1 field expected → leave some out'],
])('refuses %s', (_, object, line) => {
  expect(found(object)).toEqual([line]);
});

test.each<[string, ObjectFixture, string]>([
  ['neither a chart nor a reference to one', release({ interval: '1h' }),
    'error HelmRelease apps/web: breaks a rule of its definition at /spec: either chart or chartRef must be set → change it so that this holds: '
    + '(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))'],
  ['an operator without values', pool([{ key: 'kubernetes.io/os', operator: 'In', values: [] }]),
    'error NodePool default: breaks a rule of its definition at /spec/template/spec/requirements: requirements with operator \'In\' must have a value defined '
    + '→ change it so that this holds: self.all(x, x.operator == \'In\' ? x.values.size() != 0 : true)'],
  ['a bound that is no number', pool([{ key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gt', values: ['1', '2'] }]),
    'error NodePool default: breaks a rule of its definition at /spec/template/spec/requirements: requirements operator \'Gt\', \'Lt\', \'Gte\', or \'Lte\' must '
    + 'have a single positive integer value → change it so that this holds: self.all(x, (x.operator == \'Gt\' || x.operator == \'Lt\' || x.operator == \'Gte\' || '
    + 'x.operator == \'Lte\') ? (x.values.size() == 1 && int(x.values[0]) >= 0) : true)'],
  ['a label that is not for users', pool([{ key: 'karpenter.sh/foo', operator: 'Exists' }]),
    'error NodePool default: breaks a rule of its definition at /spec/template/spec/requirements/0/key: label domain "karpenter.sh" is restricted '
    + '→ change it so that this holds: self in ["karpenter.sh/capacity-type", "karpenter.sh/nodepool"] || !self.find("^([^/]+)").endsWith("karpenter.sh")'],
])('holds an object to the rules of its definition: %s', (_, object, line) => {
  expect(found(object)).toEqual([line]);
});

const CRD: ObjectFixture = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: 'shops.example.org',
  fields: {
    spec: {
      group: 'example.org',
      names: { kind: 'Shop', plural: 'shops' },
      scope: 'Namespaced',
      versions: [{
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { tills: { type: 'integer' } } } } } },
      }],
    },
  },
};

const shop = (spec: object): ObjectFixture => ({ apiVersion: 'example.org/v1', kind: 'Shop', name: 'corner', fields: { spec } });

test('holds an object to the definition that the platform delivers', () => {
  expect(found(shop({ tills: 2 }), CRD)).toEqual([]);
  expect(found(shop({ tills: 'two' }), CRD)).toEqual([
    'error Shop apps/corner: has "two" at /spec/tills, where a whole number is expected → give a whole number',
  ]);
});

const XRD: ObjectFixture = {
  ...CRD,
  apiVersion: 'apiextensions.crossplane.io/v2',
  kind: 'CompositeResourceDefinition',
  fields: { spec: { ...(CRD.fields!.spec), versions: [{ ...CRD.fields!.spec.versions[0], storage: undefined, referenceable: true }] } },
};

test('holds a composite resource to the definition that Crossplane makes of an XRD', () => {
  expect(found(shop({ tills: 2, crossplane: { compositionRef: { name: 'shops' } } }), XRD)).toEqual([]);
  expect(found(shop({ till: 2, crossplane: {} }), XRD)).toEqual([
    'error Shop apps/corner: has the field /spec/till, which its definition does not know → write tills, or leave it out',
  ]);
});

test('counts objects whose kind nobody knows', () => {
  expect(found(shop({ tills: 'two' }))).toEqual([
    'info dev: has 1 object whose definition is not known: it is not checked → deliver the CustomResourceDefinitions with the platform where they are to be checked',
  ]);
});

test('says nothing of a value that a variable decides, and counts the rules that it keeps from being evaluated', () => {
  const checked = new CheckedPlatform({ partial: true }, { interval: '1h', name: 'web' });
  checked.layer('apps', [checked.component('web', release({ interval: '${interval}', chart: { spec: { ...CHART, chart: '${name}' } } }))]);
  const [finding, ...others] = checked.platform.findings().filter(({ check }) => check === CHECK);
  expect(others).toEqual([]);
  expect([finding.severity, finding.message, ...finding.evidence!]).toEqual([
    'info', 'has objects that are not checked in full', 'rules that depend on a variable, or that only the API server can evaluate: 1',
  ]);
});

test('holds a Kustomization itself to its definition', () => {
  const checked = new CheckedPlatform({ partial: true });
  const layer = checked.layer('apps', [checked.component('web', { name: 'settings' })]);
  layer.stages[0].apiObject.addJsonPatch({ _toJson: () => ({ op: 'add', path: '/spec/prunes', value: true }) } as any);
  expect(checked.findings(CHECK)).toEqual([
    'error dev › flux-system/apps: has the field /spec/prunes, which its definition does not know → write prune, or leave it out',
  ]);
});
