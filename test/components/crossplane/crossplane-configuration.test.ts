import { Area, Component, Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { AwsCredentialsSource, AwsProviderConfig, CrossplaneConfiguration, EnvironmentConfig } = components;

test('defaults', () => {
  expect(manifestsOf(new CrossplaneConfiguration(Testing.platform(), 'configuration'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new CrossplaneConfiguration(Testing.platform(), 'configuration', {
    group: 'platform.example.com',
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    assumeRoles: ['arn:aws:iam::123456789012:role/hub', 'arn:aws:iam::210987654321:role/crossplane'],
    environment: { vpcId: 'vpc-0123456789abcdef0', subnets: ['subnet-a', 'subnet-b'] },
  }))).toMatchSnapshot();
});

test('says which API its pod identities are of', () => {
  const { podIdentities } = new CrossplaneConfiguration(Testing.platform(), 'configuration', { group: 'platform.example.com' });
  expect(podIdentities.compositeType).toEqual({ apiVersion: 'platform.example.com/v1alpha1', kind: 'EKSPodIdentity' });
});

test('access to AWS with an annotated ServiceAccount, under a name of its own', () => {
  const component = new Component(Testing.platform(), 'access', { area: Area.INFRASTRUCTURE, namespace: 'infrastructure' });
  new AwsProviderConfig(component, 'config', { metadata: { name: 'shared', labels: { team: 'web' } }, source: AwsCredentialsSource.IRSA });
  expect(manifestsOf(component)).toContain(`\
apiVersion: aws.m.upbound.io/v1beta1
kind: ClusterProviderConfig
metadata:
  name: shared
  labels:
    team: web
spec:
  credentials:
    source: IRSA
`);
});

test('refuses a role that is named without its ARN', () => {
  const platform = Testing.platform();
  new CrossplaneConfiguration(platform, 'configuration', { assumeRoles: ['crossplane'] });
  expect(refusalOf(platform)).toEqual([
    'configuration/default: the ClusterProviderConfig "default" assumes the role "crossplane"; expected the ARN of a role, '
      + 'arn:aws:iam::<account>:role/<name>: correct it.',
  ]);
});

test('an EnvironmentConfig of one\'s own', () => {
  const component = new Component(Testing.platform(), 'network', { area: Area.INFRASTRUCTURE });
  new EnvironmentConfig(component, 'network', { metadata: { labels: { kind: 'network' } }, data: { zones: ['a', 'b'], nat: true } });
  expect(manifestsOf(component)).toContain(`\
apiVersion: apiextensions.crossplane.io/v1beta1
kind: EnvironmentConfig
metadata:
  name: network
  labels:
    kind: network
data:
  zones:
    - a
    - b
  nat: true
`);
});
