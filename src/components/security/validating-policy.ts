import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelExpression, LabelSelector, TypedObject } from '../../flux';
import { filled, labelSelectorFields, list } from '../../flux/reference';
import { celSyntaxError } from '../../synth/cel';

/** What is done with an object. */
export enum PolicyOperation {
  CREATE = 'CREATE',
  UPDATE = 'UPDATE',
  DELETE = 'DELETE',
  CONNECT = 'CONNECT',
}

/** What happens where an object does not keep to a policy. */
export enum PolicyAction {
  /** A report says so. */
  AUDIT = 'Audit',
  /** It is refused. */
  DENY = 'Deny',
  /** Whoever sends it is told so. */
  WARN = 'Warn',
}

/** Requests that a policy is for. */
export interface PolicyMatch {
  /** Resources, in the plural, with or without what is below them: `pods`, `deployments/scale`. */
  readonly resources: string[];

  /**
   * Their API groups; `*` is every one.
   *
   * @default - the core group, which Pods and Services are of
   */
  readonly apiGroups?: string[];

  /**
   * Their API versions.
   *
   * @default - every one
   */
  readonly apiVersions?: string[];

  /**
   * @default - CREATE and UPDATE
   */
  readonly operations?: PolicyOperation[];

  /**
   * Names of the objects.
   *
   * @default - any
   */
  readonly resourceNames?: string[];
}

/** What has to be true of an object. */
export interface PolicyValidation {
  /** CEL expression that is true of what is admitted. */
  readonly expression: string;

  /**
   * What whoever sends another object is told.
   *
   * @default - the expression
   */
  readonly message?: string;

  /**
   * CEL expression that makes the message.
   *
   * @default - `message`
   */
  readonly messageExpression?: string;
}

export interface ValidatingPolicyProps {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /** Requests that it is for; any of them. */
  readonly matches: PolicyMatch[];

  /** What has to be true; all of it. */
  readonly validations: PolicyValidation[];

  /**
   * What happens where it is not.
   *
   * @default [PolicyAction.AUDIT]
   */
  readonly actions?: PolicyAction[];

  /**
   * Labels of the namespaces that it is for.
   *
   * @default - every one
   */
  readonly namespaceSelector?: LabelSelector;

  /**
   * Namespaces that it is not for.
   *
   * @default - none
   */
  readonly excludedNamespaces?: string[];

  /**
   * Labels of the objects that it is for.
   *
   * @default - any
   */
  readonly objectSelector?: LabelSelector;

  /**
   * Further conditions of the requests that it is for: CEL expressions by a name for each, all of which have to be true.
   *
   * @default - none
   */
  readonly matchConditions?: { [name: string]: string };

  /**
   * CEL expressions that others refer to as `variables.<name>`.
   *
   * @default - none
   */
  readonly variables?: { [name: string]: string };

  /**
   * Whether a request is let through where Kyverno does not answer, or an expression fails.
   *
   * @default - where nothing is denied
   */
  readonly ignoreFailure?: boolean;

  /**
   * Whether what is on the cluster already is checked, too.
   *
   * @default true
   */
  readonly background?: boolean;

  /**
   * How long a request waits for Kyverno; 1 to 30 seconds.
   *
   * @default - 10 seconds, which Kyverno takes
   */
  readonly timeout?: Duration;
}

/**
 * A policy in CEL for objects of any kind. One for Pods counts for what makes Pods, too: Kyverno adds rules for Deployments and the others.
 *
 * @see https://kyverno.io/docs/policy-types/validating-policy/
 */
export class ValidatingPolicy extends TypedObject {
  private readonly props: ValidatingPolicyProps;

  constructor(scope: Construct, id: string, props: ValidatingPolicyProps) {
    super(scope, id, 'policies.kyverno.io/v1', 'ValidatingPolicy', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    const actions = props.actions ?? [PolicyAction.AUDIT];
    return {
      validationActions: actions,
      failurePolicy: props.ignoreFailure ?? !actions.includes(PolicyAction.DENY) ? 'Ignore' : 'Fail',
      evaluation: props.background === undefined ? undefined : { background: { enabled: props.background } },
      webhookConfiguration: props.timeout && { timeoutSeconds: props.timeout.toSeconds({ integral: false }) },
      matchConstraints: {
        namespaceSelector: this.namespaceSelector(),
        objectSelector: props.objectSelector && filled(labelSelectorFields(props.objectSelector)),
        resourceRules: props.matches.map(({ apiGroups = [''], apiVersions = ['*'], operations, resources, resourceNames }) => ({
          apiGroups, apiVersions, operations: operations ?? [PolicyOperation.CREATE, PolicyOperation.UPDATE], resources, resourceNames,
        })),
      },
      matchConditions: namedExpressions(props.matchConditions),
      variables: namedExpressions(props.variables),
      validations: props.validations.map(({ expression, message, messageExpression }) => ({ expression, message, messageExpression })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { matches, validations, actions = [PolicyAction.AUDIT], timeout } = this.props;
    const start = `the ValidatingPolicy "${this.name}"`;
    const seconds = timeout?.toSeconds({ integral: false }) ?? 10;
    return [
      ...matches.length > 0 ? [] : [`${start} is for no resource; expected at least one, because Kyverno refuses a policy without: name it in matches.`],
      ...validations.length > 0 ? [] : [`${start} has no validations, so everything keeps to it; expected at least one: say what has to be true.`],
      ...actions.length > 0 ? [] : [`${start} has no actions, so nothing comes of it; expected at least one: leave actions out, or name one.`],
      ...Number.isInteger(seconds) && seconds >= 1 && seconds <= 30 ? [] : [
        `${start} has a timeout of ${seconds} seconds; expected whole seconds from 1 to 30, as Kubernetes allows for a webhook: take another one.`,
      ],
      ...this.expressions().flatMap(({ place, expression }) => {
        const error = celSyntaxError(expression);
        return error === undefined ? [] : [
          `${start} has the ${place} "${expression}", which Kyverno refuses (${error}); expected CEL over object, oldObject, request, namespaceObject and `
          + 'variables, such as has(object.spec.replicas): correct it.',
        ];
      }),
    ];
  }

  private namespaceSelector(): object | undefined {
    const { namespaceSelector = {}, excludedNamespaces: [first, ...others] = [] } = this.props;
    const excluded = first === undefined ? [] : [LabelExpression.notIn('kubernetes.io/metadata.name', first, ...others)];
    return filled(labelSelectorFields({
      matchLabels: namespaceSelector.matchLabels, matchExpressions: [...namespaceSelector.matchExpressions ?? [], ...excluded],
    }));
  }

  private expressions(): { place: string; expression: string }[] {
    const { validations, matchConditions = {}, variables = {} } = this.props;
    return [
      ...Object.entries(matchConditions).map(([name, expression]) => ({ place: `condition ${name}`, expression })),
      ...Object.entries(variables).map(([name, expression]) => ({ place: `variable ${name}`, expression })),
      ...validations.flatMap(({ expression, messageExpression }) => [
        { place: 'expression', expression },
        ...messageExpression === undefined ? [] : [{ place: 'messageExpression', expression: messageExpression }],
      ]),
    ];
  }
}

function namedExpressions(expressions: { [name: string]: string } = {}): object[] | undefined {
  return list(Object.entries(expressions), ([name, expression]) => ({ name, expression }));
}
