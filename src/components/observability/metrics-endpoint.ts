/** What a metrics endpoint belongs to. */
export enum MetricsTarget {
  /** A Service. */
  SERVICE = 'Service',
  /** Pods that have no Service for it. */
  POD = 'Pod',
}

/** Where a system tells its metrics. */
export interface MetricsEndpoint {
  /** Name of the endpoint, and of the rule that scrapes it. */
  readonly name: string;

  /**
   * @default MetricsTarget.SERVICE
   */
  readonly target?: MetricsTarget;

  /** Namespace of the Services or pods. */
  readonly namespace: string;

  /** Labels of the Services or pods. */
  readonly matchLabels: { [label: string]: string };

  /** Name of the port. */
  readonly port: string;

  /**
   * @default - `/metrics`
   */
  readonly path?: string;
}

/** A component whose systems tell metrics: `victoriaMetrics.scrape(component)` collects them. */
export interface IMetricsSource {
  readonly metricsEndpoints: MetricsEndpoint[];
}
