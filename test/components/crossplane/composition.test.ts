import { parse } from 'yaml';
import { Area, Component, Platform, Testing, Variable, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const {
  AwsService, CompositeResourceDefinition, Composition, CompositionStep, CrossplaneFunction, EnvironmentConfig, ManagedResource, Schema,
} = components;

function stand(): { platform: Platform; component: Component; definition: components.CompositeResourceDefinition } {
  const platform = Testing.platform();
  const component = new Component(platform, 'buckets', { area: Area.INFRASTRUCTURE });
  const definition = new CompositeResourceDefinition(component, 'definition', {
    group: 'platform.example.com', kind: 'Store', versions: [{ name: 'v1', spec: Schema.object({ properties: {} }) }],
  });
  return { platform, component, definition };
}

/** What of a Composition's steps is written. */
function pipelineOf(...steps: components.CompositionStep[]): any[] {
  const { platform, component, definition } = stand();
  new Composition(component, 'composition', { definition, steps });
  return parse(Testing.synth(platform)['infrastructure/base/buckets/composition-stores.platform.example.com.yaml']).spec.pipeline;
}

const bucket = `\
apiVersion: s3.aws.m.upbound.io/v1beta1
kind: Bucket
metadata:
  annotations:
    {{ setResourceNameAnnotation "bucket" }}
`;

test('defaults', () => {
  const { component, definition } = stand();
  new Composition(component, 'composition', { definition, steps: [CompositionStep.autoReady()] });
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('everything set', () => {
  const { component, definition } = stand();
  const environment = new EnvironmentConfig(component, 'environment', { data: { region: 'eu-west-3' } });
  const composition = new Composition(component, 'composition', {
    metadata: { name: 'stores-on-s3', labels: { cloud: 'aws' } },
    definition,
    steps: [
      CompositionStep.environmentConfigs([environment], 'where'),
      CompositionStep.goTemplate(bucket, 'bucket'),
      CompositionStep.run(CrossplaneFunction.fromPackage('function-kcl', 'registry.example.com/function-kcl:v1'), 'more', {
        apiVersion: 'krm.kcl.dev/v1alpha1', kind: 'KCLInput', spec: { source: 'items = []' },
      }),
      CompositionStep.autoReady('judged'),
    ],
    composes: [ManagedResource.aws(AwsService.S3, 'Bucket')],
  });
  expect(composition.composes.map(({ definitionName }) => definitionName)).toEqual(['buckets.s3.aws.m.upbound.io']);
  expect(composition.steps.map(({ name }) => name)).toEqual(['where', 'bucket', 'more', 'judged']);
  expect(composition.definition).toBe(definition);
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('the variables of a template are its own where Flux substitutes, a variable of the platform is replaced', () => {
  const { platform, component, definition } = stand();
  const template = `{{ $spec := .observed.composite.resource.spec }}${'${spec}'} ${Variable.of('domain')}`;
  new Composition(component, 'composition', { definition, steps: [CompositionStep.goTemplate(template), CompositionStep.autoReady()] });
  expect(Testing.synth(platform)['infrastructure/base/buckets/composition-stores.platform.example.com.yaml'])
    .toContain('template: "{{ $spec := .observed.composite.resource.spec }}$${spec} ${domain}"');
});

test('a template can say itself that a resource is ready', () => {
  const template = 'metadata:\n  annotations:\n    gotemplating.fn.crossplane.io/ready: "True"\n';
  expect(pipelineOf(CompositionStep.goTemplate(template))).toHaveLength(1);
});

test('another function can say that a template\'s resources are ready', () => {
  const judge = CrossplaneFunction.fromPackage('function-cel-ready', 'registry.example.com/function-cel-ready:v1');
  expect(pipelineOf(CompositionStep.goTemplate('---'), CompositionStep.run(judge, 'judge'))).toHaveLength(2);
});

test.each<[string, components.CompositionStep[], string]>([
  ['no step', [], 'has no step; expected at least one: add it to steps.'],
  ['a name of a step twice', [CompositionStep.goTemplate('---', 'ready'), CompositionStep.autoReady()],
    'has two steps "ready"; expected every name once: rename one of them.'],
  ['managed resources that it does not say', [CompositionStep.goTemplate(bucket), CompositionStep.autoReady()],
    'makes resources of s3.aws.m.upbound.io and does not say which; expected each kind in composes, because no other is active: name them.'],
  ['resources that nothing calls ready', [CompositionStep.goTemplate('---')],
    'makes resources that no step calls ready, and nothing that is made of it would become ready; expected a step that does: '
      + 'add CompositionStep.autoReady() as the last one.'],
  ['resources that are made when the others were called ready', [CompositionStep.autoReady(), CompositionStep.goTemplate('---')],
    'makes resources that no step calls ready, and nothing that is made of it would become ready; expected a step that does: '
      + 'add CompositionStep.autoReady() as the last one.'],
])('refuses %s', (_, steps, error) => {
  const { platform, component, definition } = stand();
  new Composition(component, 'composition', { definition, steps });
  expect(refusalOf(platform)).toEqual([`buckets/composition: the Composition "stores.platform.example.com" ${error}`]);
});
