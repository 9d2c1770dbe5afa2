import { ApiObjectMetadata, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DisruptionBudget } from './disruption-budget';
import { INodeClass } from './ec2-node-class';
import { Architecture, CapacityType, OperatingSystem, Requirement, restrictedLabelProblems } from './node-requirement';
import { Taint, taintFields } from './taint';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { present } from '../helm/values';

/** Which nodes Karpenter takes away to save money. */
export enum ConsolidationPolicy {
  /** Those on which nothing but DaemonSets runs. */
  WHEN_EMPTY = 'WhenEmpty',
  /** Those, and those whose pods fit elsewhere, or on a cheaper node. */
  WHEN_EMPTY_OR_UNDERUTILIZED = 'WhenEmptyOrUnderutilized',
  /** None. */
  NEVER = 'Never',
}

/** How large a pool may become; what is not said is not limited. */
export interface NodePoolLimits {
  /**
   * CPUs of all its nodes together.
   *
   * @default - not limited
   */
  readonly cpu?: Cpu;

  /**
   * Memory of all its nodes together.
   *
   * @default - not limited
   */
  readonly memory?: Size;
}

/** What can be said of every pool of nodes. */
export interface NodePoolOptions {
  /**
   * What its nodes have to be. They replace all of the default: where nothing is said of the architecture or of how capacity is bought,
   * arm64 and spot nodes are started, too.
   *
   * @default - Linux, amd64, on demand, instance types of the categories c, m and r, of a generation above 4
   */
  readonly requirements?: Requirement[];

  /**
   * Labels of its nodes.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Annotations of its nodes.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * Taints of its nodes: pods that do not tolerate them go elsewhere.
   *
   * @default - none
   */
  readonly taints?: Taint[];

  /**
   * Taints that its nodes start with and that something takes away when they are prepared, the agent of a network for example. Pods need
   * not tolerate them for a node to be started.
   *
   * @default - none
   */
  readonly startupTaints?: Taint[];

  /**
   * How large it may become. What starts pods by mistake starts nodes too.
   *
   * @default - 1000 CPUs
   */
  readonly limits?: NodePoolLimits;

  /**
   * @default ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED
   */
  readonly consolidationPolicy?: ConsolidationPolicy;

  /**
   * How long no pod may come or go on a node before it is considered, in whole seconds.
   *
   * @default Duration.minutes(1)
   */
  readonly consolidateAfter?: Duration;

  /**
   * How many nodes may be taken away at the same time.
   *
   * @default - one budget of 10 %, which Karpenter takes
   */
  readonly budgets?: DisruptionBudget[];

  /**
   * Age at which a node is replaced, in whole seconds, so that all of them get newer images in time.
   *
   * @default Duration.days(30)
   */
  readonly expireAfter?: Duration;

  /**
   * Whether nodes become as old as they like.
   *
   * @default false
   */
  readonly neverExpires?: boolean;

  /**
   * How long a node is drained before its pods are deleted, whatever their PodDisruptionBudgets say; in whole seconds.
   *
   * @default - as long as it takes
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Which pool is tried first: the one of the greatest weight, from 1 to 100.
   *
   * @default - after those that have one
   */
  readonly weight?: number;
}

export interface NodePoolProps extends NodePoolOptions {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /** What its nodes are made of. */
  readonly nodeClass: INodeClass;
}

/**
 * Nodes that Karpenter may start, and when it takes them away. Its health is its condition `Ready`: its node class is ready, and Karpenter
 * accepts what it says.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/
 */
export class NodePool extends TypedObject {
  private readonly props: NodePoolProps;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id, 'karpenter.sh/v1', 'NodePool', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { limits = { cpu: Cpu.units(1000) }, weight } = this.props;
    return {
      template: this.template(),
      disruption: this.disruption(),
      limits: present({ cpu: limits.cpu?.amount, memory: limits.memory?.asString() }),
      weight,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { requirements = [], labels = {}, weight, budgets = [] } = this.props;
    const mistakes = [
      ...requirements.flatMap(requirement => requirement._problems),
      ...Object.keys(labels).flatMap(restrictedLabelProblems),
      ...budgets.flatMap(budget => budget._problems),
      ...this.durationProblems(),
      ...this.repeatedTaints(),
      ...weight === undefined || (Number.isInteger(weight) && weight >= 1 && weight <= 100) ? [] : [
        `has the weight ${weight}; expected a whole number from 1 to 100: correct it, or leave it out.`,
      ],
    ];
    return mistakes.map(mistake => `the NodePool "${this.name}" ${mistake}`);
  }

  private template(): object {
    const { nodeClass, labels, annotations, taints, startupTaints, terminationGracePeriod } = this.props;
    return {
      metadata: present({ labels, annotations }),
      spec: {
        nodeClassRef: { group: nodeClass.nodeClassGroup, kind: nodeClass.nodeClassKind, name: nodeClass.nodeClassName },
        requirements: (this.props.requirements ?? usualRequirements()).map(requirement => requirement._toJson()),
        taints: taints?.map(taintFields),
        startupTaints: startupTaints?.map(taintFields),
        expireAfter: this.props.neverExpires ? 'Never' : goDuration(this.props.expireAfter ?? Duration.days(30)),
        terminationGracePeriod: terminationGracePeriod && goDuration(terminationGracePeriod),
      },
    };
  }

  /** Never is a duration for Karpenter; which nodes it means does not matter then. */
  private disruption(): object {
    const { consolidationPolicy = ConsolidationPolicy.WHEN_EMPTY_OR_UNDERUTILIZED, consolidateAfter, budgets } = this.props;
    const never = consolidationPolicy === ConsolidationPolicy.NEVER;
    return {
      consolidationPolicy: never ? ConsolidationPolicy.WHEN_EMPTY : consolidationPolicy,
      consolidateAfter: never ? 'Never' : goDuration(consolidateAfter ?? Duration.minutes(1)),
      budgets: budgets?.map(budget => budget._toJson()),
    };
  }

  private durationProblems(): string[] {
    const { consolidationPolicy, consolidateAfter, expireAfter, neverExpires, terminationGracePeriod } = this.props;
    const uneven = Object.entries({ consolidateAfter, expireAfter, terminationGracePeriod })
      .filter(([, duration]) => duration !== undefined && duration.toMilliseconds() % 1000 !== 0);
    return [
      ...uneven.map(([name, duration]) => `has ${name} of ${duration!.toMilliseconds()} ms; expected whole seconds: round it.`),
      ...consolidationPolicy === ConsolidationPolicy.NEVER && consolidateAfter ? [
        'has consolidateAfter and never consolidates; expected one of them: leave one out.',
      ] : [],
      ...neverExpires && expireAfter ? ['has expireAfter and never expires; expected one of them: leave one out.'] : [],
    ];
  }

  private repeatedTaints(): string[] {
    const keys = [...this.props.taints ?? [], ...this.props.startupTaints ?? []].map(taint => `${taint.key} with the effect ${taint.effect ?? 'NoSchedule'}`);
    return keys.filter((key, i) => keys.indexOf(key) < i).map(key => `has the taint ${key} twice; expected it once: leave one out.`);
  }
}

function usualRequirements(): Requirement[] {
  return [
    Requirement.operatingSystem(OperatingSystem.LINUX),
    Requirement.architectures(Architecture.AMD64),
    Requirement.capacityTypes(CapacityType.ON_DEMAND),
    Requirement.instanceCategories('c', 'm', 'r'),
    Requirement.instanceGenerationAbove(4),
  ];
}
