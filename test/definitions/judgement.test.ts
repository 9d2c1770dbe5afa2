import { Definitions } from '../../src/definitions/delivered';
import { judge } from '../../src/definitions/judgement';
import { metadataDefinition } from '../../src/definitions/library';
import { JsonObject } from '../../src/synth/json';

/** What is said against an object, a line each. */
function said(object: JsonObject, ...definitions: JsonObject[]): string[] {
  const definition = new Definitions(definitions).of(String(object.apiVersion), String(object.kind))!;
  return judge(definition, metadataDefinition(), object)!.violations.map(({ message, fix }) => `${message} → ${fix}`);
}

const named = (apiVersion: string, kind: string, fields: JsonObject): JsonObject => ({ apiVersion, kind, metadata: { name: 'web' }, ...fields });
const settings = (metadata: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', ...metadata } });
const service = (...ports: JsonObject[]): JsonObject => named('v1', 'Service', { spec: { ports } });
const folder = (spec: JsonObject): JsonObject => named('grafana.integreatly.org/v1beta1', 'GrafanaFolder', { spec: { instanceSelector: {}, ...spec } });

describe('null', () => {
  test('is a value of a custom resource, and of none of its types', () => {
    expect(said(folder({ title: null, instanceSelector: null }))).toEqual([
      'has null at /spec/instanceSelector, where a mapping is expected → give a mapping, or leave it out',
      'has null at /spec/title, where a text is expected → give a text, or leave it out',
    ]);
  });

  test('gives way to a default', () => {
    expect(said(folder({ allowCrossNamespaceImport: null }))).toEqual([]);
  });

  test('is nothing in an object of Kubernetes, in a list of entries with keys too little', () => {
    expect(said(named('v1', 'ConfigMap', { data: null }))).toEqual([]);
    expect(said(named('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ verbs: ['get'], apiGroups: [null], resources: ['pods'] }] }))).toEqual([]);
    expect(said(named('v1', 'Service', { spec: { ports: [null] } }))).toEqual(['has null at /spec/ports/0, where a mapping is expected → give a mapping, or leave it out']);
  });
});

describe('entries of a list that has keys', () => {
  test('are the same where one says what is the other\'s default', () => {
    expect(said(service({ port: 80 }, { port: 80, protocol: 'UDP' }))).toEqual([]);
    expect(said(service({ port: 80 }, { port: 80, protocol: 'TCP' }))).toEqual([
      'has port 80, protocol "TCP" at /spec/ports/0 and at /spec/ports/1, in a list in which each is once → leave one of them out',
    ]);
  });

  test('have one of them', () => {
    expect(said(named('v1', 'ServiceAccount', { secrets: [{ namespace: 'apps' }] }))).toEqual([
      'has an entry at /secrets/0 without name, which tells the entries of that list apart → add name',
    ]);
  });

  test('are the same whatever else is in them', () => {
    const step = { step: 'make', functionRef: { name: 'go-templating' }, input: { apiVersion: 'example.com/v1', kind: 'Input', template: '${x}' } };
    const composition = (...pipeline: JsonObject[]) => named('apiextensions.crossplane.io/v1', 'Composition', {
      spec: { compositeTypeRef: { apiVersion: 'example.com/v1', kind: 'Shop' }, mode: 'Pipeline', pipeline },
    });
    expect(said(composition(step, step))).toEqual([
      'has step "make" at /spec/pipeline/0 and at /spec/pipeline/1, in a list in which each is once → leave one of them out',
    ]);
    expect(said(composition(step, { ...step, step: '${step}' }))).toEqual([]);
  });
});

test.each<[string, JsonObject, string]>([
  ['a label\'s key', { labels: { 'a/b/c': 'x' } }, 'has the key "a/b/c" in /metadata/labels; expected a name of at most 63 letters, digits, "-", "_" and ".", beginning and '
    + 'ending with a letter or digit, perhaps behind a domain and a "/" → rename it'],
  ['a label\'s value', { labels: { owner: 'a@b.c' } }, 'has "a@b.c" at /metadata/labels/owner, at most 63 letters, digits, "-", "_" and ".", beginning and ending with a '
    + 'letter or digit expected → change it, or make an annotation of it'],
  ['an annotation\'s key', { annotations: { 'a b': 'x' } }, 'has the key "a b" in /metadata/annotations; expected a name of at most 63 letters, digits, "-", "_" and ".", '
    + 'beginning and ending with a letter or digit, perhaps behind a domain and a "/" → rename it'],
  ['too many annotations', { annotations: { a: 'é'.repeat(131_072) } }, 'has annotations of 262145 bytes, at most 262144 expected → make them shorter, or leave some out'],
  ['what an object has on a cluster', { uid: '6f1f0c2e', managedFields: [] }, 'has /metadata/uid, which the API server alone gives an object → leave it out'],
])('refuses in the metadata %s', (_, metadata, line) => {
  expect(said(settings(metadata))[0]).toBe(line);
});

test('takes metadata as it is on a cluster, and as variables make it', () => {
  expect(said(settings({
    labels: { 'app.kubernetes.io/name': 'Web_1', 'empty': '', '${key}/a b': 'x', 'team': '${team} or so' },
    annotations: { 'Example.com/Owner': 'anything: at all', 'all': 'x'.repeat(262_100) },
    creationTimestamp: null,
    resourceVersion: '12345',
    uid: '',
  }))).toEqual([]);
});

const pool = (requirement: JsonObject): JsonObject => named('karpenter.sh/v1', 'NodePool', {
  spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [{ key: 'cpu', ...requirement }] } } },
});

test('a rule that comes to no result is broken', () => {
  expect(said(pool({ operator: 'In' }))[0]).toMatch(/^breaks a rule .*: requirements with operator 'In' must have a value defined/);
  expect(said(pool({ operator: 'Gt', values: ['many'] }))).toEqual([expect.stringMatching(/^breaks a rule .* must have a single positive integer value/)]);
});

test('a rule may ask for a field of an element', () => {
  const route = (type: string): JsonObject => named('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: {
      rules: [{
        matches: [{ path: { type, value: '/a' } }],
        filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/b' } } }],
      }],
    },
  });
  expect(said(route('PathPrefix'))).toEqual([]);
  expect(said(route('Exact'))).toEqual([expect.stringMatching(/When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified/)]);
});

test('an object within an object has an API and a kind', () => {
  const input = (fields: JsonObject): JsonObject => named('apiextensions.crossplane.io/v1', 'Composition', {
    spec: { compositeTypeRef: { apiVersion: 'example.com/v1', kind: 'Shop' }, mode: 'Pipeline', pipeline: [{ step: 'make', functionRef: { name: 'a' }, input: fields }] },
  });
  expect(said(input({ apiVersion: 'example.com/v1', kind: 'Input', anything: 1 }))).toEqual([]);
  expect(said(input({ apiVersion: '', source: 'Inline' }))).toEqual([
    'has "" at /spec/pipeline/0/input/apiVersion, ^[^/]+(/[^/]+)?$ expected → write it so that it matches',
    'has no /spec/pipeline/0/input/kind, which its definition requires → add it',
  ]);
});

test('base64 has no spaces, and of Kubernetes\' own it may be in lines', () => {
  const issuer = (caBundle: string): JsonObject => named('cert-manager.io/v1', 'ClusterIssuer', {
    spec: { vault: { server: 'https://bao', path: 'pki', caBundle, auth: { tokenSecretRef: { name: 'token' } } } },
  });
  const secret = (a: string): JsonObject => named('v1', 'Secret', { data: { a } });
  expect(said(issuer('c3RyYXRh'))).toEqual([]);
  expect(said(issuer('c3Ry YXRh'))).toEqual(['has "c3Ry YXRh" at /spec/vault/caBundle, a value of the format byte expected → write it in that format']);
  expect([...said(secret('c3Ry\nYXRh\n')), ...said(secret(''))]).toEqual([]);
  expect(said(secret('c3Ry YXRh'))).toHaveLength(1);
});

test('a number of 32 bits has no more, and a quantity may have spaces around it', () => {
  const budget = (minAvailable: number): JsonObject => named('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable } });
  expect(said(budget(2 ** 31 - 1))).toEqual([]);
  expect(said(budget(2 ** 31))).toEqual(['has 2147483648 at /spec/minAvailable, a value of the format int32 expected → write it in that format']);
  expect(said(named('v1', 'ResourceQuota', { spec: { hard: { cpu: ' 50m ' } } }))).toEqual([]);
});

describe('of what an XRD says', () => {
  const xrd = (schema: JsonObject, spec: JsonObject = {}): JsonObject => named('apiextensions.crossplane.io/v2', 'CompositeResourceDefinition', {
    spec: { group: 'example.com', names: { kind: 'Shop', plural: 'shops' }, versions: [{ name: 'v1', served: true, referenceable: true, schema: { openAPIV3Schema: schema } }], ...spec },
  });
  const tills = { type: 'object', properties: { tills: { type: 'integer' } } };
  const shop = (fields: JsonObject, kind = 'Shop'): JsonObject => named('example.com/v1', kind, fields);

  test('Crossplane takes the fields of spec and status, and adds its own', () => {
    const definition = xrd({ type: 'object', properties: { spec: { ...tills, minProperties: 2 }, data: {} } });
    const crossplane = { compositionRef: { name: 'shops' }, resourceRefs: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }] };
    expect(said(shop({ spec: { crossplane } }), definition)).toEqual([]);
    expect(said(shop({ data: {}, spec: { crossplane: { resourceRefs: [{ kind: 'ConfigMap', namespace: 'a' }] } } }), definition)).toEqual([
      'has the field /data, which its definition does not know → leave it out; known there: spec, status, apiVersion, kind',
      'has the field /spec/crossplane/resourceRefs/0/namespace, which its definition does not know → leave it out; known there: apiVersion, kind, name',
      'has no /spec/crossplane/resourceRefs/0/apiVersion, which its definition requires → add it: a text',
    ]);
  });

  test('the spec has to be there', () => {
    expect(said(shop({}), xrd({ type: 'object', properties: { spec: tills } }))).toEqual(['has no /spec, which its definition requires → add it: a mapping']);
  });

  test('the first generation has its fields beside those of the definition, and claims', () => {
    const definition = xrd({ type: 'object', properties: { spec: tills } }, { scope: 'LegacyCluster', claimNames: { kind: 'ShopClaim', plural: 'shopclaims' } });
    const secret = { name: 'a', namespace: 'b' };
    expect(said(shop({ spec: { tills: 1, writeConnectionSecretToRef: secret } }), definition)).toEqual([]);
    expect(said(shop({ spec: { tills: 1, writeConnectionSecretToRef: secret } }, 'ShopClaim'), definition)).toEqual([
      'has the field /spec/writeConnectionSecretToRef/namespace, which its definition does not know → leave it out; known there: name',
    ]);
  });
});
