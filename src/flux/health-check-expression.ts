import { ObjectReference } from './health-check';
import { apiGroup } from '../synth/api-group';
import { celSyntaxError } from '../synth/cel';

/** How the health of a kind is judged, in the Common Expression Language. */
export interface HealthCheckExpressionProps {
  /** `group/version`; Flux compares the group and leaves the version aside. */
  readonly apiVersion: string;

  /**
   * The kind that is judged.
   *
   * @default - every kind of the group that has no expression of its own
   */
  readonly kind?: string;

  /** True once the object is healthy. Sees the object's fields (`status`, `spec`, `metadata`, …) by their names. */
  readonly current: string;

  /**
   * True while the object is on its way; asked before `failed` and `current`.
   *
   * @default - an object that is neither failed nor current is in progress
   */
  readonly inProgress?: string;

  /**
   * True once the object has failed, which ends the wait.
   *
   * @default - an object does not fail, the wait ends at the timeout
   */
  readonly failed?: string;
}

/**
 * Judges the health of the objects of one kind. Flux asks it only where the Kustomization waits (`wait` or `healthChecks`);
 * without one it takes the `Ready` condition, and a kind without conditions for healthy at once.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 */
export class HealthCheckExpression {
  /** Healthy once the condition `Ready` is true. */
  public static ready(apiVersion: string, kind?: string): HealthCheckExpression {
    return new HealthCheckExpression({ apiVersion, kind, current: condition('Ready', 'True') });
  }

  /** Healthy once `Synced` and `Ready` are true, failed when `Synced` is false: Crossplane's resources. */
  public static syncedAndReady(apiVersion: string, kind?: string): HealthCheckExpression {
    return new HealthCheckExpression({
      apiVersion,
      kind,
      current: `${condition('Synced', 'True')} && ${condition('Ready', 'True')}`,
      failed: condition('Synced', 'False'),
    });
  }

  /** Healthy once `Healthy` is true: Crossplane's packages, which have no `Ready`. */
  public static healthy(apiVersion: string, kind?: string): HealthCheckExpression {
    return new HealthCheckExpression({ apiVersion, kind, current: condition('Healthy', 'True') });
  }

  /** Healthy once `Established` is true: definitions of APIs. */
  public static established(apiVersion: string, kind?: string): HealthCheckExpression {
    return new HealthCheckExpression({ apiVersion, kind, current: condition('Established', 'True') });
  }

  /** Expressions as they are. They must parse, or synth refuses them. */
  public static of(props: HealthCheckExpressionProps): HealthCheckExpression {
    return new HealthCheckExpression(props);
  }

  private constructor(private readonly props: HealthCheckExpressionProps) {}

  /** Whether Flux would ask this expression for the health of an object, going by its group and kind. */
  public judges(object: ObjectReference): boolean {
    return apiGroup(object.apiVersion) === apiGroup(this.props.apiVersion) && (this.props.kind === undefined || this.props.kind === object.kind);
  }

  /** Whether another expression is for the same group and kind; Flux refuses two. */
  public judgesSameAs(other: HealthCheckExpression): boolean {
    return apiGroup(other.props.apiVersion) === apiGroup(this.props.apiVersion) && other.props.kind === this.props.kind;
  }

  /** What the expressions are and whom they judge. */
  public toProps(): HealthCheckExpressionProps {
    return this.props;
  }

  /** Sentences on the expressions that do not parse. */
  public validate(): string[] {
    const { current, inProgress, failed } = this.props;
    return Object.entries({ current, inProgress, failed }).flatMap(([field, expression]) => {
      const error = expression === undefined ? undefined : celSyntaxError(expression);
      return error === undefined ? [] : [
        `the health check expression "${field}" of ${this.props.kind ?? this.props.apiVersion} is "${expression}", which does not parse (${error}); `
        + 'expected an expression in CEL such as status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\').',
      ];
    });
  }
}

/** Written with `exists`: with `all` an object that has no conditions yet would pass. */
function condition(type: string, status: string): string {
  return `status.conditions.exists(c, c.type == '${type}' && c.status == '${status}')`;
}
