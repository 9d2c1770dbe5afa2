import { Construct } from 'constructs';
import { Kyverno } from './kyverno';
import { KyvernoPolicy, KyvernoPolicyAction, KyvernoPolicyLevel, policiesOf } from './kyverno-policy';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, Values } from '../helm/values';
import { System } from '../system';

/** Namespaces that a policy is not for. */
export interface KyvernoPolicyExclusion {
  readonly policy: KyvernoPolicy;
  readonly namespaces: string[];
}

export interface KyvernoPoliciesProps extends HelmOptions {
  /** The Kyverno that the policies are for; they are installed once it runs, in its namespace. */
  readonly kyverno: Kyverno;

  /**
   * How strict they are.
   *
   * @default KyvernoPolicyLevel.BASELINE
   */
  readonly level?: KyvernoPolicyLevel;

  /**
   * What happens where a pod does not keep to one.
   *
   * @default KyvernoPolicyAction.AUDIT
   */
  readonly action?: KyvernoPolicyAction;

  /**
   * Policies that refuse pods while `action` only reports: the way from one to the other, a policy at a time.
   *
   * @default - none
   */
  readonly enforced?: KyvernoPolicy[];

  /**
   * Policies of the level that are left out.
   *
   * @default - none
   */
  readonly without?: KyvernoPolicy[];

  /**
   * Namespaces that no policy is for.
   *
   * @default - `kube-system`, whose pods have to get at their nodes
   */
  readonly excludedNamespaces?: string[];

  /**
   * Namespaces that single policies are not for: that of a node exporter, which reads the node's files.
   *
   * @default - none
   */
  readonly exclusions?: KyvernoPolicyExclusion[];
}

/**
 * A set of policies to begin with: Kubernetes' Pod Security Standards, each rule a policy of its own that can be left out, or not be for
 * some namespaces. They report, until they are told to refuse.
 *
 * @see https://github.com/kyverno/kyverno/tree/main/charts/kyverno-policies
 */
export class KyvernoPolicies extends HelmComponent {
  constructor(scope: Construct, id: string, props: KyvernoPoliciesProps) {
    super(scope, id, {
      area: Area.SECURITY,
      chart: System.KYVERNO.chart(scope, 'kyverno-policies'),
      ...props,
      namespace: props.kyverno.namespace,
      values: mergeValues(valuesOf(props), props.values),
    });
    this.release.addDependency(props.kyverno.release, { because: 'Kyverno checks policies when they are admitted' });
    this.node.addValidation({ validate: () => problems(props) });
  }
}

function valuesOf(props: KyvernoPoliciesProps): Values {
  const { action = KyvernoPolicyAction.AUDIT, enforced = [], excludedNamespaces = ['kube-system'] } = props;
  const byPolicy = Object.fromEntries(enforced.map(policy => [policy, KyvernoPolicyAction.ENFORCE]));
  return {
    // The other kind, ClusterPolicy, is deprecated.
    policyType: 'ValidatingPolicy',
    ...selectionValues(props),
    validationFailureAction: action,
    ...present({ validationFailureActionByPolicy: present(byPolicy) }),
    // Policies that only report are no reason to refuse what cannot be checked just now.
    failurePolicy: action === KyvernoPolicyAction.ENFORCE || enforced.length > 0 ? 'Fail' : 'Ignore',
    vpolExclude: { excludeNamespaces: excludedNamespaces },
    ...present({ vpolExcludeByPolicy: exclusionValues(props.exclusions ?? [], excludedNamespaces) }),
  };
}

/** The chart has no word for a level without some of its policies: then each of the others is named. */
function selectionValues({ level = KyvernoPolicyLevel.BASELINE, without = [] }: KyvernoPoliciesProps): Values {
  return without.length === 0 ? { podSecurityStandard: level } : {
    podSecurityStandard: 'custom',
    podSecurityPolicies: policiesOf(level).filter(policy => !without.includes(policy)),
  };
}

/** What is said of one policy takes the place of what is said of all. */
function exclusionValues(exclusions: KyvernoPolicyExclusion[], everywhere: string[]): Values | undefined {
  const byPolicy: { [policy: string]: string[] } = {};
  for (const { policy, namespaces } of exclusions) {
    byPolicy[policy] = [...byPolicy[policy] ?? everywhere, ...namespaces];
  }
  const entries = Object.entries(byPolicy).map(([policy, namespaces]) => [policy, { excludeNamespaces: [...new Set(namespaces)] }]);
  return present(Object.fromEntries(entries));
}

function problems({ level = KyvernoPolicyLevel.BASELINE, without = [], enforced = [], exclusions = [] }: KyvernoPoliciesProps): string[] {
  const ofLevel = policiesOf(level);
  const rest = ofLevel.filter(policy => !without.includes(policy));
  const unknown = (does: string, policies: KyvernoPolicy[], expected: KyvernoPolicy[]) =>
    policies.filter(policy => !expected.includes(policy)).map(policy =>
      `the policies of the level "${level}" ${does} "${policy}", which is none of them; expected one of ${expected.join(', ')}: take it away, or take another level.`);
  return [
    ...unknown('leave out', without, ofLevel),
    ...unknown('enforce', enforced, rest),
    ...unknown('exclude namespaces from', exclusions.map(({ policy }) => policy), rest),
    ...rest.length > 0 ? [] : [
      `the policies of the level "${level}" leave out every one of theirs; expected at least one that stays: take the component away, or some out of without.`,
    ],
  ];
}
