import { goRegexpProblem } from '../go-regexp';
import { list, nameRef } from '../reference';

/** Who may have signed without a key of their own, as the certificate of the signature tells. */
export interface OidcIdentity {
  /** Go regular expression for the issuer: `^https://token.actions.githubusercontent.com$`. */
  readonly issuer: string;

  /** Go regular expression for the subject: `^https://github.com/acme/platform.*$`. */
  readonly subject: string;
}

/**
 * A check of the signature of what comes from a registry.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export class SourceVerification {
  /**
   * A Cosign signature that one of the public keys matches.
   *
   * @param secretName Secret with the keys, each under a name that ends in `.pub`
   * @param trustedRootSecretName Secret with the `trusted_root.json` of a Sigstore of one's own; for an OCIRepository alone
   */
  public static cosign(secretName: string, trustedRootSecretName?: string): SourceVerification {
    return new SourceVerification('cosign', secretName, [], trustedRootSecretName);
  }

  /**
   * A Cosign signature without a key.
   *
   * @param identities one of which has to have signed; without any, everyone may have
   * @param trustedRootSecretName Secret with the `trusted_root.json` of a Sigstore of one's own; for an OCIRepository alone
   */
  public static cosignKeyless(identities: OidcIdentity[] = [], trustedRootSecretName?: string): SourceVerification {
    return new SourceVerification('cosign', undefined, identities, trustedRootSecretName);
  }

  /**
   * A Notation signature.
   *
   * @param secretName Secret with the `trustpolicy.json` and the certificates, each under a name that ends in `.crt` or `.pem`
   */
  public static notation(secretName: string): SourceVerification {
    return new SourceVerification('notation', secretName, []);
  }

  private constructor(
    private readonly provider: string,
    private readonly secretName: string | undefined,
    private readonly identities: OidcIdentity[],
    /** @internal */
    public readonly _trustedRootSecretName?: string,
  ) {}

  /** The check as a field. @internal */
  public _fields(): object {
    return {
      provider: this.provider,
      secretRef: nameRef(this.secretName),
      matchOIDCIdentity: list(this.identities, ({ issuer, subject }) => ({ issuer, subject })),
      trustedRootSecretRef: nameRef(this._trustedRootSecretName),
    };
  }

  /** What is wrong with it, a sentence each. @internal */
  public _problems(): string[] {
    return this.identities.flatMap(({ issuer, subject }) => [
      ...goRegexpProblem('the issuer of an identity', issuer),
      ...goRegexpProblem('the subject of an identity', subject),
    ]);
  }
}
