import { Duration } from 'cdk8s';
import { goDuration } from '../../flux/duration';

/** How urgent an alert is: the label `severity`, by which Alertmanager's routes usually go. */
export enum AlertSeverity {
  /** Somebody has to act now. */
  CRITICAL = 'critical',
  /** Somebody has to look at it soon. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
}

export interface AlertOptions {
  /** What is wrong, in MetricsQL or PromQL: there is an alert for each series that it gives. */
  readonly expr: string;

  /**
   * How long it has to be wrong before the alert fires.
   *
   * @default - it fires at once
   */
  readonly for?: Duration;

  /**
   * How long the alert goes on after nothing is wrong any more.
   *
   * @default - not at all
   */
  readonly keepFiringFor?: Duration;

  /**
   * @default - no label `severity`
   */
  readonly severity?: AlertSeverity;

  /**
   * Further labels. Values may be templates: `{{ $labels.namespace }}`.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };

  /**
   * What is wrong, in one line: the annotation `summary`. May be a template.
   *
   * @default - none
   */
  readonly summary?: string;

  /**
   * What is wrong and what to do: the annotation `description`. May be a template: `{{ $value }}`.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Where to read how to mend it: the annotation `runbook_url`.
   *
   * @default - none
   */
  readonly runbookUrl?: string;

  /**
   * Further annotations. Values may be templates.
   *
   * @default - none
   */
  readonly annotations?: { [name: string]: string };
}

export interface RecordOptions {
  /** What is recorded, in MetricsQL or PromQL. */
  readonly expr: string;

  /**
   * Labels that the new series get.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };
}

/** A rule that is evaluated again and again: one that alerts, or one that records. */
export class MetricsRule {
  /**
   * Alerts while an expression gives something.
   *
   * @param name name of the alert: `PodCrashLooping`
   */
  public static alert(name: string, options: AlertOptions): MetricsRule {
    const { expr, keepFiringFor, severity, summary, description, runbookUrl } = options;
    const labels = { ...severity && { severity }, ...options.labels };
    const annotations = defined({ summary, description, runbook_url: runbookUrl, ...options.annotations });
    return new MetricsRule('alert', name, expr, labels, {
      for: options.for && goDuration(options.for),
      keep_firing_for: keepFiringFor && goDuration(keepFiringFor),
      labels: filled(labels),
      annotations: filled(annotations),
    });
  }

  /**
   * Records what an expression gives as series of a new name.
   *
   * @param name name of the series: `namespace:container_cpu_usage:sum`
   */
  public static record(name: string, options: RecordOptions): MetricsRule {
    const { expr, labels = {} } = options;
    return new MetricsRule('record', name, expr, labels, { labels: filled(labels) });
  }

  private constructor(
    private readonly kind: 'alert' | 'record',
    /** Name of the alert, or of the series. */
    public readonly name: string,
    private readonly expr: string,
    private readonly labels: { [label: string]: string },
    private readonly fields: object,
  ) {}

  /** What makes it another rule than the next one: name and labels are all that an alert or a series is known by. @internal */
  public get _identity(): string {
    return JSON.stringify([this.kind, this.name, Object.entries(this.labels).sort()]);
  }

  /** @internal */
  public _toJson(): object {
    return { [this.kind]: this.name, expr: this.expr, ...this.fields };
  }

  /** What is wrong with it, in the middle of a sentence. @internal */
  public _problems(): string[] {
    const label = Object.keys(this.labels).find(name => !LABEL.test(name));
    return [
      ...this.expr.trim() === '' ? [`the rule "${this.name}" without an expression; expected one in MetricsQL: give expr`] : [],
      ...this.kind === 'alert' && this.name.trim() === '' ? ['an alert without a name; expected one: say what is wrong in a word'] : [],
      ...this.kind === 'record' && !SERIES.test(this.name) ? [
        `a rule that records "${this.name}"; expected letters, digits, underscores and colons with no digit first: rename it`,
      ] : [],
      ...label === undefined ? [] : [
        `the rule "${this.name}" with the label "${label}"; expected letters, digits and underscores with no digit first: rename it`,
      ],
    ];
  }
}

const SERIES = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function defined(fields: { [name: string]: string | undefined }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function filled(fields: { [name: string]: string }): object | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}
