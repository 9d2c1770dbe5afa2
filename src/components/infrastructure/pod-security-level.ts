/**
 * What pods of a namespace may ask for.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Anything: for what works on the nodes themselves. */
  PRIVILEGED = 'privileged',
  /** Nothing that is known to get them at their node. */
  BASELINE = 'baseline',
  /** What hardened pods need, and nothing more. */
  RESTRICTED = 'restricted',
}
