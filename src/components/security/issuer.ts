import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { IssuerType } from './issuer-type';
import { TypedObject } from '../../flux';

/** What certificates are signed by, made by the program or known by its name. */
export interface IIssuer {
  /** Name of the issuer. */
  readonly issuerName: string;

  /** `ClusterIssuer`, or `Issuer` for one of the same namespace. */
  readonly issuerKind: string;

  /**
   * API group of its kind; that of another controller for an issuer that is not cert-manager's own.
   *
   * @default 'cert-manager.io'
   */
  readonly issuerGroup?: string;

  /**
   * What signs, where the program knows it; certificates are checked against it.
   *
   * @default - not known: certificates are not checked
   */
  readonly issuerType?: IssuerType;
}

export interface IssuerProps {
  /**
   * @default - named like the construct; an Issuer is in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** What signs the certificates. */
  readonly type: IssuerType;
}

/** An issuer that the program makes: an Issuer, or a ClusterIssuer. */
export abstract class IssuerObject extends TypedObject {
  private readonly type: IssuerType;
  private readonly fields: object;

  protected constructor(scope: Construct, id: string, public readonly issuerKind: string, props: IssuerProps) {
    super(scope, id, 'cert-manager.io/v1', issuerKind, props.metadata);
    this.type = props.type;
    this.fields = props.type._bind(this, this.name);
  }

  public get issuerName(): string {
    return this.name;
  }

  public get issuerType(): IssuerType | undefined {
    return this.type;
  }

  /** @internal */
  protected _spec(): object {
    return this.fields;
  }

  /** @internal */
  protected _problems(): string[] {
    return this.type._problems(`the ${this.issuerKind} "${this.name}"`, this.issuerKind);
  }
}

/**
 * What signs the certificates of one namespace.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 */
export class Issuer extends IssuerObject implements IIssuer {
  /** An Issuer that the program does not make, in the namespace of the certificates. */
  public static fromName(name: string): IIssuer {
    return { issuerName: name, issuerKind: 'Issuer' };
  }

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, 'Issuer', props);
  }
}
