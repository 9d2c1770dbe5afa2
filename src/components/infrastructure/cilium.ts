import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface CiliumProps extends HelmOptions {
  /** @default - `kube-system` */
  readonly namespace?: string;
}

/**
 * Cilium: networking and network policies. It runs before Flux does, as the network of the nodes; the release takes it over.
 */
export class Cilium extends HelmComponent {
  constructor(scope: Construct, id: string, props: CiliumProps = {}) {
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      namespace: 'kube-system',
      chart: System.CILIUM.chart(scope),
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
