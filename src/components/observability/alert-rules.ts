import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { MetricsRule } from './metrics-rule';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';

/** Rules that are evaluated together, one after the other: each sees what those before it have recorded. */
export interface RuleGroup {
  /** Name of the group. */
  readonly name: string;

  /** Its rules, in their order. */
  readonly rules: MetricsRule[];

  /**
   * How often they are evaluated.
   *
   * @default - as often as metrics are collected: `scrapeInterval` of VictoriaMetrics
   */
  readonly interval?: Duration;

  /**
   * Labels of every one of its alerts and series.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };
}

export interface AlertRulesProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Groups of rules. */
  readonly groups: RuleGroup[];
}

/**
 * Rules of alerts and recorded series: a VMRule. The `$` of their templates is text for Flux as it is: `{{ $labels.pod }}`.
 *
 * @see https://docs.victoriametrics.com/operator/resources/vmrule/
 */
export class AlertRules extends TypedObject {
  private readonly props: AlertRulesProps;

  constructor(scope: Construct, id: string, props: AlertRulesProps) {
    super(scope, id, 'operator.victoriametrics.com/v1beta1', 'VMRule', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    return {
      groups: this.props.groups.map(({ name, interval, labels, rules }) => ({
        name,
        interval: interval && goDuration(interval),
        labels,
        rules: rules.map(rule => rule._toJson()),
      })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { groups } = this.props;
    const start = `the VMRule "${this.name}"`;
    const names = groups.map(({ name }) => name);
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    return [
      ...groups.length > 0 ? [] : [`${start} has no groups; expected at least one: give it rules.`],
      ...repeated === undefined ? [] : [`${start} has two groups named "${repeated}"; expected every name once: rename one of them.`],
      ...groups.flatMap(group => groupProblems(`${start} has in its group "${group.name}"`, group)),
    ];
  }
}

function groupProblems(start: string, { rules }: RuleGroup): string[] {
  const identities = rules.map(rule => rule._identity);
  const repeated = rules.find((rule, i) => identities.indexOf(rule._identity) !== i);
  return [
    ...rules.length > 0 ? [] : [`${start} no rules; expected at least one: add a rule, or leave the group out.`],
    ...repeated === undefined ? [] : [
      `${start} two rules named "${repeated.name}" with the same labels, which nobody could tell apart; expected one: rename one of them, or give it another label.`,
    ],
    ...rules.flatMap(rule => rule._problems()).map(problem => `${start} ${problem}.`),
  ];
}
