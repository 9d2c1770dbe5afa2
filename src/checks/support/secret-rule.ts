/** A pattern, as a regular expression is made of it. */
export interface Pattern {
  readonly pattern: string;
  readonly flags: string;
}

/** What looks like a secret, and is none. */
export interface AllowedSecret {
  /**
   * What the patterns are held against.
   *
   * @default - the secret alone
   */
  readonly target?: string;
  readonly patterns: readonly Pattern[];
  /** Words that a secret does not have in it. */
  readonly words: readonly string[];
}

/** How a sort of secret is recognised. */
export interface SecretRule extends Pattern {
  readonly id: string;
  /** How much a secret varies at least, in bits for each character. */
  readonly entropy?: number;
  /** One of them is in every text that has such a secret, in lower-case letters. */
  readonly keywords: readonly string[];
  /** The group of the pattern that is the secret itself; the first one that matches if it is not said. */
  readonly group?: number;
  readonly allowed: readonly AllowedSecret[];
}
