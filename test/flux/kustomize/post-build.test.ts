import { Component, Testing, flux } from '../../../src';

/** The `postBuild` of a Kustomization. */
function written(postBuild?: flux.PostBuild): object {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web', postBuild });
  return Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.postBuild;
}

test('no field where nothing is substituted', () => {
  expect(written()).toBeUndefined();
});

test('values that are written inline keep their order', () => {
  expect(Object.entries((written({ substitute: { region: 'eu-west-3', cluster: 'c1' } }) as any).substitute))
    .toEqual([['region', 'eu-west-3'], ['cluster', 'c1']]);
});

test('sources keep their order, because the later one wins', () => {
  expect(written({ substituteFrom: [flux.VariableSource.secret('secrets'), flux.VariableSource.configMap('settings')] })).toEqual({
    substituteFrom: [{ kind: 'Secret', name: 'secrets' }, { kind: 'ConfigMap', name: 'settings' }],
  });
});

test('whether a source may be absent is written where it was said', () => {
  expect(written({
    substituteFrom: [flux.VariableSource.configMap('settings', { optional: true }), flux.VariableSource.secret('secrets', { optional: false })],
  })).toEqual({
    substituteFrom: [{ kind: 'ConfigMap', name: 'settings', optional: true }, { kind: 'Secret', name: 'secrets', optional: false }],
  });
});

test('what a source holds is known to the program and not written', () => {
  const source = flux.VariableSource.configMap('settings', { variables: ['domain'] });
  expect(source.variables).toEqual(['domain']);
  expect(written({ substituteFrom: [source] })).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'settings' }] });
});

test('a source of which nothing is said holds no known variables', () => {
  expect(flux.VariableSource.secret('secrets').variables).toEqual([]);
});

test.each([
  [flux.SubstituteStrategy.ALWAYS, 'Always'],
  [flux.SubstituteStrategy.WITH_VARIABLES, 'WithVariables'],
])('the strategy %s is written as Flux names it', (substituteStrategy, text) => {
  expect(written({ substituteStrategy })).toEqual({ substituteStrategy: text });
});

test('a name that Flux refuses is reported with the path of the Kustomization', () => {
  expect(() => written({ substitute: { 'cluster-name': 'c1' } })).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  team/web: the variable "cluster-name" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.',
  ));
});

test('every name that Flux refuses is reported', () => {
  expect(() => written({ substitute: { '1st': 'a', 'ok_2': 'b', 'x.y': 'c', '': 'd' } })).toThrow(new Error(
    '3 problems, nothing was written:\n'
    + '  team/web: the variable "" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.\n'
    + '  team/web: the variable "1st" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.\n'
    + '  team/web: the variable "x.y" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.',
  ));
});
