import { Testing, components } from '../../../src';

const { CrossplaneFunction } = components;

test('the functions of the catalogue are of the versions of the platform', () => {
  const platform = Testing.platform({ versions: { 'crossplane-function-auto-ready': { app: 'v0.8.0' } } });
  const { AUTO_READY, ENVIRONMENT_CONFIGS, GO_TEMPLATING } = CrossplaneFunction;
  expect([AUTO_READY, ENVIRONMENT_CONFIGS, GO_TEMPLATING].map(({ _packageIn }) => _packageIn(platform))).toEqual([
    'xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.8.0',
    expect.stringMatching(/^xpkg\.crossplane\.io\/crossplane-contrib\/function-environment-configs:v\d/),
    expect.stringMatching(/^xpkg\.crossplane\.io\/crossplane-contrib\/function-go-templating:v\d/),
  ]);
});

test('another function has the package that it is given', () => {
  const kcl = CrossplaneFunction.fromPackage('function-kcl', 'registry.example.com/function-kcl:v0.12.1');
  expect([kcl.name, kcl._packageIn(Testing.platform())]).toEqual(['function-kcl', 'registry.example.com/function-kcl:v0.12.1']);
});
