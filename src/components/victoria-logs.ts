import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'victoria-logs-single',
      version: '0.13.9',
      repository: 'https://victoriametrics.github.io/helm-charts',
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
