import { Component, Testing, flux } from '../../src';

/** The `healthCheckExprs` of a Kustomization. */
function written(...healthCheckExprs: flux.HealthCheckExpression[]): object[] {
  const platform = Testing.platform();
  new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web', healthCheckExprs });
  return Testing.repository(platform).object('apps/base/team/kustomization-web.yaml').spec.healthCheckExprs;
}

test('ready waits for the condition Ready', () => {
  expect(written(flux.HealthCheckExpression.ready('example.com/v1', 'Widget'))).toEqual([{
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    current: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  }]);
});

test('synced and ready waits for both and fails when it is not synced', () => {
  expect(written(flux.HealthCheckExpression.syncedAndReady('cloud.ogenki.io/v1alpha1', 'EKSPodIdentity'))).toEqual([{
    apiVersion: 'cloud.ogenki.io/v1alpha1',
    kind: 'EKSPodIdentity',
    failed: "status.conditions.exists(c, c.type == 'Synced' && c.status == 'False')",
    current: "status.conditions.exists(c, c.type == 'Synced' && c.status == 'True') && "
      + "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
  }]);
});

test('healthy waits for the condition Healthy', () => {
  expect(written(flux.HealthCheckExpression.healthy('pkg.crossplane.io/v1', 'Provider'))).toEqual([{
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'Provider',
    current: "status.conditions.exists(c, c.type == 'Healthy' && c.status == 'True')",
  }]);
});

test('established waits for the condition Established', () => {
  expect(written(flux.HealthCheckExpression.established('apiextensions.crossplane.io/v2', 'CompositeResourceDefinition'))).toEqual([{
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    current: "status.conditions.exists(c, c.type == 'Established' && c.status == 'True')",
  }]);
});

test.each([
  ['ready', flux.HealthCheckExpression.ready('example.com/v1')],
  ['syncedAndReady', flux.HealthCheckExpression.syncedAndReady('example.com/v1')],
  ['healthy', flux.HealthCheckExpression.healthy('example.com/v1')],
  ['established', flux.HealthCheckExpression.established('example.com/v1')],
])('%s without a kind judges the whole group', (_, expression) => {
  expect(written(expression)[0]).not.toHaveProperty('kind');
});

test.each([
  ['ready', flux.HealthCheckExpression.ready('example.com/v1')],
  ['syncedAndReady', flux.HealthCheckExpression.syncedAndReady('example.com/v1')],
  ['healthy', flux.HealthCheckExpression.healthy('example.com/v1')],
  ['established', flux.HealthCheckExpression.established('example.com/v1')],
])('what %s makes parses', (_, expression) => {
  expect(expression.validate()).toEqual([]);
});

test('expressions of the program are written as they are', () => {
  const expression = flux.HealthCheckExpression.of({
    apiVersion: 'example.com/v1', kind: 'Widget', current: 'status.phase == "Done"', inProgress: 'status.phase == "Busy"', failed: 'status.phase == "Broken"',
  });
  expect(written(expression)).toEqual([{
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    inProgress: 'status.phase == "Busy"',
    failed: 'status.phase == "Broken"',
    current: 'status.phase == "Done"',
  }]);
});

test('the expressions are written in the order in which Flux asks them', () => {
  const expression = flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: 'a == 1', failed: 'b == 1', inProgress: 'c == 1' });
  expect(Object.keys(written(expression)[0])).toEqual(['apiVersion', 'kind', 'inProgress', 'failed', 'current']);
});

test('an expression gives back what it was made of', () => {
  const props = { apiVersion: 'example.com/v1', current: 'status.ready == true' };
  expect(flux.HealthCheckExpression.of(props).toProps()).toEqual(props);
});

test('an expression that does not parse is reported with the path of the Kustomization', () => {
  expect(() => written(flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: 'status.phase ==' }))).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  team/web: the health check expression "current" of Widget is "status.phase ==", which does not parse (Unexpected token: EOF at 1:16); '
    + "expected an expression in CEL such as status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
  ));
});

test('an expression for a whole group is named by the group when it does not parse', () => {
  expect(() => written(flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', current: 'status phase' }))).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  team/web: the health check expression "current" of example.com/v1 is "status phase", which does not parse (Unexpected character: \'e\' at 1:8); '
    + "expected an expression in CEL such as status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
  ));
});

test('every expression that does not parse is told of', () => {
  const expression = flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: 'a b', inProgress: 'c d', failed: 'status.ok == true' });
  expect(expression.validate()).toEqual([
    'the health check expression "current" of Widget is "a b", which does not parse (Unexpected character: \'b\' at 1:3); '
    + "expected an expression in CEL such as status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
    'the health check expression "inProgress" of Widget is "c d", which does not parse (Unexpected character: \'d\' at 1:3); '
    + "expected an expression in CEL such as status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').",
  ]);
});

test('an expression that is added later is checked, too', () => {
  const platform = Testing.platform();
  const kustomization = new flux.Kustomization(new Component(platform, 'team', { area: 'apps' }), 'web', { path: './web' });
  kustomization.addHealthCheckExpression(flux.HealthCheckExpression.of({ apiVersion: 'example.com/v1', kind: 'Widget', current: '' }));
  expect(() => Testing.synth(platform)).toThrow('team/web: the health check expression "current" of Widget is "", which does not parse');
});

test('two expressions for one group and kind are refused, whatever the version', () => {
  const { ready, healthy } = flux.HealthCheckExpression;
  expect(() => written(ready('example.com/v1', 'Widget'), ready('example.com/v1', 'Gadget'), healthy('example.com/v2', 'Widget'))).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  team/web: has two health check expressions for Widget of example.com/v2, which Flux refuses; expected one: take one of them away.',
  ));
});

test('two expressions for the rest of one group are refused', () => {
  const { ready, healthy } = flux.HealthCheckExpression;
  expect(() => written(ready('example.com/v1'), healthy('example.com/v1'))).toThrow(new Error(
    '1 problem, nothing was written:\n'
    + '  team/web: has two health check expressions for every kind of example.com/v1, which Flux refuses; expected one: take one of them away.',
  ));
});

test('a group and a kind of it may have an expression each, and so may namesakes of different groups', () => {
  const { ready } = flux.HealthCheckExpression;
  expect(written(ready('example.com/v1'), ready('example.com/v1', 'Widget'), ready('example.org/v1', 'Widget'))).toHaveLength(3);
});

test('an expression judges the objects of its group and kind, in any version', () => {
  const expression = flux.HealthCheckExpression.ready('example.com/v1', 'Widget');
  const judged = (apiVersion: string, kind: string) => expression.judges({ apiVersion, kind, name: 'web' });
  expect([judged('example.com/v2', 'Widget'), judged('example.com/v1', 'Gadget'), judged('example.org/v1', 'Widget')]).toEqual([true, false, false]);
});

test('an expression for a group judges every kind of it', () => {
  const expression = flux.HealthCheckExpression.ready('example.com/v1');
  expect(expression.judges({ apiVersion: 'example.com/v1', kind: 'Gadget', name: 'web' })).toBe(true);
});
