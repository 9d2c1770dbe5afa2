import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Testing, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { AllowedRoutes, CertManager, Gateway, GatewayListener, IssuerType } = components;
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const resources = (memory: number) => ({
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(memory), limit: Size.mebibytes(2 * memory) },
});
const openbao = { server: 'https://bao.example.com:8200', path: 'pki/sign/platform', role: 'cert-manager' };

function statementsOf(certManager: components.CertManager): any[] {
  return certManager.awsStatements.map(statement => statement.toStatementJson());
}

test('defaults', () => {
  const certManager = new CertManager(Testing.platform(), 'cert-manager');
  certManager.addIssuer('letsencrypt', IssuerType.acme({ route53: {} }));
  expect(manifestsOf(certManager)).toMatchSnapshot();
});

test('everything set', () => {
  const certManager = new CertManager(Testing.platform(), 'cert-manager', {
    namespace: 'certificates',
    replicas: 2,
    webhookReplicas: 3,
    gatewayApi: true,
    recursiveNameservers: ['1.1.1.1:53', 'https://dns.google/dns-query'],
    recursiveNameserversOnly: true,
    hostedZoneIds: ['Z0123456789ABC'],
    partition: 'aws-cn',
    deleteSecrets: true,
    resources: resources(100),
    webhookResources: resources(50),
    cainjectorResources: resources(200),
    logLevel: 4,
    values: { webhook: { timeoutSeconds: 10 } },
    release: { values: { maxConcurrentChallenges: 10 } },
  });
  certManager.addIssuer('zerossl', IssuerType.acme({
    email: 'platform@acme.org',
    server: 'https://acme.zerossl.com/v2/DV90',
    route53: { region: 'eu-west-3', hostedZoneId: 'Z0123456789ABC', role: 'arn:aws:iam::210987654321:role/dns', dnsZones: ['acme.org'] },
    http01: { gateway: Gateway.fromName('edge', 'infrastructure'), listener: 'http', dnsZones: ['shop.example'] },
    privateKeySecretName: 'zerossl-account',
    preferredChain: 'USERTrust RSA Certification Authority',
    profile: 'tlsserver',
    accountBinding: {
      keyId: 'abc',
      key: components.SecretSource.fromStore(components.ClusterSecretStore.fromName('aws-secrets-manager'), { secret: 'zerossl#hmac' }),
    },
    caCertificate: PEM,
  }));
  certManager.addIssuer('openbao', IssuerType.vault({
    ...openbao, mountPath: 'clusters/production', serviceAccountName: 'issuer', audiences: ['bao'], vaultNamespace: 'platform', caCertificate: PEM,
  }));
  certManager.addIssuer('root', IssuerType.selfSigned());
  certManager.addIssuer('internal', IssuerType.ca({
    secret: components.SecretSource.fromName('internal-ca'),
    crlDistributionPoints: ['http://crl.acme.org/ca.crl'],
    ocspServers: ['http://ocsp.acme.org'],
  }));
  expect(manifestsOf(certManager)).toMatchSnapshot();
});

test('values win over what the component sets', () => {
  const platform = Testing.platform();
  new CertManager(platform, 'cert-manager', { values: { webhook: { replicaCount: 2 }, config: { gatewayAPI: { enableListenerSet: true } } }, gatewayApi: true });
  Testing.repository(platform).hasObject('HelmRelease', 'cert-manager', {
    spec: { values: { replicaCount: 1, webhook: { replicaCount: 2 }, config: { gatewayAPI: { enabled: true, enableListenerSet: true } } } },
  });
});

test('its webhook has as many pods as its controller, and a disruption budget with more than one', () => {
  const platform = Testing.platform();
  new CertManager(platform, 'cert-manager', { replicas: 2 });
  const budget = { replicaCount: 2, podDisruptionBudget: { enabled: true } };
  Testing.repository(platform).hasObject('HelmRelease', 'cert-manager', { spec: { values: { ...budget, webhook: budget, cainjector: budget } } });
});

test('its first issuer is the one that others are given', () => {
  const certManager = new CertManager(Testing.platform(), 'cert-manager');
  expect(() => certManager.issuer).toThrow(new Error(
    'cert-manager is asked for its issuer and has none; expected at least one: add it with addIssuer.',
  ));
  const first = certManager.addIssuer('letsencrypt', IssuerType.acme({ route53: {} }));
  certManager.addIssuer('openbao', IssuerType.vault(openbao));
  expect(certManager.issuer).toBe(first);
  expect([first.issuerKind, first.issuerName]).toEqual(['ClusterIssuer', 'letsencrypt']);
});

describe('on AWS', () => {
  test('it may prove names in every zone, and change no other records', () => {
    const certManager = new CertManager(Testing.platform(), 'cert-manager');
    certManager.addIssuer('letsencrypt', IssuerType.acme({ route53: {} }));
    expect(statementsOf(certManager)).toEqual([
      { Effect: 'Allow', Action: ['route53:GetChange'], Resource: ['arn:aws:route53:::change/*'] },
      {
        Effect: 'Allow',
        Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
        Resource: ['arn:aws:route53:::hostedzone/*'],
        Condition: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
      },
      { Effect: 'Allow', Action: ['route53:ListHostedZonesByName'], Resource: ['*'] },
    ]);
    expect(certManager.serviceAccount).toEqual(components.ServiceAccountReference.fromName('cert-manager', 'security'));
  });

  test('its rights are narrowed to the zones that are said, in the partition', () => {
    const certManager = new CertManager(Testing.platform(), 'cert-manager', { hostedZoneIds: ['Z1', 'Z2'], partition: 'aws-us-gov' });
    certManager.addIssuer('letsencrypt', IssuerType.acme({ route53: {} }));
    expect(statementsOf(certManager).map(({ Resource }) => Resource)).toEqual([
      ['arn:aws-us-gov:route53:::change/*'], ['arn:aws-us-gov:route53:::hostedzone/Z1', 'arn:aws-us-gov:route53:::hostedzone/Z2'], ['*'],
    ]);
  });

  test('no zones are listed where every issuer says its own', () => {
    const certManager = new CertManager(Testing.platform(), 'cert-manager');
    certManager.addIssuer('staging', IssuerType.acme({ server: IssuerType.LETS_ENCRYPT_STAGING, route53: { hostedZoneId: 'Z1' } }));
    certManager.addIssuer('letsencrypt', IssuerType.acme({ route53: { hostedZoneId: 'Z1' } }));
    expect(statementsOf(certManager).map(({ Resource }) => Resource)).toEqual([['arn:aws:route53:::change/*'], ['arn:aws:route53:::hostedzone/Z1']]);
  });

  test('it assumes the roles of other accounts, and needs no more for them', () => {
    const certManager = new CertManager(Testing.platform(), 'cert-manager');
    for (const name of ['one', 'two']) {
      certManager.addIssuer(name, IssuerType.acme({ route53: { role: 'arn:aws:iam::210987654321:role/dns' } }));
    }
    expect(statementsOf(certManager)).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: ['arn:aws:iam::210987654321:role/dns'] },
    ]);
  });

  test('it does nothing for issuers that do not use Route 53', () => {
    const certManager = new CertManager(Testing.platform(), 'cert-manager');
    certManager.addIssuer('openbao', IssuerType.vault(openbao));
    certManager.addIssuer('root', IssuerType.selfSigned());
    expect(certManager.awsStatements).toEqual([]);
  });
});

test('may ask for tokens of the ServiceAccount that authenticates with OpenBao, and says so once', () => {
  const platform = Testing.platform();
  const certManager = new CertManager(platform, 'cert-manager');
  certManager.addIssuer('openbao', IssuerType.vault(openbao));
  certManager.addIssuer('openbao-internal', IssuerType.vault({ ...openbao, path: 'internal/sign/platform' }));
  const repository = Testing.repository(platform);
  repository.hasObject('Role', 'cert-manager-token-cert-manager', {
    metadata: { namespace: 'security' },
    rules: [{ apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames: ['cert-manager'], verbs: ['create'] }],
  });
  repository.hasObject('ClusterIssuer', 'openbao', {
    spec: { vault: { auth: { kubernetes: { mountPath: '/v1/auth/kubernetes', role: 'cert-manager', serviceAccountRef: { name: 'cert-manager' } } } } },
  });
  expect(repository.paths.filter(path => path.includes('token'))).toEqual([
    'security/base/cert-manager/role-cert-manager-token-cert-manager.yaml', 'security/base/cert-manager/rolebinding-cert-manager-token-cert-manager.yaml',
  ]);
});

test('says where its metrics are', () => {
  expect(new CertManager(Testing.platform(), 'cert-manager').metricsEndpoints.map(({ name, matchLabels, port }) => [name, matchLabels, port])).toEqual([
    ['cert-manager', { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/instance': 'cert-manager' }, 'http-metrics'],
    ['cert-manager-webhook', { 'app.kubernetes.io/name': 'webhook', 'app.kubernetes.io/instance': 'cert-manager' }, 'metrics'],
    ['cert-manager-cainjector', { 'app.kubernetes.io/name': 'cainjector', 'app.kubernetes.io/instance': 'cert-manager' }, 'http-metrics'],
  ]);
});

test('refuses what it cannot run with', () => {
  const platform = Testing.platform();
  const certManager = new CertManager(platform, 'cert-manager', {
    replicas: 0, webhookReplicas: 1.5, logLevel: 7, recursiveNameservers: ['1.1.1.1'], hostedZoneIds: ['/hostedzone/Z1'],
  });
  certManager.addIssuer('letsencrypt', IssuerType.acme({ http01: { gateway: Gateway.fromName('edge', 'infrastructure') } }));
  expect(refusalOf(platform)).toEqual([
    'cert-manager: cert-manager has the hosted zone "/hostedzone/Z1"; expected its id alone, such as Z0123456789ABC: leave out what is around it.',
    'cert-manager: cert-manager has the issuer "letsencrypt", which proves names through a Gateway, and does not look at Gateways; expected both or neither: '
    + 'set gatewayApi.',
    'cert-manager: cert-manager has the log level 7; expected a whole number from 0 to 6: correct it, or leave it out.',
    'cert-manager: cert-manager has the nameserver "1.1.1.1"; expected an address with its port, such as 1.1.1.1:53, or an https:// URL: correct it.',
    'cert-manager: cert-manager is given 0 for replicas; expected a whole number from 1: correct it, or leave it out.',
    'cert-manager: cert-manager is given 1.5 for webhookReplicas; expected a whole number from 1: correct it, or leave it out.',
  ]);
});

test('refuses to ask nobody, and to write nowhere', () => {
  const platform = Testing.platform();
  new CertManager(platform, 'cert-manager', { recursiveNameserversOnly: true, hostedZoneIds: [] });
  expect(refusalOf(platform)).toEqual([
    'cert-manager: cert-manager asks its recursive nameservers alone and has none; expected at least one: name it in recursiveNameservers.',
    'cert-manager: cert-manager may change records in no hosted zone; expected at least one: name it, or leave hostedZoneIds out.',
  ]);
});

describe('an issuer', () => {
  function refusal(type: components.IssuerType): string[] {
    const platform = Testing.platform();
    new CertManager(platform, 'cert-manager', { gatewayApi: true }).addIssuer('issuer', type);
    return refusalOf(platform).map(line => line.replace(/^cert-manager\/issuer: the ClusterIssuer "issuer" /, ''));
  }

  test('has a usual name', () => {
    const { LETS_ENCRYPT, LETS_ENCRYPT_STAGING } = IssuerType;
    expect([
      ...[undefined, LETS_ENCRYPT, LETS_ENCRYPT_STAGING, 'https://acme.zerossl.com/v2/DV90'].map(server => IssuerType.acme({ server, route53: {} })),
      IssuerType.vault(openbao), IssuerType.ca({ secret: components.SecretSource.fromName('ca') }), IssuerType.selfSigned(),
    ].map(({ usualName }) => usualName)).toEqual(['letsencrypt', 'letsencrypt', 'letsencrypt-staging', 'acme', 'openbao', 'ca', 'self-signed']);
  });

  test('by ACME needs a way to prove names', () => {
    expect(refusal(IssuerType.acme({}))).toEqual(['has no way to prove that a name is yours; expected one: say route53, or http01.']);
  });

  test('with two ways has to say which names one of them is for', () => {
    expect(refusal(IssuerType.acme({ route53: {}, http01: { gateway: Gateway.fromName('edge', 'infrastructure') } }))).toEqual([
      'proves names in Route 53 and over HTTP, and does not say which in Route 53; expected the domains of one, because the other would never be used: '
      + 'name them in dnsZones of route53.',
    ]);
  });

  test('is refused for what cert-manager or the authority would refuse', () => {
    expect(refusal(IssuerType.acme({
      email: 'platform', server: 'acme.example.com', preferredChain: 'x'.repeat(65), route53: { hostedZoneId: 'hostedzone/Z1', dnsZones: [] },
    }))).toEqual([
      'has the email address "platform"; expected one such as platform@acme.org: correct it.',
      'has the hosted zone "hostedzone/Z1"; expected its id alone, such as Z0123456789ABC: leave out what is around it.',
      'has the server "acme.example.com"; expected a URL that begins with https://: correct it.',
      `prefers the chain of "${'x'.repeat(65)}", which has 65 characters; expected at most 64: give the common name of its root.`,
      'proves the names of no domain; expected at least one: name it in dnsZones, or leave them out for every name.',
    ]);
  });

  test('proves names at a listener for plain HTTP on port 80, and no other', () => {
    const platform = Testing.platform();
    const certManager = new CertManager(platform, 'cert-manager', { gatewayApi: true });
    const gateway = new Gateway(certManager, 'edge', {
      className: 'cilium',
      listeners: [
        GatewayListener.http({ port: 8080, name: 'odd', allowedRoutes: AllowedRoutes.all() }),
        GatewayListener.tlsPassthrough(),
      ],
    });
    certManager.addIssuer('any', IssuerType.acme({ http01: { gateway } }));
    certManager.addIssuer('odd', IssuerType.acme({ http01: { gateway, listener: 'odd' } }));
    expect(refusalOf(platform)).toEqual([
      'cert-manager/any: the ClusterIssuer "any" proves names over HTTP at the Gateway "edge", which does not take plain HTTP on port 80; expected a listener that '
      + 'does: add GatewayListener.http(…), or take another Gateway.',
      'cert-manager/odd: the ClusterIssuer "odd" proves names over HTTP at the listener "odd" of the Gateway "edge", which does not take plain HTTP on port 80; '
      + 'expected a listener that does: add GatewayListener.http(…), or take another Gateway.',
    ]);
  });

  test('of OpenBao has the path that signs', () => {
    expect(refusal(IssuerType.vault({ ...openbao, server: 'bao', path: 'pki' }))).toEqual([
      'has the path "pki"; expected the one that signs, <mount>/sign/<role>, without a slash first: correct it.',
      'has the server "bao"; expected a URL that begins with https:// or http://: correct it.',
    ]);
    expect(refusal(IssuerType.vault({ ...openbao, path: 'pki/issuer/root/sign/web' }))).toEqual([]);
    expect(refusal(IssuerType.vault({ ...openbao, path: 'a/../sign/web' }))).toHaveLength(1);
  });

  test('has its authority in a Secret with certificate and key', () => {
    const store = components.ClusterSecretStore.fromName('aws-secrets-manager');
    const certManager = new CertManager(Testing.platform(), 'cert-manager');
    const type = IssuerType.ca({ secret: components.SecretSource.fromStore(store, { 'tls.crt': 'ca#certificate' }) });
    expect(() => certManager.addIssuer('ca', type)).toThrow(new Error(
      'cert-manager/ca needs the key tls.key in its Secret "ca-ca", which has tls.crt; expected tls.crt, tls.key: name each of them.',
    ));
  });
});

test('an Issuer is for its namespace, and not for Route 53, where cert-manager uses its own identity for a ClusterIssuer alone', () => {
  const platform = Testing.platform();
  const certManager = new CertManager(platform, 'cert-manager');
  const { issuerName, issuerKind, issuerType } = new components.Issuer(certManager, 'team', { type: IssuerType.acme({ route53: {} }) });
  expect([issuerName, issuerKind, issuerType!.usualName]).toEqual(['team', 'Issuer', 'letsencrypt']);
  expect(refusalOf(platform)).toEqual([
    'cert-manager/team: the Issuer "team" proves names in Route 53 with cert-manager\'s own identity, which cert-manager uses for no Issuer; expected a '
    + 'ClusterIssuer: make it one.',
  ]);
});

test('issuers that the program does not make are known by name', () => {
  expect(components.ClusterIssuer.fromName('letsencrypt')).toEqual({ issuerName: 'letsencrypt', issuerKind: 'ClusterIssuer' });
  expect(components.Issuer.fromName('team')).toEqual({ issuerName: 'team', issuerKind: 'Issuer' });
});
