import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

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
      chart: System.GRAFANA_OPERATOR.chart(scope),
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
