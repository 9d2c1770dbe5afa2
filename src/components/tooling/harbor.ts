import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area, Variable } from '../../platform';

export interface HarborProps extends HelmOptions {
  /** @default - `tooling` */
  readonly namespace?: string;
}

/**
 * Harbor: the registry.
 */
export class Harbor extends HelmComponent {
  constructor(scope: Construct, id: string, props: HarborProps = {}) {
    super(scope, id, {
      area: Area.TOOLING,
      namespace: 'tooling',
      chart: System.HARBOR.chart(scope),
      ...props,
      values: mergeValues({
        expose: { type: 'clusterIP', tls: { enabled: false } },
        externalURL: `https://harbor.${Variable.of('domain')}`,
      }, props.values),
    });
  }
}
