import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface VictoriaMetricsProps extends HelmOptions {
  /** @default - `observability` */
  readonly namespace?: string;
}

/**
 * VictoriaMetrics: metrics, collected, stored and alerted on.
 */
export class VictoriaMetrics extends HelmComponent {
  constructor(scope: Construct, id: string, props: VictoriaMetricsProps = {}) {
    super(scope, id, {
      area: Area.OBSERVABILITY,
      namespace: 'observability',
      chart: System.VICTORIA_METRICS.chart(scope),
      ...props,
      values: mergeValues({
        // The Grafana Operator runs Grafana.
        grafana: { enabled: false },
      }, props.values),
    });
  }
}
