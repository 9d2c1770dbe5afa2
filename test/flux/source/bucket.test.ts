import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Bucket, BucketProps, BucketSts, SourceProvider } from '../../../src/flux';
import { unsetFields } from '../../schema';
import { fileOf, refusalOf, stand } from '../flux-fixtures';

function bucket(props: Partial<BucketProps> = {}): string {
  const { platform, component } = stand();
  new Bucket(component, 'platform', { bucketName: 'acme-platform', endpoint: 'minio.example.com', ...props });
  return fileOf(platform, 'Bucket', 'platform');
}

function refusal(props: Partial<BucketProps>): string[] {
  const { platform, component } = stand();
  new Bucket(component, 'platform', { bucketName: 'acme-platform', endpoint: 'minio.example.com', ...props });
  return refusalOf(platform);
}

/** With everything that can be said of a Bucket at once. */
const COMPLETE: Partial<BucketProps> = {
  metadata: { name: 'platform', namespace: 'flux-system', labels: { team: 'platform' } },
  interval: Duration.minutes(1),
  timeout: Duration.seconds(90),
  provider: SourceProvider.GENERIC,
  region: 'eu-west-3',
  prefix: 'production/',
  insecure: true,
  secretName: 'bucket',
  certSecretName: 'certificates',
  proxySecretName: 'proxy',
  sts: BucketSts.ldap('https://ldap.example.com', 'ldap', 'ldap-certificates'),
  ignore: '*.md\n',
  suspend: true,
};

test('defaults', () => {
  expect(bucket()).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: platform
  namespace: team
spec:
  interval: 10m
  bucketName: acme-platform
  endpoint: minio.example.com
`);
});

test('every field', () => {
  expect(bucket(COMPLETE)).toBe(`\
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata:
  name: platform
  namespace: flux-system
  labels:
    team: platform
spec:
  interval: 1m
  timeout: 1m30s
  provider: generic
  bucketName: acme-platform
  endpoint: minio.example.com
  region: eu-west-3
  prefix: production/
  insecure: true
  secretRef:
    name: bucket
  certSecretRef:
    name: certificates
  proxySecretRef:
    name: proxy
  sts:
    provider: ldap
    endpoint: https://ldap.example.com
    secretRef:
      name: ldap
    certSecretRef:
      name: ldap-certificates
  ignore: |
    *.md
  suspend: true
`);
});

test('no field of the definition is left out', () => {
  const withoutSecret = { provider: SourceProvider.AWS, serviceAccountName: 'fetcher' };
  expect(unsetFields(...[COMPLETE, withoutSecret].map(props => parse(bucket(props))))).toEqual([]);
});

test('AWS gives credentials for a ServiceAccount', () => {
  expect(bucket({
    provider: SourceProvider.AWS, endpoint: 's3.amazonaws.com', serviceAccountName: 'fetcher', sts: BucketSts.aws('https://sts.eu-west-3.amazonaws.com'),
  })).toContain(`\
  provider: aws
  bucketName: acme-platform
  endpoint: s3.amazonaws.com
  serviceAccountName: fetcher
  sts:
    provider: aws
    endpoint: https://sts.eu-west-3.amazonaws.com
`);
});

test('an object in another namespace refers to it with its namespace', () => {
  const { component } = stand();
  const source = new Bucket(component, 'platform', { bucketName: 'acme-platform', endpoint: 'minio.example.com' });
  expect(source.bucketObjectName).toBe('platform');
  expect(source.sourceReference).toEqual({ kind: 'Bucket', name: 'platform', namespace: 'team' });
  expect(source.chartSourceReference).toEqual(source.sourceReference);
});

test('one that the program does not make is known by its name', () => {
  expect(Bucket.fromName('platform', 'team')).toEqual({
    bucketObjectName: 'platform',
    sourceReference: { kind: 'Bucket', name: 'platform', namespace: 'team' },
    chartSourceReference: { kind: 'Bucket', name: 'platform', namespace: 'team' },
  });
});

test('a timeout of an hour is refused', () => {
  expect(refusal({ timeout: Duration.hours(1) })).toEqual([
    'stand/platform: has a timeout of 60 minutes; expected less than an hour, for which its API has no unit: shorten it.',
  ]);
});

test.each([SourceProvider.GCP, SourceProvider.AZURE])('a token service is refused with the provider %s', provider => {
  expect(refusal({ provider, sts: BucketSts.aws('https://sts.amazonaws.com') })).toEqual([
    `stand/platform: has an STS with the provider "${provider}"; expected the provider aws or generic, because the others have none: take sts away.`,
  ]);
});

test('the token service of another provider is refused', () => {
  expect(refusal({ provider: SourceProvider.AWS, sts: BucketSts.ldap('https://ldap.example.com') })).toEqual([
    'stand/platform: has the STS provider "ldap" with the provider "aws"; expected "aws": use BucketSts.aws(…).',
  ]);
  expect(refusal({ sts: BucketSts.aws('https://sts.amazonaws.com') })).toEqual([
    'stand/platform: has the STS provider "aws" with the provider "generic"; expected "ldap": use BucketSts.ldap(…).',
  ]);
});

test('the address of a token service without its scheme is refused', () => {
  expect(refusal({ sts: BucketSts.ldap('ldap.example.com') })).toEqual([
    'stand/platform: has the STS endpoint "ldap.example.com"; expected one that begins with https:// or http://: correct it.',
  ]);
});

test('a ServiceAccount is refused where the provider takes a Secret', () => {
  expect(refusal({ serviceAccountName: 'fetcher' })).toEqual([
    'stand/platform: has the ServiceAccount "fetcher" with the provider "generic"; expected the provider aws, azure or gcp, because this one takes a Secret: '
    + 'name one with secretName.',
  ]);
});

test('a ServiceAccount beside a Secret is refused', () => {
  expect(refusal({ provider: SourceProvider.AWS, serviceAccountName: 'fetcher', secretName: 'bucket' })).toEqual([
    'stand/platform: has both the Secret "bucket" and the ServiceAccount "fetcher"; expected one of them: take the other away.',
  ]);
});
