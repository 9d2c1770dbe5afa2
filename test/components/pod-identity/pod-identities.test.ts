import { Area, Component, Platform, Testing, Variable, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { PodIdentities, PodIdentity, ServiceAccountReference, Statement } = components;

const serviceAccount = ServiceAccountReference.fromName('shop', 'apps');
const read = Statement.allow({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop/*'] });

/** A component whose pods call AWS. */
class Client implements components.IAwsClient {
  public readonly serviceAccount: components.ServiceAccountReference;
  public readonly awsStatements: components.Statement[] = [];

  constructor(account: components.ServiceAccountReference) {
    this.serviceAccount = account;
  }
}

function shop(platform: Platform): Component {
  return new Component(platform, 'shop', { area: Area.APPS, namespace: 'apps' });
}

function fileOf(platform: Platform, path = 'apps/base/shop/ekspodidentity-shop.yaml'): string {
  return Testing.synth(platform)[path];
}

test('defaults', () => {
  const identities = new PodIdentities(Testing.platform(), 'epis');
  identities.addClient(new components.ExternalSecrets(identities.node.root as Platform, 'external-secrets'));
  expect(manifestsOf(identities)).toMatchSnapshot();
});

test('everything set', () => {
  const platform = Testing.platform();
  const configuration = new components.CrossplaneConfiguration(platform, 'configuration');
  const identities = new PodIdentities(platform, 'epis', {
    definition: configuration.podIdentities, providerConfig: new components.AwsProviderConfig(configuration, 'shared-account'),
  });
  const client = new Client(serviceAccount);
  identities.addClient(client, {
    metadata: { name: 'shop-bucket', labels: { team: 'shop' } },
    additionalPolicies: { logs: 'arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess' },
    clusters: [{ name: 'blue', region: 'eu-west-3' }, { name: 'green', region: 'eu-central-1' }],
    managementPolicies: [components.ManagementPolicy.OBSERVE],
  });
  client.awsStatements.push(read, Statement.deny({ actions: ['s3:*'], conditions: { Bool: { 'aws:SecureTransport': ['false'] } } }));
  expect(manifestsOf(identities)).toMatchSnapshot();
});

test('a client\'s statements count that are added after it', () => {
  const identities = new PodIdentities(Testing.platform(), 'epis');
  const client = new Client(serviceAccount);
  identities.addClient(client);
  client.awsStatements.push(read);
  expect(fileOf(identities.node.root as Platform, 'security/base/epis/ekspodidentity-shop.yaml')).toContain('"s3:GetObject"');
});

test('ServiceAccounts of one name in two namespaces have a file each', () => {
  const platform = Testing.platform();
  const identities = new PodIdentities(platform, 'epis');
  for (const namespace of ['apps', 'staging']) {
    const client = new Client(ServiceAccountReference.fromName('shop', namespace));
    client.awsStatements.push(read);
    identities.addClient(client);
  }
  expect(Object.keys(Testing.synth(platform)).filter(path => path.startsWith('security/base/epis/ekspodidentity')))
    .toEqual(['security/base/epis/ekspodidentity-shop.yaml', 'security/base/epis/ekspodidentity-staging-shop.yaml']);
});

test('an identity stands in the component of its ServiceAccount', () => {
  const platform = Testing.platform();
  const component = shop(platform);
  new PodIdentity(component, 'identity', { serviceAccount, statements: [read] });
  expect(fileOf(platform)).toBe(`\
apiVersion: cloud.ogenki.io/v1alpha1
kind: EKSPodIdentity
metadata:
  name: shop
  namespace: apps
spec:
  clusters:
    - name: \${cluster_name}
      region: \${cluster_region}
  serviceAccount:
    name: shop
    namespace: apps
  policyDocument: |-
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": [
            "s3:GetObject"
          ],
          "Resource": [
            "arn:aws:s3:::shop/*"
          ]
        }
      ]
    }
`);
});

test('an identity of additional policies alone has no policy of its own', () => {
  const component = shop(Testing.platform());
  new PodIdentity(component, 'identity', { serviceAccount, additionalPolicies: { read: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } });
  const manifests = manifestsOf(component);
  expect(manifests).toContain('  additionalPolicyArns:\n    - name: read\n      arn: arn:aws:iam::aws:policy/ReadOnlyAccess\n');
  expect(manifests).not.toContain('policyDocument');
});

test('a variable of IAM stays what it is where Flux substitutes, a variable of the platform is replaced', () => {
  const component = shop(Testing.platform());
  const resources = [`arn:aws:s3:::${Variable.of('cluster_name')}/\${aws:username}/\${domain}`];
  new PodIdentity(component, 'identity', { serviceAccount, statements: [Statement.allow({ actions: ['s3:*'], resources })] });
  new components.EnvironmentConfig(component, 'other', { data: { domain: `${Variable.of('domain')}` } });
  expect(manifestsOf(component)).toContain('"arn:aws:s3:::${cluster_name}/$${aws:username}/$${domain}"');
});

test('refuses a client that does nothing on AWS', () => {
  const platform = Testing.platform();
  new PodIdentities(platform, 'epis').addClient(new Client(serviceAccount));
  expect(refusalOf(platform)).toEqual([
    'epis/apps-shop: the EKSPodIdentity "shop" is for a component whose ServiceAccount apps/shop does nothing on AWS; expected one with '
      + 'awsStatements, or additionalPolicies: leave it out of addClient, or say what it is for.',
  ]);
});

const buckets = [...Array(300).keys()].map(i => `arn:aws:s3:::bucket-${i}`);
const sameSid = ['s3:GetObject', 's3:ListBucket'].map(action => Statement.allow({ actions: [action], sid: 'Read' }));

test.each<[string, Partial<components.PodIdentityProps>, string]>([
  ['no rights', {},
    'the EKSPodIdentity "shop" gives the ServiceAccount apps/shop no rights; expected some: say which with statements, or with additionalPolicies.'],
  ['a policy that is too large', { statements: [Statement.allow({ actions: ['s3:GetObject'], resources: buckets })] },
    'the EKSPodIdentity "shop" has a policy of 7786 characters; expected at most 6144: say more with wildcards, or make a policy of a part of it '
      + 'elsewhere and name it in additionalPolicies.'],
  ['a sid twice', { statements: sameSid },
    'the EKSPodIdentity "shop" has two statements with the sid "Read"; expected every sid once: rename one of them.'],
  ['the name of a policy', { additionalPolicies: { read: 'ReadOnlyAccess' } },
    'the EKSPodIdentity "shop" has "ReadOnlyAccess" as the additional policy read; expected the ARN of a policy, arn:aws:iam::aws:policy/<name>: '
      + 'correct it.'],
  ['no cluster', { statements: [read], clusters: [] },
    'the EKSPodIdentity "shop" has a list of 0 in spec.clusters; expected a list of at least 1: correct the field.'],
  ['a name that is too long', { statements: [read], metadata: { name: 'x'.repeat(64) } },
    `the EKSPodIdentity "${'x'.repeat(64)}" has a name of 64 characters; expected at most 63, because Crossplane makes a label of it: shorten `
      + 'the name.'],
])('refuses %s', (_, props, error) => {
  const platform = Testing.platform();
  new PodIdentity(shop(platform), 'identity', { serviceAccount, ...props });
  expect(refusalOf(platform)).toEqual([`shop/identity: ${error}`]);
});
