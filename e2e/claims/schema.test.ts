/** An object that its definition does not allow (docs/checks/schema.md). */
import { definedVersion, definition } from './definitions';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'schema';

const DEFINITION = definition('Shop', {
  group: 'example.org',
  versions: [definedVersion('v1', {
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
  })],
});

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
