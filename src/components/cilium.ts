import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'cilium',
      version: '1.20.0',
      repository: 'https://helm.cilium.io',
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
