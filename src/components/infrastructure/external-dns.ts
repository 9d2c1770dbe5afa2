import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area, Variable } from '../../platform';

export interface ExternalDnsProps extends HelmOptions {
  /** @default - `kube-system` */
  readonly namespace?: string;
}

/**
 * ExternalDNS: DNS records in Route 53 for Services and HTTPRoutes.
 */
export class ExternalDns extends HelmComponent {
  constructor(scope: Construct, id: string, props: ExternalDnsProps = {}) {
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      namespace: 'kube-system',
      chart: System.EXTERNAL_DNS.chart(scope),
      ...props,
      values: mergeValues({
        provider: { name: 'aws' },
        sources: ['service', 'ingress', 'gateway-httproute'],
        domainFilters: [`${Variable.of('domain')}`],
        txtOwnerId: `${Variable.of('cluster_name')}`,
      }, props.values),
    });
  }
}
