import { Construct } from 'constructs';
import { IIssuer, IssuerObject, IssuerProps } from './issuer';

/**
 * What signs the certificates of every namespace. The Secrets that it needs are in the namespace of cert-manager: make it there, with
 * `certManager.addIssuer(…)`.
 *
 * @see https://cert-manager.io/docs/concepts/issuer/
 */
export class ClusterIssuer extends IssuerObject implements IIssuer {
  /** A ClusterIssuer that the program does not make. */
  public static fromName(name: string): IIssuer {
    return { issuerName: name, issuerKind: 'ClusterIssuer' };
  }

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id, 'ClusterIssuer', props);
  }
}
