/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** None is scheduled on the node. */
  NO_SCHEDULE = 'NoSchedule',
  /** None is scheduled on the node as long as there is another one. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** None is scheduled on the node, and those that run there are evicted. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * Keeps pods from a node that do not tolerate it.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Taint {
  readonly key: string;

  /**
   * @default - none
   */
  readonly value?: string;

  /**
   * @default TaintEffect.NO_SCHEDULE
   */
  readonly effect?: TaintEffect;
}

/** Lets pods onto a node that has a taint. */
export interface Toleration {
  /** Key of the taint. */
  readonly key: string;

  /**
   * Value of the taint.
   *
   * @default - any
   */
  readonly value?: string;

  /**
   * Effect of the taint.
   *
   * @default - any
   */
  readonly effect?: TaintEffect;
}

/** A taint as a node has it. @internal */
export function taintFields({ key, value, effect = TaintEffect.NO_SCHEDULE }: Taint): object {
  return { key, value, effect };
}

/** A toleration as a pod has it. @internal */
export function tolerationFields({ key, value, effect }: Toleration): object {
  return {
    key,
    operator: value === undefined ? 'Exists' : 'Equal',
    ...value === undefined ? {} : { value },
    ...effect === undefined ? {} : { effect },
  };
}
