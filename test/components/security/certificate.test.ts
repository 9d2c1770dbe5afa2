import { Duration } from 'cdk8s';
import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { Certificate, CertificateUsage, ClusterIssuer, Gateway, Issuer, IssuerType } = components;
const { PrivateKeyAlgorithm, PrivateKeyEncoding, PrivateKeyRotation } = components;
const issuer = ClusterIssuer.fromName('letsencrypt');

/** What synth says against a certificate, without its beginning. */
function refusal(props: Partial<components.CertificateProps>): string[] {
  const { platform, component } = stand();
  new Certificate(component, 'web', { issuer, ...props });
  return refusalOf(platform).map(line => line.replace(/^stand\/web: the Certificate "web" /, ''));
}

/** The same of a certificate for a name that nothing is wrong with. */
function refusalOfName(props: Partial<components.CertificateProps>): string[] {
  return refusal({ dnsNames: ['web.example.com'], ...props });
}

test('defaults', () => {
  const { platform, component } = stand();
  const certificate = new Certificate(component, 'web', { issuer, dnsNames: ['web.example.com'] });
  expect(fileOf(platform, 'certificate', 'web')).toBe(`\
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
  namespace: team
spec:
  secretName: web
  dnsNames:
    - web.example.com
  issuerRef:
    group: cert-manager.io
    kind: ClusterIssuer
    name: letsencrypt
`);
  expect(certificate.secretName).toBe('web');
  expect(certificate.secretKeys).toEqual(['tls.crt', 'tls.key', 'ca.crt']);
});

test('everything set', () => {
  const { platform, component } = stand();
  new Certificate(component, 'web', {
    metadata: { name: 'web-tls', namespace: 'shop' },
    issuer: { issuerName: 'private', issuerKind: 'AWSPCAClusterIssuer', issuerGroup: 'awspca.cert-manager.io' },
    dnsNames: ['*.example.com', 'example.com'],
    ipAddresses: ['10.0.0.1', '2001:db8::1'],
    uris: ['spiffe://cluster.local/ns/shop/sa/web'],
    emailAddresses: ['web@example.com'],
    commonName: 'example.com',
    organizations: ['Acme'],
    isCa: true,
    duration: Duration.days(30),
    renewBefore: Duration.days(10),
    privateKey: { algorithm: PrivateKeyAlgorithm.ECDSA, size: 384, rotation: PrivateKeyRotation.NEVER, encoding: PrivateKeyEncoding.PKCS8 },
    usages: [CertificateUsage.SERVER_AUTH, CertificateUsage.CLIENT_AUTH, CertificateUsage.CERT_SIGN],
    secretLabels: { team: 'shop' },
    secretAnnotations: { 'reflector.example.com/allowed': 'true' },
  });
  expect(fileOf(platform, 'certificate', 'web-tls')).toMatchSnapshot();
});

test('the authority is in its Secret, unless it speaks ACME, which hands out none', () => {
  const { component } = stand();
  const acme = new ClusterIssuer(component, 'letsencrypt', { type: IssuerType.acme({ route53: {} }) });
  const root = new ClusterIssuer(component, 'root', { type: IssuerType.selfSigned() });
  expect(new Certificate(component, 'web', { issuer: acme, dnsNames: ['web.example.com'] }).secretKeys).toEqual(['tls.crt', 'tls.key']);
  expect(new Certificate(component, 'ca', { issuer: root, commonName: 'Acme', isCa: true }).secretKeys).toEqual(['tls.crt', 'tls.key', 'ca.crt']);
});

test('an authority of one\'s own begins with a certificate that signs itself', () => {
  const { platform, component } = stand();
  const root = new Issuer(component, 'root', { type: IssuerType.selfSigned() });
  const authority = new Certificate(component, 'authority', { issuer: root, commonName: 'Acme', isCa: true });
  const internal = new Issuer(component, 'internal', { type: IssuerType.ca({ secret: components.SecretSource.fromSecret(authority) }) });
  new Certificate(component, 'web', { issuer: internal, dnsNames: ['web.team.svc'] });
  expect(fileOf(platform, 'issuer', 'internal')).toContain('spec:\n  ca:\n    secretName: authority\n');
  expect(fileOf(platform, 'certificate', 'web')).toContain('    kind: Issuer\n    name: internal\n');
});

describe('a certificate is refused', () => {
  test('without a name', () => {
    expect(refusal({})).toEqual(['is for no name; expected at least one: say what it is for with dnsNames, ipAddresses, uris, emailAddresses or commonName.']);
  });

  test('for names that are none', () => {
    expect(refusal({ dnsNames: ['Web.example.com', '10.0.0.1'], ipAddresses: ['10.0.0'] })).toEqual([
      'is for the IP address "10.0.0"; expected one of IPv4 or IPv6: correct it, or move it to dnsNames.',
      'is one with the hostname "10.0.0.1"; expected a DNS name in lower-case letters, in which "*." may come first, and at most 253 characters: correct it.',
      'is one with the hostname "Web.example.com"; expected a DNS name in lower-case letters, in which "*." may come first, and at most 253 characters: correct it.',
    ]);
  });

  test('for a common name that is too long', () => {
    expect(refusal({ commonName: 'x'.repeat(65) })).toEqual([
      `has the common name "${'x'.repeat(65)}", which has 65 characters; expected at most 64: leave it out, and say the name in dnsNames.`,
    ]);
  });

  test('where it is valid for less than an hour', () => {
    expect(refusalOfName({ duration: Duration.minutes(59) })).toEqual([
      'is valid for 59m; expected an hour at least, because cert-manager refuses less: lengthen duration.',
    ]);
    expect(refusalOfName({ duration: Duration.hours(1) })).toEqual([]);
  });

  test('where it is renewed too late, or for ever', () => {
    expect(refusalOfName({ renewBefore: Duration.minutes(4) })).toEqual([
      'is renewed 4m before its end; expected five minutes at least, because cert-manager refuses less: lengthen renewBefore.',
    ]);
    expect(refusalOfName({ duration: Duration.days(10), renewBefore: Duration.days(10) })).toEqual([
      'is renewed 240h before its end and valid for 240h; expected less, because cert-manager refuses more: shorten renewBefore, or lengthen duration.',
    ]);
    expect(refusalOfName({ renewBefore: Duration.days(90) })).toEqual([
      'is renewed 2160h before its end and valid for 2160h; expected less, because cert-manager refuses more: shorten renewBefore, or lengthen duration.',
    ]);
  });

  test.each<[components.CertificatePrivateKey, string]>([
    [{ size: 1024 }, 'has a private key for RSA of 1024 bits; expected from 2048 to 8192 bits: correct its size, or leave it out.'],
    [
      { algorithm: PrivateKeyAlgorithm.ECDSA, size: 512 },
      'has a private key for ECDSA of 512 bits; expected 256, 384 or 521 bits: correct its size, or leave it out.',
    ],
    [
      { algorithm: PrivateKeyAlgorithm.ED25519, size: 256 },
      'has a private key for Ed25519 of 256 bits; expected no size, because there is one alone: correct its size, or leave it out.',
    ],
  ])('for the private key %j', (privateKey, message) => {
    expect(refusalOfName({ privateKey })).toEqual([message]);
  });

  test('by an Issuer of another namespace', () => {
    const { platform, component } = stand();
    const other = new Issuer(component, 'root', { metadata: { namespace: 'other' }, type: IssuerType.selfSigned() });
    new Certificate(component, 'web', { issuer: other, dnsNames: ['web.example.com'] });
    expect(refusalOf(platform)).toEqual([
      'stand/web: the Certificate "web" in team is signed by the Issuer "root" in other; expected one of its own namespace, because an Issuer signs for no other: '
      + 'make it a ClusterIssuer, or another Issuer.',
    ]);
  });

  test('for what ACME proves no names of', () => {
    const { platform, component } = stand();
    const acme = new ClusterIssuer(component, 'letsencrypt', { type: IssuerType.acme({ http01: { gateway: Gateway.fromName('edge', 'team') } }) });
    new Certificate(component, 'web', { issuer: acme, dnsNames: ['*.example.com'], commonName: 'example.com', uris: ['urn:a'], isCa: true });
    expect(refusalOf(platform)).toEqual([
      'stand/web: the Certificate "web" has isCa, for which ACME signs no certificates; expected dnsNames and ipAddresses alone: leave isCa out, or take another issuer.',
      'stand/web: the Certificate "web" has the common name "example.com", which is none of its names; expected one of them, because ACME proves each: add it to dnsNames.',
      'stand/web: the Certificate "web" has uris, for which ACME signs no certificates; expected dnsNames and ipAddresses alone: leave uris out, or take another issuer.',
      'stand/web: the Certificate "web" is for "*.example.com", and its issuer proves names over HTTP alone; expected one that proves them by DNS, because ACME allows '
      + 'wildcards for no other: take an issuer with route53.',
    ]);
  });
});

test('names of which a variable is a part are not judged', () => {
  expect(refusal({ dnsNames: ['*.${domain}'], ipAddresses: ['${address}'], commonName: '${name}'.repeat(12) }).filter(line => line.includes('expected'))).toEqual([]);
});
