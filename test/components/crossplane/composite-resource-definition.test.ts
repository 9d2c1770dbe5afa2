import { Area, Component, Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { CompositeResourceDefinition, CompositeScope, Schema } = components;
const spec = Schema.object({ properties: { size: Schema.string() } });

function component(platform: Platform = Testing.platform()): Component {
  return new Component(platform, 'databases', { area: Area.INFRASTRUCTURE, namespace: 'databases' });
}

test('defaults', () => {
  const databases = component();
  new CompositeResourceDefinition(databases, 'definition', { group: 'platform.example.com', kind: 'Database', versions: [{ name: 'v1', spec }] });
  expect(manifestsOf(databases)).toMatchSnapshot();
});

test('everything set', () => {
  const databases = component();
  new CompositeResourceDefinition(databases, 'definition', {
    metadata: { labels: { team: 'data' }, annotations: { owner: 'data@example.com' } },
    group: 'platform.example.com',
    kind: 'Directory',
    plural: 'directories',
    shortNames: ['dir'],
    scope: CompositeScope.CLUSTER,
    versions: [
      {
        name: 'v1beta1',
        spec: Schema.object({ properties: { size: Schema.string() }, required: ['size'] }),
        status: Schema.object({ properties: { endpoint: Schema.string() } }),
        printerColumns: [{ name: 'SIZE', jsonPath: '.spec.size' }, { name: 'REPLICAS', type: 'integer', jsonPath: '.spec.replicas' }],
      },
      { name: 'v1alpha1', spec, served: false, deprecation: 'use v1beta1' },
    ],
  });
  expect(manifestsOf(databases)).toMatchSnapshot();
});

test('Compositions are for the first version', () => {
  const definition = new CompositeResourceDefinition(component(), 'definition', {
    group: 'platform.example.com', kind: 'Database', versions: [{ name: 'v1beta1', spec }, { name: 'v1alpha1', spec }],
  });
  expect(definition.compositeType).toEqual({ apiVersion: 'platform.example.com/v1beta1', kind: 'Database' });
  expect(definition.name).toBe('databases.platform.example.com');
  expect(definition.scope).toBe(CompositeScope.NAMESPACED);
});

test('refuses a kind without a version', () => {
  expect(() => new CompositeResourceDefinition(component(), 'definition', { group: 'platform.example.com', kind: 'Database', versions: [] })).toThrow(
    'databases/definition defines the kind Database without a version; expected at least one: add it to versions.');
});

const text = Schema.string();

test.each<[string, Partial<components.CompositeResourceDefinitionProps>, string]>([
  ['a group without a domain', { group: 'platform' }, 'has the group "platform"; expected a domain, such as platform.example.com: correct the group.'],
  ['a kind in small letters', { kind: 'database' }, 'has the kind "database"; expected letters and digits with a capital first: correct the kind.'],
  ['a version that Kubernetes does not know', { versions: [{ name: '1.0', spec }] },
    'has the version "1.0"; expected v1, v1beta1 or v1alpha1: correct the version.'],
  ['a version twice', { versions: [{ name: 'v1', spec }, { name: 'v1', spec }] },
    'has the version "v1" twice; expected every version once: leave one of them out.'],
  ['a version for Compositions that is not served', { versions: [{ name: 'v1', spec, served: false }, { name: 'v1beta1', spec }] },
    'has the version "v1" first, which is not served; expected one that is, because Compositions are for it: serve it, or move it behind another.'],
  ['a spec that is text', { versions: [{ name: 'v1', spec: text }] },
    'has a schema of spec that is no object; expected Schema.object({ … }): make an object of the spec.'],
  ['a status that is text', { versions: [{ name: 'v1', spec, status: text }] },
    'has a schema of status that is no object; expected Schema.object({ … }): make an object of the status.'],
  ['a field of Crossplane\'s own', { versions: [{ name: 'v1', spec: Schema.object({ properties: { crossplane: text } }) }] },
    'has the field spec.crossplane; expected a name of its own, because Crossplane adds a field of that name: rename the field.'],
  ['conditions of one\'s own', { versions: [{ name: 'v1', spec, status: Schema.object({ properties: { conditions: text } }) }] },
    'has the field status.conditions; expected a name of its own, because Crossplane adds a field of that name: rename the field.'],
])('refuses %s', (_, props, error) => {
  const platform = Testing.platform();
  const { name } = new CompositeResourceDefinition(component(platform), 'definition', {
    group: 'platform.example.com', kind: 'Database', versions: [{ name: 'v1', spec }], ...props,
  });
  expect(refusalOf(platform)).toEqual([`databases/definition: the CompositeResourceDefinition "${name}" ${error}`]);
});
