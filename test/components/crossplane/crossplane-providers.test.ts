import { ApiObject, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Area, Component, Platform, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const {
  AwsService, CompositeResourceDefinition, Composition, CompositionStep, CrossplaneConfiguration, CrossplaneFunction, CrossplaneProviders,
  ManagedResource, Schema,
} = components;
const role = ManagedResource.aws(AwsService.IAM, 'Role');
const resources = (memory: number) => ({
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) },
});

function activated(providers: components.CrossplaneProviders): string[] {
  const files = Testing.synth(providers.node.root as Platform);
  return parse(files[`${providers.directory}/managedresourceactivationpolicy-provider-aws.yaml`]).spec.activate;
}

/** A Composition that says what it is composed of. */
function composition(platform: Platform, composes: components.ManagedResource[], runs = CrossplaneFunction.AUTO_READY): void {
  const component = new Component(platform, 'databases', { area: Area.INFRASTRUCTURE });
  const definition = new CompositeResourceDefinition(component, 'definition', {
    group: 'platform.example.com', kind: 'Database', versions: [{ name: 'v1', spec: Schema.object({ properties: {} }) }],
  });
  new Composition(component, 'composition', { definition, steps: [CompositionStep.run(runs, 'step')], composes });
}

test('defaults', () => {
  const platform = Testing.platform();
  new CrossplaneConfiguration(platform, 'configuration');
  expect(manifestsOf(new CrossplaneProviders(platform, 'providers'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new CrossplaneProviders(Testing.platform(), 'providers', {
    namespace: 'upbound-system',
    services: [AwsService.S3, AwsService.of('rds')],
    functions: [CrossplaneFunction.AUTO_READY, CrossplaneFunction.fromPackage('function-kcl', 'registry.example.com/function-kcl:v0.12.1')],
    activate: [ManagedResource.aws(AwsService.S3, 'Bucket'), ManagedResource.everyOf(AwsService.of('rds'))],
    resources: resources(512),
    functionResources: resources(32),
    pollInterval: Duration.minutes(30),
    maxReconcileRate: 20,
  }))).toMatchSnapshot();
});

test('activates what Compositions compose, what components have as objects, and what is asked for', () => {
  const platform = Testing.platform();
  const providers = new CrossplaneProviders(platform, 'providers', {
    services: [AwsService.IAM, AwsService.KMS, AwsService.S3], activate: [role, ManagedResource.of('sql.example.com', 'Grant')],
  });
  composition(platform, [ManagedResource.aws(AwsService.S3, 'Bucket'), role]);
  const key = new Component(platform, 'key', { area: Area.SECURITY, namespace: 'security' });
  new ApiObject(key, 'alias', { apiVersion: 'kms.aws.m.upbound.io/v1beta1', kind: 'Alias', spec: { forProvider: { region: 'eu-west-3' } } });
  expect(activated(providers)).toEqual([
    'aliases.kms.aws.m.upbound.io', 'buckets.s3.aws.m.upbound.io', 'grants.sql.example.com', 'roles.iam.aws.m.upbound.io',
  ]);
});

test('activates nothing of a service whose provider another one installs', () => {
  const platform = Testing.platform();
  const identities = new CrossplaneProviders(platform, 'identities', { services: [AwsService.IAM], activate: [role] });
  const storage = new CrossplaneProviders(platform, 'storage', { services: [AwsService.S3], functions: [] });
  composition(platform, [ManagedResource.aws(AwsService.S3, 'Bucket')]);
  expect(activated(identities)).toEqual(['roles.iam.aws.m.upbound.io']);
  expect(activated(storage)).toEqual(['buckets.s3.aws.m.upbound.io']);
});

test('functions alone need no provider', () => {
  const platform = Testing.platform();
  const providers = new CrossplaneProviders(platform, 'functions', { services: [], functions: [CrossplaneFunction.GO_TEMPLATING] });
  expect(Testing.repository(platform).paths.filter(path => path.startsWith(`${providers.directory}/`))).toEqual([
    'infrastructure/base/functions/deploymentruntimeconfig-function.yaml',
    'infrastructure/base/functions/function-function-go-templating.yaml',
    'infrastructure/base/functions/kustomization.yaml',
  ]);
  expect(providers.metricsEndpoints).toEqual([]);
});

test('every package follows the versions of the platform', () => {
  const platform = Testing.platform({ versions: { 'crossplane-provider-aws': { app: 'v2.7.0' } } });
  new CrossplaneProviders(platform, 'providers', { activate: [role] });
  const repository = Testing.repository(platform);
  for (const name of ['crossplane-contrib-provider-family-aws', 'provider-aws-eks', 'provider-aws-iam']) {
    expect(repository.object(`infrastructure/base/providers/provider-${name}.yaml`).spec.package).toMatch(/:v2\.7\.0$/);
  }
});

test('says where the providers\' metrics are: at their pods', () => {
  const providers = new CrossplaneProviders(Testing.platform(), 'providers', { services: [AwsService.IAM] });
  expect(providers.metricsEndpoints).toEqual(['crossplane-contrib-provider-family-aws', 'provider-aws-iam'].map(name => ({
    name, target: 'Pod', namespace: 'crossplane-system', matchLabels: { 'pkg.crossplane.io/provider': name }, port: 'metrics',
  })));
});

test('the providers run as one ServiceAccount', () => {
  const { serviceAccount, providedObjects } = new CrossplaneProviders(Testing.platform(), 'providers', { namespace: 'upbound-system' });
  expect(serviceAccount).toMatchObject({ name: 'provider-aws', namespace: 'upbound-system' });
  expect(providedObjects).toEqual([{ apiVersion: 'v1', kind: 'ServiceAccount', name: 'provider-aws', namespace: 'upbound-system' }]);
});

test('refuses providers that nothing uses', () => {
  const platform = Testing.platform();
  new CrossplaneProviders(platform, 'providers');
  expect(refusalOf(platform)).toEqual([
    'providers: the providers of providers are installed and nothing uses them; expected a managed resource that is active: name it with activate, '
      + 'or install none with services: [].',
  ]);
});

test('refuses what is used of a service without its provider, once for each service', () => {
  const platform = Testing.platform();
  new CrossplaneProviders(platform, 'providers', { activate: [role] });
  composition(platform, [ManagedResource.aws(AwsService.S3, 'Bucket'), ManagedResource.aws(AwsService.S3, 'BucketVersioning')]);
  expect(refusalOf(platform)).toEqual([
    'providers: providers has no provider for bucketversionings.s3.aws.m.upbound.io, which the platform uses; expected one of every service that '
      + 'is used: add s3 to services.',
  ]);
});

test('refuses a step whose function is not installed', () => {
  const platform = Testing.platform();
  new CrossplaneProviders(platform, 'providers', { activate: [role], functions: [CrossplaneFunction.GO_TEMPLATING] });
  composition(platform, []);
  expect(refusalOf(platform)).toEqual([
    'providers: providers has no function function-auto-ready, which the step step of the Composition databases.platform.example.com runs; '
      + 'expected every function that runs: add it to functions.',
  ]);
});
