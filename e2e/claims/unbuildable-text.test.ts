/** Text that kustomize cannot have (docs/checks/unbuildable-text.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { besideIn, textsIn } from './text-layers';
import { CheckedPlatform } from '../../test/checks/check-fixtures';

const CHECK = 'unbuildable-text';

const CONTROL = /control characters are not allowed/;
const TAB = /found a tab character where an indentation space is expected/;

/** Data with which the build fails, and what it fails with. Flux substitutes in the last one. */
const FAILING: { readonly [layer: string]: readonly [data: { readonly [key: string]: string }, RegExp] } = {
  delete: [{ text: 'a\x7fb' }, CONTROL],
  control: [{ text: 'a\x80b' }, CONTROL],
  none: [{ text: 'a\uffffb' }, CONTROL],
  key: [{ 'a\x9fb': 'text' }, CONTROL],
  break: [{ 'a\x85b': 'text' }, /did not find expected ',' or '}'/],
  long: [{ ['k'.repeat(1023)]: 'text' }, /did not find expected ',' or '}'/],
  tab: [{ zone: `${Variable.of('zone')}`, text: '\tcd\n\tls' }, TAB],
};

/** Data that comes to be something else. */
const CHANGED: { readonly [layer: string]: { readonly [key: string]: string } } = {
  space: { text: 'a\x85b' },
  merge: { '<<': 'a', 'text': 'b' },
};

/** What is taken: as long as a key may be would be too long for the API, so that one is not here. */
const TAKEN: { readonly [layer: string]: { readonly [key: string]: string } } = {
  plain: { text: '\tcd\n\tls' },
  empty: { zone: `${Variable.of('zone')}`, text: '\n\tcd\n\tls' },
};

type Data = { readonly [layer: string]: { readonly [key: string]: string } };

/** A layer for each ConfigMap, with another one beside it, and one in which Flux substitutes, and not in the text that a tab begins. */
function layers(data: Data, variables: { [name: string]: string } = { zone: 'a' }): Program {
  return props => {
    const checked = new CheckedPlatform(props, variables);
    const add = (layer: string, fields: object, metadata: object = {}) => checked.layer(layer, [
      checked.component(layer, { name: layer, metadata, fields: { data: fields } }, { name: `${layer}-beside`, fields: { data: layer === 'left' ? { zone: `${Variable.of('zone')}` } : {} } }),
    ], { dependsOn: [checked.namespaces] });
    Object.entries({ ...data, ...TAKEN }).forEach(([layer, fields]) => add(layer, fields));
    add('left', TAKEN.plain, { annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } });
    return checked;
  };
}

const FAULTY: Data = { ...Object.fromEntries(Object.entries(FAILING).map(([layer, [data]]) => [layer, data])), ...CHANGED };
const MENDED: Data = Object.fromEntries(Object.keys(FAULTY).map(layer => [layer, { text: 'mended' }]));

test('fails the build, or comes to be something else, until it is mended', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, layers(MENDED));
  await Scene.play(CHECK, layers(FAULTY), [CHECK], async scene => {
    for (const [layer, [, message]] of Object.entries(FAILING)) {
      await scene.fails(layer, message);
    }
    expect(await scene.comesToAHalt(seconds, Object.fromEntries(Object.keys(FAILING).map(layer => [layer, 'definitions'])))).toEqual([]);
    expect(Object.values(besideIn(scene, FAILING))).toEqual(Object.keys(FAILING).map(() => false));
    expect(Object.keys(CHANGED).map(name => scene.object('ConfigMap', name, 'apps')!.data)).toEqual([{ text: 'a b' }, { text: 'b' }]);
    expect(textsIn(scene, { ...TAKEN, left: 0 })).toEqual({ plain: TAKEN.plain.text, empty: TAKEN.empty.text, left: TAKEN.plain.text });
    await scene.push(layers(MENDED));
    await scene.converges();
    expect(Object.values(textsIn(scene, FAULTY))).toEqual(Object.keys(FAULTY).map(() => 'mended'));
  });
});

test('in a variable of the cluster, nothing at all is applied', async () => {
  await Scene.play(`${CHECK}-variable`, layers({}, { zone: 'a\x7f' }), [CHECK, 'type-changing-variable'], async scene => {
    await scene.fails('flux-system', CONTROL);
    expect([...scene.run.history.objects.values()].filter(({ kind, metadata }) => kind === 'Kustomization' && metadata.name !== 'flux-system')).toEqual([]);
    await scene.push(layers({}));
    await scene.converges();
  });
});
