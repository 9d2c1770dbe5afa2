import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'victoria-metrics-k8s-stack',
      version: '0.91.0',
      repository: 'https://victoriametrics.github.io/helm-charts',
      ...props,
      values: mergeValues({
        // The Grafana Operator runs Grafana.
        grafana: { enabled: false },
      }, props.values),
    });
  }
}
