import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component, Variable } from '../../platform';

export interface GatewayApiProps {
  /** @default - `infrastructure` */
  readonly namespace?: string;

  /**
   * Names of the Gateways.
   *
   * @default - `platform-tailscale-general` and `platform-tailscale-admin`
   */
  readonly gateways?: string[];

  /**
   * Name of the Secret with the certificate for `*.<domain>`, in the namespace of the Gateways.
   *
   * @default - `platform-tls`
   */
  readonly tlsSecretName?: string;
}

/** Gateways for HTTPS on every name of the cluster's domain, run by Cilium and reached through Tailscale. */
export class GatewayApi extends Component {
  constructor(scope: Construct, id: string, props: GatewayApiProps = {}) {
    super(scope, id, { area: Area.INFRASTRUCTURE });
    const className = 'cilium-tailscale';
    const namespace = props.namespace ?? 'infrastructure';
    new ApiObject(this, className, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: className },
      spec: { controllerName: 'io.cilium/gateway-controller' },
    });
    for (const name of props.gateways ?? ['platform-tailscale-general', 'platform-tailscale-admin']) {
      new ApiObject(this, name, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: { name, namespace },
        spec: {
          gatewayClassName: className,
          listeners: [{
            name: 'https',
            hostname: `*.${Variable.of('domain')}`,
            port: 443,
            protocol: 'HTTPS',
            tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: props.tlsSecretName ?? 'platform-tls' }] },
            allowedRoutes: { namespaces: { from: 'All' } },
          }],
        },
      });
    }
  }
}
