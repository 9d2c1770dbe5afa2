/** What certificates are signed by, made by the program or known by its name. */
export interface IIssuer {
  readonly issuerName: string;

  /** `Issuer` or `ClusterIssuer`. */
  readonly issuerKind: string;
}
