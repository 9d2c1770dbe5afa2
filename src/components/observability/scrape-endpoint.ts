import { Duration } from 'cdk8s';
import { goDuration } from '../../flux/duration';

/** How metrics are asked for. */
export interface ScrapeOptions {
  /**
   * Path of the metrics.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * Parameters of the request.
   *
   * @default - none
   */
  readonly params?: { [name: string]: string[] };

  /**
   * How often they are asked for.
   *
   * @default - as often as everything: `scrapeInterval` of VictoriaMetrics
   */
  readonly interval?: Duration;

  /**
   * How long an answer is waited for.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * Whether they are asked for with TLS.
   *
   * @default false
   */
  readonly https?: boolean;

  /**
   * Whether a certificate that nobody trusts is accepted, for the ones that a system makes for itself.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;

  /**
   * Whether labels that the metrics have win over those of the target, for what tells metrics of others.
   *
   * @default false
   */
  readonly honorLabels?: boolean;

  /**
   * Metrics that are not stored: regular expressions of their whole names.
   *
   * @default - all are stored
   */
  readonly dropMetrics?: string[];
}

/** A port of Services or pods that tells metrics. */
export interface ScrapeEndpoint extends ScrapeOptions {
  /** Name of the port. */
  readonly port: string;
}

/** @internal */
export function scrapeFields(options: ScrapeOptions): object {
  const { path, params, interval, timeout, https, insecureSkipVerify, honorLabels, dropMetrics } = options;
  return {
    path,
    scheme: https ? 'https' : undefined,
    params,
    interval: interval && goDuration(interval),
    scrapeTimeout: timeout && goDuration(timeout),
    honorLabels: honorLabels || undefined,
    tlsConfig: insecureSkipVerify ? { insecureSkipVerify } : undefined,
    metricRelabelConfigs: dropMetrics && [{ action: 'drop', sourceLabels: ['__name__'], regex: dropMetrics.join('|') }],
  };
}

/** @internal */
export function endpointFields({ port, ...options }: ScrapeEndpoint): object {
  return { port, ...scrapeFields(options) };
}

/** What is wrong with what selects targets and what is asked of them, a sentence each. @internal */
export function scrapeProblems(scrape: string, targets: string, matchLabels: { [label: string]: string }, endpoints: ScrapeEndpoint[]): string[] {
  return [
    ...Object.keys(matchLabels).length > 0 ? [] : [
      `${scrape} selects ${targets} by no label, which selects every one; expected at least one label: give matchLabels.`,
    ],
    ...endpoints.length > 0 ? [] : [`${scrape} has no endpoints; expected at least one: say which port tells metrics.`],
  ];
}
