import { Duration } from 'cdk8s';

/** How the Flux Operator treats an object; each is an annotation of the object. */
export interface OperatorOptions {
  /**
   * Whether the operator looks after the object. Switched off, what it made stays as it is.
   *
   * @default true
   */
  readonly reconcile?: boolean;

  /**
   * How often the operator compares what it made with what the object says.
   *
   * @default - not written; the operator's own
   */
  readonly reconcileEvery?: Duration;

  /**
   * How long the operator may take.
   *
   * @default - not written; the operator's own
   */
  readonly reconcileTimeout?: Duration;
}
