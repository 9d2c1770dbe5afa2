import { Construct } from 'constructs';
import { IIssuer, IssuerProps } from './issuer';
import { IssuerType } from './issuer-type';
import { TypedObject } from '../../flux';

/**
 * What signs the certificates of every namespace. The Secrets that it needs are in the namespace of cert-manager: make it there, with
 * `certManager.addIssuer(…)`.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 */
export class ClusterIssuer extends TypedObject implements IIssuer {
  /** A ClusterIssuer that the program does not make. */
  public static fromName(name: string): IIssuer {
    return { issuerName: name, issuerKind: 'ClusterIssuer' };
  }

  public readonly issuerKind = 'ClusterIssuer';

  private readonly type: IssuerType;
  private readonly fields: object;

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, 'cert-manager.io/v1', 'ClusterIssuer', props.metadata);
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
    return this.type._problems(`the ClusterIssuer "${this.name}"`, this.issuerKind);
  }
}
