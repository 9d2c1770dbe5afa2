import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { DnsPolicy, DnsSource, DnsZoneType, ExternalDns, ExternalDnsLogLevel } = components;

function valuesOf(props: components.ExternalDnsProps): any {
  const platform = Testing.platform();
  new ExternalDns(platform, 'external-dns', props);
  return parse(Testing.synth(platform)['infrastructure/base/external-dns/helmrelease.yaml']).spec.values;
}

test('defaults', () => {
  expect(manifestsOf(new ExternalDns(Testing.platform(), 'external-dns'))).toMatchSnapshot();
});

test('everything set', () => {
  expect(manifestsOf(new ExternalDns(Testing.platform(), 'names', {
    namespace: 'dns',
    releaseName: 'external-dns-blue',
    domainFilters: ['example.com', 'example.org'],
    excludeDomains: ['internal.example.com'],
    zoneIds: ['Z0123456789ABC', 'Z0123456789DEF'],
    zoneType: DnsZoneType.PRIVATE,
    sources: [DnsSource.HTTP_ROUTE, DnsSource.GRPC_ROUTE, DnsSource.TLS_ROUTE, DnsSource.TCP_ROUTE, DnsSource.UDP_ROUTE, DnsSource.DNS_ENDPOINT],
    policy: DnsPolicy.SYNC,
    txtOwnerId: 'blue',
    txtPrefix: '%{record_type}-txt.',
    interval: Duration.minutes(5),
    triggerLoopOnEvent: true,
    region: 'us-gov-west-1',
    partition: 'aws-us-gov',
    resources: { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(100), limit: Size.mebibytes(200) } },
    logLevel: ExternalDnsLogLevel.DEBUG,
    values: { priorityClassName: 'system-cluster-critical' },
    release: { timeout: Duration.minutes(3) },
  }))).toMatchSnapshot();
});

test('writes names of the cluster\'s domain, and knows its records by the cluster\'s name', () => {
  expect(valuesOf({})).toMatchObject({ domainFilters: ['${domain}'], txtOwnerId: '${cluster_name}', policy: 'upsert-only', registry: 'txt' });
});

test('says nothing of zones where none are chosen', () => {
  expect(valuesOf({})).not.toHaveProperty('extraArgs');
  expect(valuesOf({ zoneType: DnsZoneType.PUBLIC }).extraArgs).toEqual({ 'aws-zone-type': 'public' });
  expect(valuesOf({ zoneIds: ['Z0123456789ABC'] }).extraArgs).toEqual({ 'zone-id-filter': ['Z0123456789ABC'] });
});

test('may read and change the records of its zones, and list zones', () => {
  const statements = (props: components.ExternalDnsProps) =>
    new ExternalDns(Testing.platform(), 'external-dns', props).awsStatements.map(statement => statement.toStatementJson());
  expect(statements({})).toEqual([
    { Effect: 'Allow', Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'], Resource: ['arn:aws:route53:::hostedzone/*'] },
    { Effect: 'Allow', Action: ['route53:ListHostedZones'], Resource: ['*'] },
  ]);
  expect(statements({ zoneIds: ['ZA', 'ZB'], partition: 'aws-cn' })[0].Resource)
    .toEqual(['arn:aws-cn:route53:::hostedzone/ZA', 'arn:aws-cn:route53:::hostedzone/ZB']);
});

test('calls AWS as its own ServiceAccount', () => {
  const { serviceAccount, providedObjects } = new ExternalDns(Testing.platform(), 'names', { namespace: 'dns' });
  expect(serviceAccount).toEqual(components.ServiceAccountReference.fromName('external-dns', 'dns'));
  expect(providedObjects).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'external-dns', namespace: 'dns' },
    { apiVersion: 'v1', kind: 'ServiceAccount', name: 'external-dns', namespace: 'dns' },
  ]);
});

test('a second one has names of its own', () => {
  const platform = Testing.platform();
  new ExternalDns(platform, 'public', { zoneType: DnsZoneType.PUBLIC });
  const second = new ExternalDns(platform, 'private', { zoneType: DnsZoneType.PRIVATE, releaseName: 'private-zone', txtOwnerId: 'private' });
  Testing.repository(platform).hasObject('HelmRelease', 'private-zone', {
    spec: { values: { fullnameOverride: 'private-zone', serviceAccount: { name: 'private-zone' } } },
  });
  expect(second.serviceAccount.name).toBe('private-zone');
  expect(second.providedObjects.map(({ name }) => name)).toEqual(['private-zone', 'private-zone']);
  expect(second.metricsEndpoints).toMatchObject([{
    name: 'private-zone', matchLabels: { 'app.kubernetes.io/name': 'external-dns', 'app.kubernetes.io/instance': 'private-zone' },
  }]);
});

test('says where its metrics are', () => {
  expect(new ExternalDns(Testing.platform(), 'external-dns').metricsEndpoints).toEqual([{
    name: 'external-dns',
    namespace: 'kube-system',
    matchLabels: { 'app.kubernetes.io/name': 'external-dns', 'app.kubernetes.io/instance': 'external-dns' },
    port: 'http',
  }]);
});

test('refuses empty lists, which would mean everything or nothing', () => {
  const platform = Testing.platform();
  new ExternalDns(platform, 'external-dns', { sources: [], domainFilters: [], zoneIds: [] });
  expect(refusalOf(platform)).toEqual([
    'external-dns: external-dns has an empty list of zone ids; expected at least one: leave them out for every zone of the domains.',
    'external-dns: external-dns has no domain filters, so that it could write to every zone of the account; expected at least one: '
    + 'leave them out for the variable domain.',
    'external-dns: external-dns has no sources of hostnames; expected at least one: name them, or leave them out for the usual ones.',
  ]);
});

test('refuses more than the id of a zone', () => {
  const platform = Testing.platform();
  new ExternalDns(platform, 'external-dns', { zoneIds: ['Z0123456789ABC', '/hostedzone/Z0123456789DEF'] });
  expect(refusalOf(platform)).toEqual([
    'external-dns: external-dns has the zone id "/hostedzone/Z0123456789DEF"; expected the id alone, such as Z0123456789ABC: leave out what is around it.',
  ]);
});
