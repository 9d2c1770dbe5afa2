import { Delivery } from '../delivery/delivery';

/** How much a finding matters. */
export enum Severity {
  /** The cluster does not converge, or something is lost. Synth refuses. */
  ERROR = 'error',
  /** It works, until something happens that will. */
  WARNING = 'warning',
  /** It could be simpler. */
  INFO = 'info',
}

/** Something that a check found on a cluster. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;

  readonly severity: Severity;

  /** Name of the cluster. */
  readonly cluster: string;

  /**
   * Namespace and name of the Kustomization: `flux-system/apps`.
   *
   * @default - none: it is about the cluster
   */
  readonly kustomization?: string;

  /**
   * The object: `ExternalSecret apps/session`.
   *
   * @default - none: it is about the Kustomization
   */
  readonly object?: string;

  /**
   * File in the repository.
   *
   * @default - that of the object, or of the Kustomization
   */
  readonly file?: string;

  /**
   * Path of the construct that made it.
   *
   * @default - that of the object, or of the Kustomization
   */
  readonly constructPath?: string;

  /** What was found, in a sentence without its subject, which is the object or the Kustomization. */
  readonly message: string;

  /** How to mend it, as an order: `deliver it in a layer before`. */
  readonly fix: string;

  /**
   * What else helps to see it: the steps of a circle, or further objects.
   *
   * @default - none
   */
  readonly evidence?: string[];

  /**
   * Why it was accepted.
   *
   * @default - it was not
   */
  readonly acceptedBecause?: string;
}

/** Looks at what is delivered to one cluster, and tells what is wrong. The library's own checks are made the same way. */
export interface ICheck {
  /** Short name: `namespace-order`. */
  readonly checkId: string;

  /** What it is about, in one line. */
  readonly title: string;

  /**
   * Looks at a cluster.
   *
   * @param delivery everything that Flux delivers to it
   */
  examine(delivery: Delivery): Finding[];
}

/** Which findings are known and taken as they are. */
export interface Acceptance {
  /** Id of the check. */
  readonly check: string;

  /**
   * The object: `ExternalSecret apps/session`.
   *
   * @default - any
   */
  readonly object?: string;

  /**
   * Name of the Kustomization.
   *
   * @default - any
   */
  readonly kustomization?: string;

  /**
   * Name of the cluster.
   *
   * @default - any
   */
  readonly cluster?: string;

  /** Why it is right here. It is told with the finding. */
  readonly because: string;
}
