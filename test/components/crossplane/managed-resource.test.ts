import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { components } from '../../../src';

const { AwsService, ManagedResource } = components;
const CRDS = join(__dirname, '..', '..', '..', 'crds', 'provider-aws');

/** Kinds whose plural is not that of most, as the AWS providers have them. */
test.each([
  ['Alias', 'kms', 'aliases'],
  ['AWSConfigurationRecorderStatus', 'configservice', 'awsconfigurationrecorderstatuses'],
  ['BucketOwnershipControls', 's3', 'bucketownershipcontrols'],
  ['Bus', 'cloudwatchevents', 'buses'],
  ['ClusterCapacityProviders', 'ecs', 'clustercapacityproviders'],
  ['DeviceFleet', 'sagemaker', 'devicefleet'],
  ['Directory', 'workspaces', 'directories'],
  ['Fleet', 'appstream', 'fleet'],
  ['Fleet', 'ec2', 'fleets'],
  ['GlobalSettings', 'backup', 'globalsettings'],
  ['Index', 'kendra', 'indices'],
  ['Key', 'kms', 'keys'],
  ['NetworkInsightsAnalysis', 'ec2', 'networkinsightsanalyses'],
  ['Policy', 'iam', 'policies'],
  ['SerialConsoleAccess', 'ec2', 'serialconsoleaccesses'],
  ['Thesaurus', 'kendra', 'thesaurus'],
  ['VPCDHCPOptions', 'ec2', 'vpcdhcpoptions'],
])('the kind %s of %s is called %s', (kind, service, plural) => {
  expect(ManagedResource.aws(AwsService.of(service), kind).definitionName).toBe(`${plural}.${service}.aws.m.upbound.io`);
});

test('every kind of the AWS providers whose definition is here is called as its definition is', () => {
  const definitions = readdirSync(CRDS).map(file => parse(readFileSync(join(CRDS, file), 'utf-8')));
  expect(definitions.map(({ spec: { group, names } }) => ManagedResource.of(group, names.kind).definitionName))
    .toEqual(definitions.map(({ spec: { group, names } }) => `${names.plural}.${group}`));
});

test('a kind of another provider can have any plural', () => {
  expect(ManagedResource.of('example.com', 'Mouse', 'mice').definitionName).toBe('mice.example.com');
});

test('every kind of a service', () => {
  expect(ManagedResource.everyOf(AwsService.S3).definitionName).toBe('*.s3.aws.m.upbound.io');
});
