/** An object that its definition does not allow (docs/checks/schema.md). */
import { Program, Scene } from './scene';
import { CheckedPlatform, findingsOf, ObjectFixture } from '../../test/checks/check-fixtures';
import { definitionsOf } from '../harness/definitions';
import { TestCluster } from '../harness/test-cluster';

const CHECK = 'schema';

const DEFINITION: ObjectFixture = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: 'shops.example.org',
  fields: {
    spec: {
      group: 'example.org',
      scope: 'Namespaced',
      names: { kind: 'Shop', plural: 'shops', singular: 'shop', listKind: 'ShopList' },
      versions: [{
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                'type': 'object',
                'required': ['name', 'opens'],
                'properties': {
                  name: { type: 'string', maxLength: 10, pattern: '^[a-z]+$' },
                  opens: { type: 'integer', default: 8 },
                  closes: { type: 'integer', maximum: 24 },
                  size: { type: 'string', enum: ['small', 'large'] },
                  pays: { type: 'object', maxProperties: 1, properties: { cash: { type: 'boolean' }, card: { type: 'boolean' } } },
                  tills: {
                    'type': 'array',
                    'items': { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                  },
                },
                'x-kubernetes-validations': [{ rule: '!has(self.closes) || self.opens < self.closes', message: 'it closes after it opens' }],
              },
            },
          },
        },
      }],
    },
  },
};

const shop = (spec: object): ObjectFixture => ({ apiVersion: 'example.org/v1', kind: 'Shop', name: 'corner', fields: { spec } });

/** What is wrong, and what the API server says to that. */
const FAULTS: { readonly [layer: string]: readonly [ObjectFixture, RegExp] } = {
  unknown: [shop({ name: 'corner', till: 1 }), /Shop\/apps\/corner dry-run failed.*\.spec\.till: field not declared in schema/],
  missing: [shop({ closes: 20 }), /Shop\/apps\/corner dry-run failed.*spec\.name: Required value/],
  type: [shop({ name: 'corner', closes: 'late' }), /Shop\/apps\/corner dry-run failed.*\.spec\.closes: expected numeric \(int or float\), got string/],
  pattern: [shop({ name: 'Corner' }), /spec\.name in body should match '\^\[a-z\]\+\$'/],
  long: [shop({ name: 'c'.repeat(11) }), /spec\.name: Too long: may not be more than 10 bytes/],
  large: [shop({ name: 'corner', closes: 25 }), /spec\.closes in body should be less than or equal to 24/],
  enum: [shop({ name: 'corner', size: 'huge' }), /spec\.size: Unsupported value: "huge"/],
  forms: [shop({ name: 'corner', pays: { cash: true, card: true } }), /spec\.pays: Too many: 2: must have at most 1 item/],
  twice: [shop({ name: 'corner', tills: [{ name: 'a' }, { name: 'a' }] }), /\.spec\.tills: duplicate entries for key \[name="a"\]/],
  rule: [shop({ name: 'corner', closes: 7 }), /spec: Invalid value: it closes after it opens/],
  number: [{ name: 'corner', fields: { data: { port: 8080 } } }, /ConfigMap\/apps\/corner dry-run failed.*\.data\.port: expected string, got/],
};

const GOOD = shop({ name: 'corner', closes: 20, size: 'small', pays: { cash: true }, tills: [{ name: 'a' }, { name: 'b' }] });

/** A layer with a definition; and for each fault a layer with a namespace, of an apply stage before it, and a ConfigMap beside it. */
function shops(object: (fault: ObjectFixture) => ObjectFixture): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const definitions = checked.layer('crds', [checked.component('crds', DEFINITION)], { prune: false, wait: true });
    for (const [layer, [fault]] of Object.entries(FAULTS)) {
      const beside = { name: `${layer}-beside`, fields: { data: { a: 'b' } } };
      const component = checked.component(layer, { ...object(fault), name: layer }, beside, { kind: 'Namespace', name: `${layer}-before` });
      checked.layer(layer, [component], { dependsOn: [checked.namespaces, definitions] });
    }
    return checked;
  };
}

const mended = shops(() => GOOD);

test('the dry run refuses it, and nothing of its apply stage is applied, until the commit that mends it', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, mended);
  await Scene.play(CHECK, shops(fault => fault), [CHECK], async scene => {
    for (const [layer, [, message]] of Object.entries(FAULTS)) {
      await scene.fails(layer, new RegExp(message.source.replace('corner', layer)));
    }
    const layers = Object.keys(FAULTS);
    // The namespaces of the stage before are among what the scene expects to come.
    expect(await scene.comesToAHalt(seconds, Object.fromEntries(layers.map(layer => [layer, 'rest'])))).toEqual([]);
    expect(layers.map(layer => scene.object('Namespace', `${layer}-before`) !== undefined)).toEqual(layers.map(() => true));
    await scene.push(mended);
    await scene.converges();
    // What the definition gives by default needs not be said.
    expect(scene.object('Shop', 'unknown', 'apps')!.spec.opens).toBe(8);
  });
});

const CHART = { chart: 'web', sourceRef: { kind: 'HelmRepository', name: 'charts' } };

const store = (provider: object): ObjectFixture =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', name: 'store', fields: { spec: { provider } } });

const session = (spec: object): ObjectFixture => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'session', fields: { spec } });

const release = (spec: object): ObjectFixture => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'web', fields: { spec } });

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
  fields: {
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', ...container }] } },
    },
  },
});

const os = (...values: string[]) => ({ key: 'kubernetes.io/os', operator: 'In', values });

/** The same objects that the unit tests show to the check. */
const OBJECTS: [string, ObjectFixture, RegExp?][] = [
  ['a misspelt field', session({ refreshIntervall: '1h', dataFrom: [] }), /\.spec\.refreshIntervall: field not declared in schema/],
  ['a field that is missing', release({ chart: { spec: CHART } }), /spec\.interval: Required value/],
  ['another type', deployment({ image: 'web:1', args: 'serve' }), /args: expected list, got/],
  ['a number where a text belongs', { name: 'a', fields: { data: { port: 8080 } } }, /\.data\.port: expected string/],
  ['an annotation that is no text', { name: 'a', metadata: { annotations: { a: 3 as any } } }, /\.metadata\.annotations\.a: expected string/],
  ['a value that is none of a few', session({ refreshPolicy: 'Sometimes' }), /spec\.refreshPolicy: Unsupported value: "Sometimes"/],
  ['no duration', release({ interval: '1d', chart: { spec: CHART } }), /spec\.interval in body should match/],
  ['no quantity', deployment({ image: 'web:1', resources: { limits: { memory: '64 MB' } } }), /quantities must match the regular expression/],
  ['another pattern', session({ secretStoreRef: { name: 'My_Store' } }), /spec\.secretStoreRef\.name in body should match/],
  ['a text that is too long', release({ interval: '1h', releaseName: 'w'.repeat(54), chart: { spec: CHART } }), /spec\.releaseName: Too long/],
  ['a number that is too large', pool([], { weight: 101 }), /spec\.weight in body should be less than or equal to 100/],
  ['what a list has twice', deployment({ image: 'web:1', env: [{ name: 'A', value: 'a' }, { name: 'A', value: 'b' }] }), /duplicate entries for key \[name="A"\]/],
  ['two of several forms', store({ aws: { service: 'SecretsManager', region: 'eu-west-3' }, fake: { data: [] } }), /spec\.provider: Too many: 2/],
  ['a broken rule', release({ interval: '1h' }), /either chart or chartRef must be set/],
  ['a rule on a list', pool([os()]), /requirements with operator 'In' must have a value defined/],
  ['a rule on a text', pool([{ key: 'karpenter.sh/foo', operator: 'Exists' }]), /label domain "karpenter\.sh" is restricted/],
  ['a good ExternalSecret', session({ refreshInterval: '1h', dataFrom: [{ extract: { key: 'session' } }] })],
  ['a good HelmRelease', release({ interval: '1h', chart: { spec: CHART } })],
  ['a good Deployment', deployment({ image: 'web:1', resources: { limits: { cpu: 1, memory: '64Mi' } } })],
  ['a good NodePool', pool([os('linux')])],
];

describe('to the definitions of the catalogue, the check and the API server say the same:', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await TestCluster.start(`claims-${CHECK}-api`);
    await cluster.api.define(...['flux', 'external-secrets', 'karpenter'].flatMap(definitionsOf));
    await cluster.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } });
  });

  afterAll(() => cluster?.stop());

  test.each<[string, ObjectFixture, RegExp?]>(OBJECTS)('%s', async (_, object, message) => {
    const checked = new CheckedPlatform({ partial: true });
    const component = checked.component('web', object);
    checked.layer('apps', [component], { dependsOn: [checked.namespaces] });
    const applied = cluster.api.apply(checked.platform.delivery('dev').kustomizations.flatMap(({ objects }) => objects).at(-1)!.manifest);
    await (message ? expect(applied).rejects.toThrow(message) : applied);
    expect(findingsOf(checked.platform, CHECK).length).toBe(message ? 1 : 0);
  });
});
