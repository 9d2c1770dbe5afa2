/** A condition on a label. */
export class LabelExpression {
  /** The label has one of these values. */
  public static in(key: string, value: string, ...others: string[]): LabelExpression {
    return new LabelExpression(key, 'In', [value, ...others]);
  }

  /** The label has none of these values, or is not there. */
  public static notIn(key: string, value: string, ...others: string[]): LabelExpression {
    return new LabelExpression(key, 'NotIn', [value, ...others]);
  }

  /** The label is there. */
  public static exists(key: string): LabelExpression {
    return new LabelExpression(key, 'Exists');
  }

  /** The label is not there. */
  public static doesNotExist(key: string): LabelExpression {
    return new LabelExpression(key, 'DoesNotExist');
  }

  private constructor(
    /** Name of the label. */
    public readonly key: string,
    /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
    public readonly operator: string,
    /** What the label is compared with. */
    public readonly values?: string[],
  ) {}
}

/**
 * Selects objects by their labels; every condition must hold.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  /**
   * Labels and their values.
   *
   * @default - any
   */
  readonly matchLabels?: { [label: string]: string };

  /**
   * Further conditions.
   *
   * @default - none
   */
  readonly matchExpressions?: LabelExpression[];
}
