import { Duration } from 'cdk8s';

/** Why Karpenter takes a node away. */
export enum DisruptionReason {
  /** Its pods fit on other nodes, or on a cheaper one. */
  UNDERUTILIZED = 'Underutilized',
  /** Nothing but DaemonSets runs on it. */
  EMPTY = 'Empty',
  /** Its pool or node class says something else by now. */
  DRIFTED = 'Drifted',
}

/** When, and for what, a disruption budget counts. */
export interface DisruptionBudgetOptions {
  /**
   * When it begins to count, as a cron expression in UTC: `0 8 * * mon-fri`, `@daily`. With `duration`.
   *
   * @default - it always counts
   */
  readonly schedule?: string;

  /**
   * How long it counts each time, in whole minutes. With `schedule`.
   *
   * @default - it always counts
   */
  readonly duration?: Duration;

  /**
   * @default - every reason
   */
  readonly reasons?: DisruptionReason[];
}

/**
 * How many nodes of a pool Karpenter takes away at the same time; of several budgets the strictest counts.
 *
 * @see https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets
 */
export class DisruptionBudget {
  /** At most this share of the pool's nodes, from 0 to 100. */
  public static percent(percent: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget(percent, '%', options);
  }

  /** At most this many nodes. */
  public static nodes(nodes: number, options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return new DisruptionBudget(nodes, '', options);
  }

  /** No node. */
  public static none(options: DisruptionBudgetOptions = {}): DisruptionBudget {
    return DisruptionBudget.nodes(0, options);
  }

  private constructor(private readonly amount: number, private readonly unit: string, private readonly options: DisruptionBudgetOptions) {}

  /** What Karpenter's definition would refuse, without the name of the object. @internal */
  public get _problems(): string[] {
    const { schedule, duration } = this.options;
    const fits = Number.isInteger(this.amount) && this.amount >= 0 && (this.unit === '' || this.amount <= 100);
    return [
      ...fits ? [] : [
        `has a disruption budget of ${this.amount}${this.unit}; expected ${this.unit === '' ? 'a whole number of nodes' : 'a whole percentage from 0 to 100'}: correct it.`,
      ],
      ...(schedule === undefined) === (duration === undefined) ? [] : [
        `has a disruption budget with ${schedule === undefined ? 'a duration and no schedule' : 'a schedule and no duration'}; expected both or neither: `
        + 'say when it begins and how long it lasts.',
      ],
      ...schedule === undefined || SCHEDULE.test(schedule) ? [] : [
        `has a disruption budget with the schedule "${schedule}"; expected five fields, as in 0 8 * * mon-fri, or @daily: correct it.`,
      ],
      ...duration === undefined || wholeMinutes(duration) ? [] : [
        `has a disruption budget that lasts ${duration.toMilliseconds()} ms; expected whole minutes: round it.`,
      ],
    ];
  }

  /** @internal */
  public _toJson(): object {
    const { schedule, duration, reasons } = this.options;
    return { nodes: `${this.amount}${this.unit}`, reasons, schedule, duration: duration && hoursAndMinutes(duration) };
  }
}

/** As Karpenter reads it; the time zone is UTC and cannot be said. */
const SCHEDULE = /^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|[^\s=]+(\s+\S+){4})$/;

function wholeMinutes(duration: Duration): boolean {
  return duration.toMilliseconds() > 0 && duration.toMilliseconds() % 60_000 === 0;
}

/** As a budget wants it: `8h`, `30m`, `8h30m`. */
function hoursAndMinutes(duration: Duration): string {
  const minutes = Math.floor(duration.toMilliseconds() / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours > 0 ? `${hours}h` : ''}${rest > 0 || hours === 0 ? `${rest}m` : ''}`;
}
