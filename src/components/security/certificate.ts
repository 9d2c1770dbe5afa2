import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ISecretReference } from './external-secret';
import { IIssuer } from './issuer';
import { TypedObject } from '../../flux';

export interface CertificateProps {
  /**
   * Metadata of the Certificate; its Secret has the same name.
   *
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Names that it is for. */
  readonly dnsNames: string[];

  /** What signs it. */
  readonly issuer: IIssuer;
}

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

  /** @internal */
  protected _spec(): object {
    const { dnsNames, issuer } = this.props;
    return {
      secretName: this.secretName,
      dnsNames,
      issuerRef: { group: 'cert-manager.io', kind: issuer.issuerKind, name: issuer.issuerName },
    };
  }
}
