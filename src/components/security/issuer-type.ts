import { Construct } from 'constructs';
import { SecretSource } from './secret-source';
import { nameRef } from '../../flux/reference';
import { variableUses } from '../../synth/substitution';
import { RouteParent } from '../infrastructure/attachment';

/** The ServiceAccount of cert-manager's controller. @internal */
export const CERT_MANAGER = 'cert-manager';

const EAB_KEY = 'secret';
const HTTP_PORT = 80;

/** How the names in hosted zones of Route 53 are proven: by a record in the zone (DNS-01). */
export interface AcmeRoute53Options {
  /**
   * AWS region that is asked for credentials; Route 53 itself has none.
   *
   * @default - that of the pod, which EKS Pod Identity sets
   */
  readonly region?: string;

  /**
   * Id of the hosted zone: `Z…`. With it, zones need not be listed.
   *
   * @default - the zone is looked up by the name of the certificate
   */
  readonly hostedZoneId?: string;

  /**
   * ARN of a role that is assumed, for zones of another account. It has to allow `sts:AssumeRole` and `sts:TagSession`.
   *
   * @default - none: cert-manager's own identity
   */
  readonly role?: string;

  /**
   * Domains whose names are proven like this, with all names below them.
   *
   * @default - every name; with `http01` they have to be said
   */
  readonly dnsZones?: string[];
}

/** How names are proven over HTTP, on port 80 of a Gateway (HTTP-01). Names with a wildcard cannot be. */
export interface AcmeHttp01Options extends RouteParent {
  /**
   * Domains whose names are proven like this, with all names below them.
   *
   * @default - every name that nothing else is for
   */
  readonly dnsZones?: string[];
}

/** An account that exists already, for an authority that wants one. */
export interface AcmeAccountBinding {
  /** Id of the key that the authority gave out. */
  readonly keyId: string;

  /** The key, base64url without padding as the authority gave it out, at the key `secret`. */
  readonly key: SecretSource;
}

export interface AcmeIssuerOptions {
  /**
   * Email address of the account.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * URL of the authority's directory.
   *
   * @default IssuerType.LETS_ENCRYPT
   */
  readonly server?: string;

  /**
   * Names are proven by records in Route 53.
   *
   * @default - they are not; `route53` or `http01` has to be said
   */
  readonly route53?: AcmeRoute53Options;

  /**
   * Names are proven over HTTP, through a Gateway. cert-manager needs `gatewayApi` for it.
   *
   * @default - they are not; `route53` or `http01` has to be said
   */
  readonly http01?: AcmeHttp01Options;

  /**
   * Secret in which cert-manager keeps the key of the account.
   *
   * @default - `<name of the issuer>-account-key`
   */
  readonly privateKeySecretName?: string;

  /**
   * Common name of the root at the end of the chain that is taken, where the authority offers several: at most 64 characters.
   *
   * @default - the chain that the authority offers first
   */
  readonly preferredChain?: string;

  /**
   * Profile of the certificates, one of those that the authority's directory lists: `tlsserver`, `shortlived`.
   *
   * @default - the authority's usual one
   */
  readonly profile?: string;

  /**
   * An account that exists already.
   *
   * @default - cert-manager registers one
   */
  readonly accountBinding?: AcmeAccountBinding;

  /**
   * Certificate of the authority that signed the server's own, in PEM.
   *
   * @default - those that cert-manager's image trusts
   */
  readonly caCertificate?: string;
}

export interface VaultIssuerOptions {
  /** URL of the server: `https://bao.example.com:8200`. */
  readonly server: string;

  /** Path that signs: `<mount of the PKI engine>/sign/<its role>`. */
  readonly path: string;

  /** Role of the Kubernetes authentication. */
  readonly role: string;

  /**
   * Path that the Kubernetes authentication is mounted at.
   *
   * @default 'kubernetes'
   */
  readonly mountPath?: string;

  /**
   * ServiceAccount that authenticates, in the namespace of the issuer; of cert-manager for a ClusterIssuer.
   *
   * @default - `cert-manager`, its own
   */
  readonly serviceAccountName?: string;

  /**
   * Audiences of the token beside `vault://<issuer>` and the server.
   *
   * @default - none
   */
  readonly audiences?: string[];

  /**
   * Namespace of OpenBao or Vault Enterprise.
   *
   * @default - the root namespace
   */
  readonly vaultNamespace?: string;

  /**
   * Certificate of the authority that signed the server's, in PEM.
   *
   * @default - those that cert-manager's image trusts
   */
  readonly caCertificate?: string;
}

export interface CaIssuerOptions {
  /** The authority's certificate and key, at the keys `tls.crt` and `tls.key`: what a `Certificate` with `isCa` makes. */
  readonly secret: SecretSource;

  /**
   * URLs of lists of what was revoked, written into each certificate.
   *
   * @default - none
   */
  readonly crlDistributionPoints?: string[];

  /**
   * URLs of OCSP servers, written into each certificate.
   *
   * @default - none
   */
  readonly ocspServers?: string[];
}

/** The names of a certificate, as an issuer judges them. @internal */
export interface RequestedNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly commonName?: string;
  /** Props that ACME signs no certificates for. */
  readonly unprovable: readonly string[];
}

/** What an issuer is, before there is a scope to make it in. */
interface IssuerFacts {
  readonly usualName: string;
  readonly bind: (scope: Construct, name: string) => object;
  readonly acme?: AcmeIssuerOptions;
  readonly vault?: VaultIssuerOptions;
}

/** What signs certificates. */
export class IssuerType {
  /** Directory of Let's Encrypt. */
  public static readonly LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

  /** Directory of Let's Encrypt for trying things out: no browser trusts its certificates, and its limits are wide. */
  public static readonly LETS_ENCRYPT_STAGING = 'https://acme-staging-v02.api.letsencrypt.org/directory';

  /**
   * An authority that speaks ACME, such as Let's Encrypt.
   *
   * @see https://cert-manager.io/docs/configuration/acme/
   */
  public static acme(options: AcmeIssuerOptions): IssuerType {
    const letsEncrypt = [undefined, IssuerType.LETS_ENCRYPT].includes(options.server);
    return new IssuerType({
      usualName: letsEncrypt ? 'letsencrypt' : options.server === IssuerType.LETS_ENCRYPT_STAGING ? 'letsencrypt-staging' : 'acme',
      bind: (scope, name) => ({ acme: acmeFields(scope, name, options) }),
      acme: options,
    });
  }

  /**
   * The PKI engine of OpenBao, or of HashiCorp Vault, whose API is the same. cert-manager authenticates with a token of a ServiceAccount,
   * which it has to be allowed to ask for: `CertManager.addIssuer` sees to that, another scope does not.
   *
   * @see https://cert-manager.io/docs/configuration/vault/
   */
  public static vault(options: VaultIssuerOptions): IssuerType {
    return new IssuerType({ usualName: 'openbao', bind: () => ({ vault: vaultFields(options) }), vault: options });
  }

  /**
   * An authority whose key is in a Secret of the cluster.
   *
   * @see https://cert-manager.io/docs/configuration/ca/
   */
  public static ca(options: CaIssuerOptions): IssuerType {
    const { secret, crlDistributionPoints, ocspServers } = options;
    return new IssuerType({
      usualName: 'ca',
      bind: (scope, name) => ({
        ca: { secretName: secret._bind(scope, 'secret', { name: `${name}-ca`, keys: ['tls.crt', 'tls.key'] }), crlDistributionPoints, ocspServers },
      }),
    });
  }

  /**
   * Every certificate signs itself: the beginning of an authority of one's own.
   *
   * @see https://cert-manager.io/docs/configuration/selfsigned/
   */
  public static selfSigned(): IssuerType {
    return new IssuerType({ usualName: 'self-signed', bind: () => ({ selfSigned: {} }) });
  }

  /** Name that an issuer of it usually has. */
  public readonly usualName: string;

  private constructor(private readonly facts: IssuerFacts) {
    this.usualName = facts.usualName;
  }

  /** Fields of an issuer, with the Secrets that it needs made in its scope. @internal */
  public _bind(scope: Construct, name: string): object {
    return this.facts.bind(scope, name);
  }

  /** How it uses Route 53. @internal */
  public get _route53(): AcmeRoute53Options | undefined {
    return this.facts.acme?.route53;
  }

  /** Whether it needs cert-manager to know the Gateway API. @internal */
  public get _usesGateway(): boolean {
    return this.facts.acme?.http01 !== undefined;
  }

  /** ServiceAccount that cert-manager asks for a token of. @internal */
  public get _tokenOf(): string | undefined {
    return this.facts.vault && (this.facts.vault.serviceAccountName ?? CERT_MANAGER);
  }

  /** Whether the Secrets of its certificates have the authority's own; ACME hands out none. @internal */
  public get _tellsAuthority(): boolean {
    return this.facts.acme === undefined;
  }

  /** Why cert-manager would not get a certificate from it. @internal */
  public _problems(start: string, kind: string): string[] {
    const { acme, vault } = this.facts;
    return [...acme ? acmeProblems(start, kind, acme) : [], ...vault ? vaultProblems(start, vault) : []];
  }

  /** Why it would not sign a certificate. @internal */
  public _refusals(start: string, names: RequestedNames): string[] {
    return this.facts.acme ? acmeRefusals(start, names, this.facts.acme) : [];
  }
}

function acmeFields(scope: Construct, name: string, options: AcmeIssuerOptions): object {
  const { email, server = IssuerType.LETS_ENCRYPT, route53, http01, privateKeySecretName, preferredChain, profile, accountBinding } = options;
  return {
    server,
    email,
    caBundle: base64(options.caCertificate),
    preferredChain,
    profile,
    privateKeySecretRef: nameRef(privateKeySecretName ?? `${name}-account-key`),
    externalAccountBinding: accountBinding && {
      keyID: accountBinding.keyId,
      keySecretRef: { name: accountBinding.key._bind(scope, 'account-binding', { name: `${name}-account-binding`, keys: [EAB_KEY] }), key: EAB_KEY },
    },
    solvers: [
      ...route53 ? [{ selector: selector(route53.dnsZones), dns01: { route53: route53Fields(route53) } }] : [],
      ...http01 ? [{ selector: selector(http01.dnsZones), http01: { gatewayHTTPRoute: { parentRefs: [gatewayRef(http01)] } } }] : [],
    ],
  };
}

function selector(dnsZones: string[] | undefined): object | undefined {
  return dnsZones && { dnsZones };
}

function route53Fields({ region, hostedZoneId, role }: AcmeRoute53Options): object {
  return { region, hostedZoneID: hostedZoneId, role };
}

/** The HTTPRoute is made in the namespace of the certificate, so that the Gateway's own is said always. */
function gatewayRef({ gateway, listener }: RouteParent): object {
  return { kind: 'Gateway', name: gateway.gatewayName, namespace: gateway.gatewayNamespace, sectionName: listener };
}

function vaultFields(options: VaultIssuerOptions): object {
  const { server, path, role, mountPath = 'kubernetes', serviceAccountName = CERT_MANAGER, audiences } = options;
  return {
    server,
    path,
    namespace: options.vaultNamespace,
    caBundle: base64(options.caCertificate),
    auth: { kubernetes: { mountPath: `/v1/auth/${mountPath}`, role, serviceAccountRef: { name: serviceAccountName, audiences } } },
  };
}

function base64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

function acmeProblems(start: string, kind: string, options: AcmeIssuerOptions): string[] {
  const { email, server = IssuerType.LETS_ENCRYPT, route53, http01, preferredChain } = options;
  return [
    ...urlProblems(start, server, ['https://']),
    ...email === undefined || /^[^@\s]+@[^@\s]+$/.test(email) ? [] : [`${start} has the email address "${email}"; expected one such as platform@acme.org: correct it.`],
    ...route53 ?? http01 ? [] : [`${start} has no way to prove that a name is yours; expected one: say route53, or http01.`],
    ...route53 && http01 && route53.dnsZones === undefined ? [
      `${start} proves names in Route 53 and over HTTP, and does not say which in Route 53; expected the domains of one, because the other would never be used: `
      + 'name them in dnsZones of route53.',
    ] : [],
    ...[route53?.dnsZones, http01?.dnsZones].some(zones => zones?.length === 0) ? [
      `${start} proves the names of no domain; expected at least one: name it in dnsZones, or leave them out for every name.`,
    ] : [],
    ...route53 && kind === 'Issuer' ? [
      `${start} proves names in Route 53 with cert-manager's own identity, which cert-manager uses for no Issuer; expected a ClusterIssuer: make it one.`,
    ] : [],
    ...route53?.hostedZoneId === undefined ? [] : zoneIdProblems(start, [route53.hostedZoneId]),
    ...(preferredChain ?? '').length <= 64 ? [] : [
      `${start} prefers the chain of "${preferredChain}", which has ${preferredChain!.length} characters; expected at most 64: give the common name of its root.`,
    ],
    ...http01 ? gatewayProblems(start, http01) : [],
  ];
}

/** ACME asks on port 80 and nowhere else. */
function gatewayProblems(start: string, { gateway, listener }: RouteParent): string[] {
  const listeners = gateway.gatewayListeners;
  const open = listeners?.filter(({ protocol, port }) => protocol === 'HTTP' && port === HTTP_PORT).map(({ name }) => name);
  return open === undefined || (listener === undefined ? open.length > 0 : open.includes(listener)) ? [] : [
    `${start} proves names over HTTP at ${listener === undefined ? '' : `the listener "${listener}" of `}the Gateway "${gateway.gatewayName}", which does not `
    + `take plain HTTP on port ${HTTP_PORT}; expected a listener that does: add GatewayListener.http(…), or take another Gateway.`,
  ];
}

/** What is wrong with ids of hosted zones. @internal */
export function zoneIdProblems(start: string, zoneIds: readonly string[]): string[] {
  return zoneIds.filter(id => id === '' || id.includes('/')).map(id =>
    `${start} has the hosted zone "${id}"; expected its id alone, such as Z0123456789ABC: leave out what is around it.`);
}

function vaultProblems(start: string, { server, path }: VaultIssuerOptions): string[] {
  return [
    ...urlProblems(start, server, ['https://', 'http://']),
    ...variableUses(path).length > 0 || /^[^/].*\/sign(-verbatim)?(\/|$)/.test(path) && !path.split('/').includes('..') ? [] : [
      `${start} has the path "${path}"; expected the one that signs, <mount>/sign/<role>, without a slash first: correct it.`,
    ],
  ];
}

function urlProblems(start: string, url: string, schemes: readonly string[]): string[] {
  return variableUses(url).length > 0 || schemes.some(scheme => url.startsWith(scheme) && url.length > scheme.length) ? [] : [
    `${start} has the server "${url}"; expected a URL that begins with ${schemes.join(' or ')}: correct it.`,
  ];
}

function acmeRefusals(start: string, { dnsNames, ipAddresses, commonName, unprovable }: RequestedNames, { route53 }: AcmeIssuerOptions): string[] {
  const wildcard = dnsNames.find(name => name.startsWith('*.'));
  return [
    ...unprovable.map(what =>
      `${start} has ${what}, for which ACME signs no certificates; expected dnsNames and ipAddresses alone: leave ${what} out, or take another issuer.`),
    ...commonName === undefined || [...dnsNames, ...ipAddresses].includes(commonName) ? [] : [
      `${start} has the common name "${commonName}", which is none of its names; expected one of them, because ACME proves each: add it to dnsNames.`,
    ],
    ...wildcard === undefined || route53 ? [] : [
      `${start} is for "${wildcard}", and its issuer proves names over HTTP alone; expected one that proves them by DNS, because ACME allows wildcards for no other: `
      + 'take an issuer with route53.',
    ],
  ];
}
