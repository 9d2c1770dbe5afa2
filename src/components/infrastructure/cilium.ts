import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CiliumIpam } from './cilium-ipam';
import { HttpRoute, RouteOptions } from './http-route';
import { NetworkPeer } from './network-peer';
import { NetworkPolicy } from './network-policy';
import { RouteBackend } from './route-backend';
import { Area, Variable } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { System } from '../system';

const HUBBLE_UI = 'hubble-ui';

/** Whether pods that no network policy is for may talk to everything. */
export enum CiliumPolicyEnforcement {
  /** They may, until a policy is for them. */
  DEFAULT = 'default',
  /** They may not: nothing is let through that no policy names. */
  ALWAYS = 'always',
  /** Policies do nothing. */
  NEVER = 'never',
}

export interface CiliumProps extends HelmOptions {
  /**
   * Namespace of Cilium.
   *
   * @default 'kube-system'
   */
  readonly namespace?: string;

  /**
   * Where the addresses of pods come from: what Cilium was installed with.
   *
   * @default CiliumIpam.eni()
   */
  readonly ipam?: CiliumIpam;

  /**
   * Whether Cilium does what kube-proxy does. Gateways need it.
   *
   * @default true
   */
  readonly kubeProxyReplacement?: boolean;

  /**
   * Host of the API server, without `https://`.
   *
   * @default - the Service `kubernetes`, which a new node reaches only where kube-proxy runs, too
   */
  readonly apiServerHost?: string;

  /**
   * Port of the API server, if `apiServerHost` is said.
   *
   * @default 443
   */
  readonly apiServerPort?: number;

  /**
   * Whether Cilium runs Gateways. The definitions of the Gateway API have to be there when its operator starts.
   *
   * @default - where it does what kube-proxy does
   */
  readonly gatewayApi?: boolean;

  /**
   * Whether packets between nodes are encrypted, by WireGuard.
   *
   * @default false
   */
  readonly wireguard?: boolean;

  /**
   * @default CiliumPolicyEnforcement.DEFAULT
   */
  readonly policyEnforcement?: CiliumPolicyEnforcement;

  /**
   * Whether Hubble collects what the agents see of the traffic, and `hubble observe` shows it.
   *
   * @default true
   */
  readonly hubble?: boolean;

  /**
   * What Hubble tells as metrics.
   *
   * @default - `dns`, `drop`, `tcp`, `flow`, `icmp` and `port-distribution`
   * @see https://docs.cilium.io/en/stable/observability/metrics/#hubble-exported-metrics
   */
  readonly hubbleMetrics?: string[];

  /**
   * How Hubble's user interface is reached. It has no login of its own: who reaches it sees all traffic.
   *
   * @default - there is no user interface
   */
  readonly route?: RouteOptions;

  /**
   * Whether the user interface takes requests from the Gateway alone.
   *
   * @default - where there is a route
   */
  readonly networkPolicy?: boolean;

  /**
   * Pods of the operator. With more than one, one of them leads and a PodDisruptionBudget keeps one running.
   *
   * @default 2
   */
  readonly operatorReplicas?: number;

  /**
   * Resources of the agent on each node.
   *
   * @default - 100m CPU and 512Mi of memory, at most 2Gi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of the proxy on each node, through which Gateways' requests go.
   *
   * @default - 50m CPU and 128Mi of memory, at most 1Gi
   */
  readonly envoyResources?: ContainerResources;

  /**
   * Resources of the operator.
   *
   * @default - 20m CPU and 256Mi of memory, at most 512Mi
   */
  readonly operatorResources?: ContainerResources;
}

/**
 * Cilium: the network of the pods, network policies, and what runs the Gateways.
 *
 * Flux needs a network itself, so Cilium is installed before it. The component takes that release over, by the same name and namespace: it
 * has to be told what Cilium was installed with. Where something else keeps Cilium, the component is left out; network policies and Gateways
 * do not need it.
 *
 * @see https://docs.cilium.io
 */
export class Cilium extends HelmComponent implements IMetricsSource {
  private readonly hubble: boolean;

  /**
   * @throws where Hubble's user interface has a route and there is no Hubble, or Gateways have no proxy
   */
  constructor(scope: Construct, id: string, props: CiliumProps = {}) {
    const { namespace = 'kube-system', hubble = true, route, kubeProxyReplacement = true, gatewayApi } = props;
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      chart: System.CILIUM.chart(scope),
      ...props,
      namespace,
      apis: System.CILIUM.apis,
      controllers: ['cilium.io', 'gateway.networking.k8s.io'],
      values: mergeValues(valuesOf(props), props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'cilium', namespace },
        { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'cilium-envoy', namespace },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cilium-operator', namespace },
        ...hubble ? [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'hubble-relay', namespace }] : [],
        ...route ? [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: HUBBLE_UI, namespace },
          { apiVersion: 'v1', kind: 'Service', name: HUBBLE_UI, namespace },
        ] : [],
      ],
    });
    this.hubble = hubble;
    if (route && !hubble) {
      throw new Error(`${this.node.path} is given a route to the user interface of Hubble and no Hubble; expected both or none: leave out hubble or route.`);
    }
    if (gatewayApi && !kubeProxyReplacement) {
      throw new Error(`${this.node.path} is told to run Gateways and to leave Services to kube-proxy, with which Cilium runs none; `
        + 'expected kubeProxyReplacement: leave out one of the two.');
    }
    if (route) {
      this.addRoute(route);
      if (props.networkPolicy ?? true) {
        new NetworkPolicy(this, HUBBLE_UI, {
          pods: { matchLabels: { 'k8s-app': HUBBLE_UI } },
          ingress: [{ peers: [NetworkPeer.gateway()], ports: ['8081'] }],
        });
      }
    }
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    const of = (name: string, label: string, port: string): MetricsEndpoint => ({
      name, namespace: this.namespace!, matchLabels: { [label.split('=')[0]]: label.split('=')[1] }, port,
    });
    return [
      of('cilium-agent', 'app.kubernetes.io/name=cilium-agent', 'metrics'),
      of('cilium-operator', 'app.kubernetes.io/name=cilium-operator', 'metrics'),
      of('cilium-envoy', 'app.kubernetes.io/name=cilium-envoy', 'envoy-metrics'),
      ...this.hubble ? [of('hubble', 'app.kubernetes.io/name=hubble', 'hubble-metrics'), of('hubble-relay', 'k8s-app=hubble-relay', 'metrics')] : [],
    ];
  }

  private addRoute({ gateway, listener, hostname }: RouteOptions): void {
    new HttpRoute(this, 'hubble', {
      gateway,
      listener,
      hostnames: [hostname ?? `hubble.${Variable.of('domain')}`],
      rules: [{ backend: RouteBackend.fromName(HUBBLE_UI, 80) }],
    });
  }
}

function valuesOf(props: CiliumProps): Values {
  const { kubeProxyReplacement = true, gatewayApi = kubeProxyReplacement, wireguard = false, policyEnforcement, ipam = CiliumIpam.eni() } = props;
  return {
    ...ipam._values,
    ...apiServerValues(props),
    kubeProxyReplacement: String(kubeProxyReplacement),
    // The class is the GatewayApi component's business.
    gatewayAPI: { enabled: gatewayApi, gatewayClass: { create: 'false' } },
    encryption: wireguard ? { enabled: true, type: 'wireguard' } : undefined,
    policyEnforcementMode: policyEnforcement,
    // Agents and the operator read their configuration when they start.
    rollOutCiliumPods: true,
    prometheus: { enabled: true, metricsService: true },
    resources: resourceValues(props.resources ?? usualResources(Cpu.millis(100), Size.mebibytes(512), Size.gibibytes(2))),
    operator: operatorValues(props),
    envoy: {
      rollOutPods: true,
      prometheus: { enabled: true },
      resources: resourceValues(props.envoyResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.gibibytes(1))),
    },
    hubble: hubbleValues(props),
  };
}

function apiServerValues({ apiServerHost, apiServerPort = 443 }: CiliumProps): Values {
  return apiServerHost === undefined ? {} : { k8sServiceHost: apiServerHost, k8sServicePort: String(apiServerPort) };
}

function operatorValues({ operatorReplicas = 2, operatorResources }: CiliumProps): Values {
  return {
    replicas: operatorReplicas,
    rollOutPods: true,
    podDisruptionBudget: { enabled: operatorReplicas > 1 },
    prometheus: { enabled: true, metricsService: true },
    resources: resourceValues(operatorResources ?? usualResources(Cpu.millis(20), Size.mebibytes(256), Size.mebibytes(512))),
  };
}

function hubbleValues({ hubble = true, hubbleMetrics, route }: CiliumProps): Values {
  if (!hubble) {
    return { enabled: false };
  }
  return {
    enabled: true,
    // Helm itself would make new certificates with every upgrade, and none when they end: the CronJob does both.
    tls: { auto: { method: 'cronJob' } },
    metrics: { enabled: hubbleMetrics ?? ['dns', 'drop', 'tcp', 'flow', 'icmp', 'port-distribution'] },
    relay: { enabled: true, rollOutPods: true, prometheus: { enabled: true } },
    ui: { enabled: route !== undefined, rollOutPods: true },
  };
}
