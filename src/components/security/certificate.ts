import { isIP } from 'net';
import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ISecretReference } from './external-secret';
import { IIssuer } from './issuer';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { filled } from '../../flux/reference';
import { variableUses } from '../../synth/substitution';
import { hostnameProblems } from '../infrastructure/hostname';

/** Algorithm of a private key. */
export enum PrivateKeyAlgorithm {
  RSA = 'RSA',
  ECDSA = 'ECDSA',
  ED25519 = 'Ed25519',
}

/** What becomes of the private key when a certificate is renewed. */
export enum PrivateKeyRotation {
  /** Each certificate has a key of its own. */
  ALWAYS = 'Always',
  /** The key stays. */
  NEVER = 'Never',
}

/** How a private key is written into the Secret. */
export enum PrivateKeyEncoding {
  PKCS1 = 'PKCS1',
  PKCS8 = 'PKCS8',
}

/** What a certificate may be used for. */
export enum CertificateUsage {
  DIGITAL_SIGNATURE = 'digital signature',
  CONTENT_COMMITMENT = 'content commitment',
  KEY_ENCIPHERMENT = 'key encipherment',
  KEY_AGREEMENT = 'key agreement',
  DATA_ENCIPHERMENT = 'data encipherment',
  CERT_SIGN = 'cert sign',
  CRL_SIGN = 'crl sign',
  ANY = 'any',
  SERVER_AUTH = 'server auth',
  CLIENT_AUTH = 'client auth',
  CODE_SIGNING = 'code signing',
  EMAIL_PROTECTION = 'email protection',
  TIMESTAMPING = 'timestamping',
  OCSP_SIGNING = 'ocsp signing',
}

/** The private key of a certificate. */
export interface CertificatePrivateKey {
  /**
   * @default PrivateKeyAlgorithm.RSA
   */
  readonly algorithm?: PrivateKeyAlgorithm;

  /**
   * Bits: from 2048 to 8192 for RSA; 256, 384 or 521 for ECDSA; none for Ed25519.
   *
   * @default - 2048 for RSA, 256 for ECDSA
   */
  readonly size?: number;

  /**
   * @default PrivateKeyRotation.ALWAYS
   */
  readonly rotation?: PrivateKeyRotation;

  /**
   * @default PrivateKeyEncoding.PKCS1
   */
  readonly encoding?: PrivateKeyEncoding;
}

export interface CertificateProps {
  /**
   * Metadata of the Certificate; its Secret has the same name.
   *
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** What signs it. */
  readonly issuer: IIssuer;

  /**
   * DNS names that it is for; `*.example.com` for every name right below a domain.
   *
   * @default - none; at least one name of some kind has to be said
   */
  readonly dnsNames?: string[];

  /**
   * IP addresses that it is for.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];

  /**
   * URIs that it is for: `spiffe://cluster.local/ns/apps/sa/shop`.
   *
   * @default - none
   */
  readonly uris?: string[];

  /**
   * Email addresses that it is for.
   *
   * @default - none
   */
  readonly emailAddresses?: string[];

  /**
   * Common name: at most 64 characters. Clients of TLS look at the names above alone; an authority needs one.
   *
   * @default - none
   */
  readonly commonName?: string;

  /**
   * Organizations of its subject.
   *
   * @default - none
   */
  readonly organizations?: string[];

  /**
   * Whether it is an authority's, and may sign others.
   *
   * @default false
   */
  readonly isCa?: boolean;

  /**
   * How long it is valid, an hour at least. Authorities that speak ACME decide that themselves.
   *
   * @default - 90 days
   */
  readonly duration?: Duration;

  /**
   * How long before its end it is renewed: five minutes at least, and less than `duration`.
   *
   * @default - a third of its time
   */
  readonly renewBefore?: Duration;

  /**
   * Its private key.
   *
   * @default - RSA of 2048 bits, a new one each time
   */
  readonly privateKey?: CertificatePrivateKey;

  /**
   * What it may be used for.
   *
   * @default - digital signature and key encipherment: a server
   */
  readonly usages?: CertificateUsage[];

  /**
   * Labels of the Secret.
   *
   * @default - none
   */
  readonly secretLabels?: { [label: string]: string };

  /**
   * Annotations of the Secret.
   *
   * @default - none
   */
  readonly secretAnnotations?: { [annotation: string]: string };
}

const KEY_SIZES = {
  [PrivateKeyAlgorithm.RSA]: { allows: (size: number) => Number.isInteger(size) && size >= 2048 && size <= 8192, words: 'from 2048 to 8192 bits' },
  [PrivateKeyAlgorithm.ECDSA]: { allows: (size: number) => [256, 384, 521].includes(size), words: '256, 384 or 521 bits' },
  [PrivateKeyAlgorithm.ED25519]: { allows: () => false, words: 'no size, because there is one alone' },
};

/**
 * A certificate that cert-manager obtains and renews, in a Secret.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class Certificate extends TypedObject implements ISecretReference {
  private readonly props: CertificateProps;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id, 'cert-manager.io/v1', 'Certificate', props.metadata);
    this.props = props;
  }

  /** Name of the Secret. */
  public get secretName(): string {
    return this.name;
  }

  /** Keys of the Secret; the authority's certificate is among them unless the issuer is known to speak ACME, which hands out none. */
  public get secretKeys(): string[] | undefined {
    const { issuerType } = this.props.issuer;
    return ['tls.crt', 'tls.key', ...issuerType && !issuerType._tellsAuthority ? [] : ['ca.crt']];
  }

  /** @internal */
  protected _spec(): object {
    const { issuer, commonName, organizations, isCa, duration, renewBefore, privateKey, secretLabels, secretAnnotations, usages } = this.props;
    const { dnsNames, ipAddresses, uris, emailAddresses } = this.props;
    return {
      secretName: this.secretName,
      secretTemplate: filled({ labels: filled(secretLabels), annotations: filled(secretAnnotations) }),
      isCA: isCa,
      commonName,
      subject: organizations && { organizations },
      dnsNames,
      ipAddresses,
      uris,
      emailAddresses,
      duration: duration && goDuration(duration),
      renewBefore: renewBefore && goDuration(renewBefore),
      privateKey: privateKey && filled({
        algorithm: privateKey.algorithm, encoding: privateKey.encoding, size: privateKey.size, rotationPolicy: privateKey.rotation,
      }),
      usages,
      issuerRef: { group: issuer.issuerGroup ?? 'cert-manager.io', kind: issuer.issuerKind, name: issuer.issuerName },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const start = `the Certificate "${this.name}"`;
    return [...this.nameProblems(start), ...durationProblems(start, this.props), ...keyProblems(start, this.props), ...this.issuerProblems(start)];
  }

  private nameProblems(start: string): string[] {
    const { dnsNames = [], ipAddresses = [], uris = [], emailAddresses = [], commonName } = this.props;
    const wrongAddress = ipAddresses.find(address => isIP(address) === 0 && variableUses(address).length === 0);
    return [
      ...commonName !== undefined || dnsNames.length + ipAddresses.length + uris.length + emailAddresses.length > 0 ? [] : [
        `${start} is for no name; expected at least one: say what it is for with dnsNames, ipAddresses, uris, emailAddresses or commonName.`,
      ],
      ...(commonName ?? '').length <= 64 || variableUses(commonName!).length > 0 ? [] : [
        `${start} has the common name "${commonName}", which has ${commonName!.length} characters; expected at most 64: leave it out, and say the name in dnsNames.`,
      ],
      ...dnsNames.flatMap(name => hostnameProblems(`${start} is one`, name)),
      ...wrongAddress === undefined ? [] : [`${start} is for the IP address "${wrongAddress}"; expected one of IPv4 or IPv6: correct it, or move it to dnsNames.`],
    ];
  }

  private issuerProblems(start: string): string[] {
    const { issuer, dnsNames = [], ipAddresses = [], uris = [], emailAddresses = [], commonName, isCa } = this.props;
    const unprovable = [...uris.length > 0 ? ['uris'] : [], ...emailAddresses.length > 0 ? ['emailAddresses'] : [], ...isCa ? ['isCa'] : []];
    const elsewhere = issuer instanceof TypedObject && issuer.issuerKind === 'Issuer' ? issuer.apiObject.metadata.namespace : undefined;
    const own = this.apiObject.metadata.namespace;
    return [
      ...elsewhere === undefined || elsewhere === own ? [] : [
        `${start} in ${own} is signed by the Issuer "${issuer.issuerName}" in ${elsewhere}; expected one of its own namespace, because an Issuer signs for no other: `
        + 'make it a ClusterIssuer, or another Issuer.',
      ],
      ...issuer.issuerType?._refusals(start, { dnsNames, ipAddresses, commonName, unprovable }) ?? [],
    ];
  }
}

/** What cert-manager's webhook says to them. */
function durationProblems(start: string, { duration, renewBefore }: CertificateProps): string[] {
  const valid = duration ?? Duration.days(90);
  return [
    ...valid.toMilliseconds() >= Duration.hours(1).toMilliseconds() ? [] : [
      `${start} is valid for ${goDuration(valid)}; expected an hour at least, because cert-manager refuses less: lengthen duration.`,
    ],
    ...renewBefore === undefined || renewBefore.toMilliseconds() >= Duration.minutes(5).toMilliseconds() ? [] : [
      `${start} is renewed ${goDuration(renewBefore)} before its end; expected five minutes at least, because cert-manager refuses less: lengthen renewBefore.`,
    ],
    ...renewBefore === undefined || renewBefore.toMilliseconds() < valid.toMilliseconds() ? [] : [
      `${start} is renewed ${goDuration(renewBefore)} before its end and valid for ${goDuration(valid)}; expected less, because cert-manager refuses more: `
      + 'shorten renewBefore, or lengthen duration.',
    ],
  ];
}

function keyProblems(start: string, { privateKey }: CertificateProps): string[] {
  const { algorithm = PrivateKeyAlgorithm.RSA, size } = privateKey ?? {};
  const { allows, words } = KEY_SIZES[algorithm];
  return size === undefined || allows(size) ? [] : [`${start} has a private key for ${algorithm} of ${size} bits; expected ${words}: correct its size, or leave it out.`];
}
