import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'crd-not-delivered';
const FIX = 'deliver its definitions in the crds layer, say with `apis` or component.declare(…) which component brings them, or call cluster.assume(…) where they are there '
  + 'before Flux';
const WIDGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'blue' };
const GADGET: ObjectFixture = { apiVersion: 'example.com/v1', kind: 'Gadget', name: 'green' };

function widgets(...objects: ObjectFixture[]): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('widgets', ...objects)], { dependsOn: [checked.namespaces] });
  return checked;
}

test('refuses an object of an API that nothing brings', () => {
  expect(widgets(WIDGET).findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the API example.com/Widget (apiVersion), which nothing on this cluster delivers → ${FIX}`,
  ]);
});

test('tells a system that is left out once, and not for each of its kinds', () => {
  const checked = widgets(WIDGET, GADGET, { ...WIDGET, name: 'red' });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Widget apps/blue: needs the APIs example.com/Widget, example.com/Gadget (apiVersion), which nothing on this cluster delivers → ${FIX}`,
  ]);
  expect(checked.platform.findings()[0].evidence).toEqual(['2 more need it: Gadget apps/green, Widget apps/red']);
});

test('takes what is there before Flux', () => {
  const checked = widgets(WIDGET, GADGET);
  checked.cluster.assume({ what: 'the widgets', apis: [{ group: 'example.com' }] });
  expect(checked.findings()).toEqual([]);
});

test('takes what another component says that it brings', () => {
  const checked = widgets(WIDGET);
  const operator = checked.component('operator', { name: 'operator' });
  operator.declare({ apis: [{ group: 'example.com', kinds: ['Widget'] }], by: [] });
  checked.layer('operator', [operator], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([]);
});
