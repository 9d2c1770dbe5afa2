import { ApiObjectMetadata, Duration } from 'cdk8s';

/** What can be said of every source that Flux fetches files from. */
export interface FetchOptions {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * How often Flux looks for something new.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long fetching may take; less than an hour, which Flux has no unit for here.
   *
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;

  /**
   * Secret with the address and credentials of a proxy.
   *
   * @default - none
   */
  readonly proxySecretName?: string;

  /**
   * What is left out, in the format of `.gitignore`. With it, Flux's own list of what it leaves out does not count.
   *
   * @default - Flux's own list
   */
  readonly ignore?: string;

  /**
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
