import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

export interface GrafanaOperatorProps extends HelmOptions {
  /** @default - `observability` */
  readonly namespace?: string;
}

/**
 * Grafana Operator: dashboards and datasources as objects.
 */
export class GrafanaOperator extends HelmComponent {
  constructor(scope: Construct, id: string, props: GrafanaOperatorProps = {}) {
    super(scope, id, {
      area: Area.OBSERVABILITY,
      namespace: 'observability',
      chart: 'grafana-operator',
      version: '5.24.0',
      repository: 'oci://ghcr.io/grafana/helm-charts',
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
