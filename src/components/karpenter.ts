import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area, Variable } from '../platform';

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
      chart: 'karpenter',
      version: '1.13.0',
      repository: 'oci://public.ecr.aws/karpenter',
      ...props,
      values: mergeValues({
        settings: { clusterName: `${Variable.of('cluster_name')}` },
      }, props.values),
    });
  }
}
