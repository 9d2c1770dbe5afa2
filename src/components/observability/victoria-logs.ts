import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { LogsPart, LogsStorage } from './logs-storage';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from './metrics-endpoint';
import { Area, Variable } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';

export interface VictoriaLogsProps extends HelmOptions {
  /**
   * Namespace of all of it. It has to allow privileged pods where `collector` is on.
   *
   * @default 'observability'
   */
  readonly namespace?: string;

  /**
   * Where logs are stored, and for how long.
   *
   * @default LogsStorage.single()
   */
  readonly storage?: LogsStorage;

  /**
   * Whether the logs of every pod are collected, by Vector on each node. Its pods read the host's files, so their namespace has to allow
   * privileged ones.
   *
   * @default true
   */
  readonly collector?: boolean;

  /**
   * Resources of the collector, on each node.
   *
   * @default - 50m CPU, 128Mi of memory with a limit of 256Mi
   */
  readonly collectorResources?: ContainerResources;

  /**
   * How the user interface is reached from outside the cluster, and with it the API: it asks nobody who they are.
   *
   * @default - not at all
   */
  readonly route?: RouteOptions;

  /**
   * Whether a network policy lets nobody but the Gateway, the namespace and `clients` reach what has a route.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;

  /**
   * Others that may reach it, such as programs that push logs from another namespace.
   *
   * @default - none
   */
  readonly clients?: NetworkPeer[];
}

/**
 * VictoriaLogs: the logs of every pod, collected and stored.
 *
 * @see https://docs.victoriametrics.com/victorialogs/
 */
export class VictoriaLogs extends HelmComponent implements IMetricsSource {
  /** Base URL of the API inside the cluster that answers queries, for a datasource. */
  public readonly readUrl: string;

  private readonly storage: LogsStorage;
  private readonly collector: boolean;

  constructor(scope: Construct, id: string, props: VictoriaLogsProps = {}) {
    const { namespace = 'observability', storage = LogsStorage.single(), collector = true } = props;
    const name = ({ part }: LogsPart) => `${storage._release}-${part}`;
    super(scope, id, {
      area: Area.OBSERVABILITY,
      chart: storage._system.chart(scope),
      ...props,
      namespace,
      values: mergeValues({ ...storage._values, ...collector ? collectorValues(props) : {} }, props.values),
      provides: [
        ...storage._parts.map(part => ({ apiVersion: 'apps/v1', kind: part.kind, name: name(part), namespace })),
        ...storage._parts.map(part => ({ apiVersion: 'v1', kind: 'Service', name: name(part), namespace })),
        ...collector ? [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: `${storage._release}-vector`, namespace }] : [],
      ],
    });
    this.storage = storage;
    this.collector = collector;
    this.readUrl = `http://${name(storage._read)}.${namespace}.svc:${storage._read.port}`;
    this.expose(id, name(storage._read), props);
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    const { _release: release, _parts: parts } = this.storage;
    const namespace = this.namespace!;
    return [
      ...parts.map(({ part }) => ({
        name: `${release}-${part}`,
        namespace,
        matchLabels: { 'app.kubernetes.io/name': release, 'app.kubernetes.io/instance': release, 'app.kubernetes.io/component': part },
        port: 'http',
      })),
      ...this.collector ? [{
        name: `${release}-vector`,
        target: MetricsTarget.POD,
        namespace,
        matchLabels: { 'app.kubernetes.io/name': 'vector', 'app.kubernetes.io/instance': release },
        port: 'prom-exporter',
      }] : [],
    ];
  }

  /** A route to what answers queries, and a policy for its pods. */
  private expose(name: string, serviceName: string, { route, networkPolicy = true, clients = [] }: VictoriaLogsProps): void {
    if (!route) {
      return;
    }
    const { part, port } = this.storage._read;
    new HttpRoute(this, 'route', {
      metadata: { name },
      gateway: route.gateway,
      listener: route.listener,
      hostnames: [route.hostname ?? `${name}.${Variable.of('domain')}`],
      rules: [{ backend: RouteBackend.fromName(serviceName, port) }],
    });
    if (networkPolicy) {
      new NetworkPolicy(this, 'policy', {
        metadata: { name },
        pods: { matchLabels: { 'app.kubernetes.io/instance': this.storage._release, 'app': part } },
        ingress: [
          { peers: [NetworkPeer.gateway()], ports: [String(port)] },
          { peers: [NetworkPeer.namespace(this.namespace!), ...clients] },
        ],
      });
    }
  }
}

/** Vector, which the chart configures to send to its own storage. */
function collectorValues({ collectorResources }: VictoriaLogsProps): Values {
  return {
    vector: {
      enabled: true,
      // Nodes with taints have logs, too.
      tolerations: [{ operator: 'Exists' }],
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      resources: resourceValues(collectorResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256))),
    },
  };
}
