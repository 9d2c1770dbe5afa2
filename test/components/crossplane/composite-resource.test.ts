import { parse } from 'yaml';
import { Area, Component, Platform, Testing, Variable, components } from '../../../src';
import { compositeSchema } from '../../composite-definitions';
import { refusalOf } from '../../flux/flux-fixtures';
import { definitionErrors } from '../../schema';

const {
  AwsService, CompositeResource, CompositeResourceDefinition, CompositeScope, Composition, CompositionStep, CrossplaneProviders,
  ManagedResource, Schema,
} = components;

interface Stand {
  readonly platform: Platform;
  readonly definition: components.CompositeResourceDefinition;
  readonly shop: Component;
}

function stand(scope?: components.CompositeScope): Stand {
  const platform = Testing.platform();
  const definitions = new Component(platform, 'definitions', { area: Area.INFRASTRUCTURE });
  const size = Schema.string({ allowedValues: ['small', 'large'] });
  const definition = new CompositeResourceDefinition(definitions, 'definition', {
    group: 'platform.example.com',
    kind: 'Database',
    scope,
    versions: [
      { name: 'v1', spec: Schema.object({ properties: { size, replicas: Schema.integer({ minimum: 1 }) }, required: ['size'] }) },
      { name: 'v1beta1', spec: Schema.object({ properties: { large: Schema.boolean() } }) },
    ],
  });
  return { platform, definition, shop: new Component(platform, 'shop', { area: Area.APPS, namespace: 'apps' }) };
}

const orders = (platform: Platform) => Testing.synth(platform)['apps/base/shop/database-orders.yaml'];

test('defaults', () => {
  const { platform, definition, shop } = stand();
  new CompositeResource(shop, 'orders', { definition, spec: { size: 'small' } });
  expect(orders(platform)).toBe(`\
apiVersion: platform.example.com/v1
kind: Database
metadata:
  name: orders
  namespace: apps
spec:
  size: small
`);
});

test('everything set', () => {
  const { platform, definition, shop } = stand();
  const composition = new Composition(shop, 'composition', {
    metadata: { name: 'cheap' }, definition, steps: [CompositionStep.autoReady()],
  });
  new CompositeResource(shop, 'database', {
    definition, metadata: { name: 'orders', labels: { team: 'shop' } }, namespace: 'orders', version: 'v1beta1', spec: { large: true }, composition,
  });
  expect(orders(platform)).toBe(`\
apiVersion: platform.example.com/v1beta1
kind: Database
metadata:
  name: orders
  namespace: orders
  labels:
    team: shop
spec:
  large: true
  crossplane:
    compositionRef:
      name: cheap
`);
});

test('an object of the cluster has no namespace', () => {
  const { platform, definition, shop } = stand(CompositeScope.CLUSTER);
  new CompositeResource(shop, 'orders', { definition, spec: { size: 'small' } });
  expect(parse(orders(platform)).metadata).toEqual({ name: 'orders' });
});

test('refuses a version that there is not', () => {
  const { definition, shop } = stand();
  expect(() => new CompositeResource(shop, 'orders', { definition, spec: {}, version: 'v2' })).toThrow(
    'definitions/definition has no version "v2" of Database; expected one of v1, v1beta1: correct it.');
});

test.each<[string, Partial<components.CompositeResourceProps>, string]>([
  ['a field that is missing', { spec: {} }, 'the Database "orders" lacks spec.size; expected one of small, large: add the field.'],
  ['a value that is not allowed', { spec: { size: 'huge' } },
    'the Database "orders" has "huge" in spec.size; expected one of small, large: correct the field.'],
  ['a field of another version', { spec: { size: 'small' }, version: 'v1beta1' },
    'the Database "orders" has the unknown field spec.size; expected one of large: correct its name.'],
  ['a name that is too long', { spec: { size: 'small' }, metadata: { name: 'x'.repeat(64) } },
    `the Database "${'x'.repeat(64)}" has a name of 64 characters; expected at most 63, because Crossplane makes a label of it: shorten the name.`],
])('refuses %s', (_, props, error) => {
  const { platform, definition, shop } = stand();
  new CompositeResource(shop, 'orders', { definition, spec: {}, ...props });
  expect(refusalOf(platform)).toEqual([`shop/orders: ${error}`]);
});

test('refuses a namespace for an object of the cluster', () => {
  const { platform, definition, shop } = stand(CompositeScope.CLUSTER);
  new CompositeResource(shop, 'orders', { definition, namespace: 'apps', spec: { size: 'small' } });
  expect(refusalOf(platform)).toEqual([
    'shop/orders: the Database "orders" is given the namespace "apps", and is an object of the cluster; expected none: leave it out.',
  ]);
});

test('refuses a Composition of another kind', () => {
  const { platform, definition, shop } = stand();
  const other = new CompositeResourceDefinition(shop, 'other', {
    group: 'platform.example.com', kind: 'Cache', versions: [{ name: 'v1', spec: Schema.object({ properties: {} }) }],
  });
  const composition = new Composition(shop, 'composition', { definition: other, steps: [CompositionStep.autoReady()] });
  new CompositeResource(shop, 'orders', { definition, spec: { size: 'small' }, composition });
  expect(refusalOf(platform)).toEqual([
    'shop/orders: the Database "orders" is to be made by the Composition "caches.platform.example.com", which is for caches.platform.example.com; '
      + 'expected one for databases.platform.example.com: name another, or leave it out.',
  ]);
});

test('an abstraction of one\'s own: an API, what is made of it, what is activated for it, and an object that its schema accepts', () => {
  const platform = Testing.platform();
  const providers = new CrossplaneProviders(platform, 'providers', { services: [AwsService.S3] });
  const stores = new Component(platform, 'stores', { area: Area.INFRASTRUCTURE });
  const definition = new CompositeResourceDefinition(stores, 'definition', {
    group: 'platform.example.com',
    kind: 'ObjectStore',
    versions: [{
      name: 'v1alpha1',
      spec: Schema.object({ properties: { region: Schema.string(), versioned: Schema.boolean({ defaultValue: true }) }, required: ['region'] }),
      status: Schema.object({ properties: { arn: Schema.string() } }),
    }],
  });
  new Composition(stores, 'composition', {
    definition,
    steps: [
      CompositionStep.goTemplate('apiVersion: s3.aws.m.upbound.io/v1beta1\nkind: Bucket\n'
        + 'metadata:\n  annotations:\n    {{ setResourceNameAnnotation "bucket" }}\n'
        + 'spec:\n  forProvider:\n    region: {{ .observed.composite.resource.spec.region }}\n'),
      CompositionStep.autoReady(),
    ],
    composes: [ManagedResource.aws(AwsService.S3, 'Bucket')],
  });
  const shop = new Component(platform, 'shop', { area: Area.APPS, namespace: 'apps' });
  new CompositeResource(shop, 'uploads', { definition, spec: { region: `${Variable.of('cluster_region')}` } });

  const repository = Testing.repository(platform);
  expect(repository.object(`${providers.directory}/managedresourceactivationpolicy-provider-aws.yaml`).spec.activate)
    .toEqual(['buckets.s3.aws.m.upbound.io']);
  const own = repository.object('infrastructure/base/stores/compositeresourcedefinition-objectstores.platform.example.com.yaml');
  const uploads = repository.object('apps/base/shop/objectstore-uploads.yaml');
  expect(definitionErrors(compositeSchema(own, 'v1alpha1'), uploads)).toEqual([]);
  expect(definitionErrors(compositeSchema(own, 'v1alpha1'), { ...uploads, spec: { versoined: true } })).toEqual([
    '/spec must have required property \'region\' {"missingProperty":"region"}',
    '/spec must NOT have additional properties {"additionalProperty":"versoined"}',
  ]);
});
