import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface VictoriaLogsProps extends HelmOptions {
  /** @default - `observability` */
  readonly namespace?: string;
}

/**
 * VictoriaLogs: logs.
 */
export class VictoriaLogs extends HelmComponent {
  constructor(scope: Construct, id: string, props: VictoriaLogsProps = {}) {
    super(scope, id, {
      area: Area.OBSERVABILITY,
      namespace: 'observability',
      chart: System.VICTORIA_LOGS_SINGLE.chart(scope),
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
