import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area, Variable } from '../../platform';

export interface KarpenterProps extends HelmOptions {
  /** @default - `karpenter` */
  readonly namespace?: string;
}

/**
 * Karpenter: nodes on demand.
 */
export class Karpenter extends HelmComponent {
  constructor(scope: Construct, id: string, props: KarpenterProps = {}) {
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      namespace: 'karpenter',
      chart: System.KARPENTER.chart(scope),
      ...props,
      values: mergeValues({
        settings: { clusterName: `${Variable.of('cluster_name')}` },
      }, props.values),
    });
  }
}
