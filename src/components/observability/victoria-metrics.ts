import { Duration, Lazy, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MetricsBackup } from './metrics-backup';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from './metrics-endpoint';
import { claimFields, MetricsStorage, podFields, replicaFields, StorageEntry } from './metrics-storage';
import { PodScrape } from './pod-scrape';
import { ServiceScrape } from './service-scrape';
import { goDuration } from '../../flux/duration';
import { Area, Variable } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, RESTRICTED_CONTAINER, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

/** The release, and every object of the operator that it makes. */
const NAME = 'victoria-metrics-k8s-stack';
const OPERATOR = `${NAME}-victoria-metrics-operator`;
const ALERTMANAGER: StorageEntry = { part: 'vmalertmanager', port: 9093, path: '' };
/** `nobody`, which the images' files are readable for. */
const NOBODY = 65534;

export interface VictoriaMetricsProps extends HelmOptions {
  /**
   * Namespace of all of it. It has to allow privileged pods where `nodeExporter` is on.
   *
   * @default 'observability'
   */
  readonly namespace?: string;

  /**
   * Where metrics are stored, and for how long.
   *
   * @default MetricsStorage.single()
   */
  readonly storage?: MetricsStorage;

  /**
   * Where backups of them go.
   *
   * @default - there are none
   */
  readonly backup?: MetricsBackup;

  /**
   * How often metrics are collected, and rules evaluated.
   *
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;

  /**
   * Further labels of every metric and alert, beside `cluster`.
   *
   * @default - `cluster` alone, with the variable `cluster_name`
   */
  readonly externalLabels?: { [label: string]: string };

  /**
   * Resources of what collects metrics, `vmagent`.
   *
   * @default - 100m CPU, 256Mi of memory with a limit of 512Mi
   */
  readonly agentResources?: ContainerResources;

  /**
   * Whether rules are evaluated and alerts sent: `vmalert` and Alertmanager.
   *
   * @default true
   */
  readonly alerting?: boolean;

  /**
   * Where alerts go: Alertmanager's configuration, in the key `alertmanager.yaml`.
   *
   * @default - nowhere: they are seen in Alertmanager alone
   * @see https://prometheus.io/docs/alerting/latest/configuration/
   */
  readonly alertmanagerConfig?: SecretSource;

  /**
   * Pods of Alertmanager, which tell each other what they have sent.
   *
   * @default 1
   */
  readonly alertmanagerReplicas?: number;

  /**
   * Size of each one's volume, for silences and what was sent.
   *
   * @default Size.gibibytes(1)
   */
  readonly alertmanagerSize?: Size;

  /**
   * StorageClass of their volumes.
   *
   * @default - the cluster's default one
   */
  readonly alertmanagerStorageClass?: string;

  /**
   * Resources of Alertmanager, and of what evaluates rules.
   *
   * @default - 20m CPU and 128Mi of memory
   */
  readonly alertingResources?: ContainerResources;

  /**
   * Whether the chart's rules for Kubernetes, nodes and VictoriaMetrics are installed. A Job fetches them from GitHub after each install and
   * upgrade, so the cluster has to reach it.
   *
   * @default true
   */
  readonly defaultRules?: boolean;

  /**
   * Labels of the Grafana that the chart's dashboards are for: they become GrafanaDashboards, which read a datasource of the uid
   * `VictoriaMetrics`. A Job fetches them as it does the rules.
   *
   * @default - no dashboards
   */
  readonly dashboardLabels?: { [label: string]: string };

  /**
   * Whether the cluster's control plane is run by somebody else, as it is on EKS: then etcd, scheduler and controller manager have no metrics
   * that could be collected, and there are no alerts on their absence.
   *
   * @default true
   */
  readonly managedControlPlane?: boolean;

  /**
   * Whether each node tells metrics of itself. Its pods see the host's network, processes and files, so their namespace has to allow
   * privileged ones.
   *
   * @default true
   */
  readonly nodeExporter?: boolean;

  /**
   * Whether the objects on the cluster are told of as metrics.
   *
   * @default true
   */
  readonly kubeStateMetrics?: boolean;

  /**
   * Resources of the operator.
   *
   * @default - 50m CPU, 128Mi of memory with a limit of 256Mi
   */
  readonly operatorResources?: ContainerResources;

  /**
   * How the user interface is reached from outside the cluster, and with it the API: it asks nobody who they are.
   *
   * @default - not at all
   */
  readonly route?: RouteOptions;

  /**
   * How Alertmanager is reached from outside the cluster: it asks nobody who they are.
   *
   * @default - not at all
   */
  readonly alertmanagerRoute?: RouteOptions;

  /**
   * Whether a network policy lets nobody but the Gateway, the namespace and `clients` reach what has a route.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;

  /**
   * Others that may reach it, such as programs that push metrics from another namespace.
   *
   * @default - none
   */
  readonly clients?: NetworkPeer[];
}

/**
 * VictoriaMetrics: metrics, collected, stored and alerted on. The operator that runs it makes all of it of custom resources.
 *
 * The definitions of its APIs come ahead of it: `Crds.ofSystem(…, System.VICTORIA_METRICS)`.
 *
 * @see https://docs.victoriametrics.com/helm/victoria-metrics-k8s-stack/
 */
export class VictoriaMetrics extends HelmComponent implements IAwsClient {
  /** Base URL of the Prometheus API inside the cluster, for a datasource. */
  public readonly readUrl: string;

  /** URL of remote write inside the cluster. */
  public readonly writeUrl: string;

  /** URL of Alertmanager inside the cluster; none where there is no alerting. */
  public readonly alertmanagerUrl?: string;

  public readonly serviceAccount: ServiceAccountReference;

  /** What the storage does on AWS for its backups; nothing where there are none. */
  public readonly awsStatements: Statement[];

  private readonly scrapes: Construct;

  constructor(scope: Construct, id: string, props: VictoriaMetricsProps = {}) {
    const { namespace = 'observability', storage = MetricsStorage.single(), alerting = true, backup } = props;
    const secrets: { config?: string; license?: string } = {};
    super(scope, id, {
      area: Area.OBSERVABILITY,
      chart: System.VICTORIA_METRICS.chart(scope),
      ...props,
      namespace,
      values: mergeValues({
        ...operatorValues(props),
        ...storage._values(backup ? { vmBackup: backup._toJson() } : {}),
        ...backup ? { global: { license: { keyRef: { name: Lazy.any({ produce: () => secrets.license }), key: 'license' } } } } : {},
        vmagent: agentValues(props),
        ...alerting
          ? alertingValues(props, Lazy.any({ produce: () => secrets.config }))
          : { vmalert: { enabled: false }, alertmanager: { enabled: false } },
        ...targetValues(props),
        ...fetchedValues(props),
        // The Grafana Operator runs Grafana.
        grafana: { enabled: false },
      }, props.values),
      controllers: ['operator.victoriametrics.com'],
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: OPERATOR, namespace },
        ...serviceNames(storage, alerting).map(name => ({ apiVersion: 'v1', kind: 'Service', name, namespace })),
        { apiVersion: 'v1', kind: 'ServiceAccount', name: `${storage._account}-${NAME}`, namespace },
      ],
    });
    secrets.config = props.alertmanagerConfig?._bind(this, 'alertmanager-config', { name: 'alertmanager-config', keys: ['alertmanager.yaml'] });
    secrets.license = backup?._license._bind(this, 'license', { name: 'victoria-metrics-license', keys: ['license'] });
    this.readUrl = this.urlOf(storage._read);
    this.writeUrl = this.urlOf(storage._write);
    this.alertmanagerUrl = alerting ? this.urlOf(ALERTMANAGER) : undefined;
    this.serviceAccount = ServiceAccountReference.fromName(`${storage._account}-${NAME}`, namespace);
    this.awsStatements = backup?.awsStatements ?? [];
    this.scrapes = new Construct(this, 'scrapes');
    this.expose(id, storage._read, props.route, props);
    this.expose('alertmanager', ALERTMANAGER, alerting ? props.alertmanagerRoute : undefined, props);
    this.node.addValidation({ validate: () => alerting ? [] : idleProblems(this.node.path, props) });
  }

  /**
   * Collects the metrics of another component.
   *
   * @throws where two endpoints have the same name
   */
  public scrape(source: IMetricsSource): void {
    source.metricsEndpoints.forEach(endpoint => this.scrapeEndpoint(endpoint));
  }

  private scrapeEndpoint({ name, target = MetricsTarget.SERVICE, namespace, matchLabels, port, path }: MetricsEndpoint): void {
    if (this.scrapes.node.tryFindChild(name)) {
      throw new Error(`${this.node.path} is to scrape two metrics endpoints named "${name}"; expected every name once: scrape each component once, `
        + 'or add a ServiceScrape of another name for the second one.');
    }
    const scrape = { matchLabels, namespaces: [namespace], endpoints: [{ port, path }] };
    if (target === MetricsTarget.POD) {
      new PodScrape(this.scrapes, name, scrape);
    } else {
      new ServiceScrape(this.scrapes, name, scrape);
    }
  }

  /** A route to one of the Services, and a policy for the pods behind it. */
  private expose(name: string, entry: StorageEntry, route: RouteOptions | undefined, props: VictoriaMetricsProps): void {
    const { networkPolicy = true, clients = [] } = props;
    if (!route) {
      return;
    }
    new HttpRoute(this, `${name}-route`, {
      metadata: { name },
      gateway: route.gateway,
      listener: route.listener,
      hostnames: [hostnameOf(name, route)],
      rules: [{ backend: RouteBackend.fromName(serviceName(entry), entry.port) }],
    });
    if (networkPolicy) {
      new NetworkPolicy(this, `${name}-policy`, {
        metadata: { name },
        pods: { matchLabels: { 'app.kubernetes.io/name': entry.part, 'app.kubernetes.io/instance': NAME } },
        ingress: [
          { peers: [NetworkPeer.gateway()], ports: [String(entry.port)] },
          { peers: [NetworkPeer.namespace(this.namespace!), ...clients] },
        ],
      });
    }
  }

  private urlOf(entry: StorageEntry): string {
    return `http://${serviceName(entry)}.${this.namespace}.svc:${entry.port}${entry.path}`;
  }
}

function hostnameOf(name: string, { hostname }: RouteOptions): string {
  return hostname ?? `${name}.${Variable.of('domain')}`;
}

/** One pod that stores answers and takes in by the same Service. */
function serviceNames(storage: MetricsStorage, alerting: boolean): string[] {
  return [...new Set([storage._read, storage._write, ...alerting ? [ALERTMANAGER] : []].map(serviceName))];
}

/** As the operator names it. */
function serviceName({ part }: StorageEntry): string {
  return `${part}-${NAME}`;
}

function operatorValues({ operatorResources }: VictoriaMetricsProps): Values {
  return {
    'victoria-metrics-operator': {
      // The `crds` layer installs them.
      crds: { enabled: false, plain: false },
      // There is none of the Prometheus Operator's objects to convert.
      operator: { disable_prometheus_converter: true },
      // A webhook that answered for everybody would keep Flux from applying the release that mends it.
      admissionWebhooks: { policy: 'Ignore' },
      // Pod Security `restricted` for whatever the operator makes.
      env: [{ name: 'VM_ENABLESTRICTSECURITY', value: 'true' }],
      podSecurityContext: { seccompProfile: RESTRICTED_POD.seccompProfile },
      resources: resourceValues(operatorResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256))),
    },
  };
}

function agentValues(props: VictoriaMetricsProps): Values {
  return {
    spec: {
      scrapeInterval: scrapeInterval(props),
      externalLabels: externalLabels(props),
      ...podFields(props.agentResources ?? usualResources(Cpu.millis(100), Size.mebibytes(256), Size.mebibytes(512))),
      configReloaderResources: reloaderResources(),
    },
  };
}

function alertingValues(props: VictoriaMetricsProps, configSecret: any): Values {
  const { alertmanagerConfig, alertmanagerRoute, alertmanagerReplicas = 1, alertmanagerSize = Size.gibibytes(1), alertmanagerStorageClass } = props;
  const resources = {
    ...podFields(props.alertingResources ?? usualResources(Cpu.millis(20), Size.mebibytes(128))), configReloaderResources: reloaderResources(),
  };
  return {
    vmalert: { spec: { evaluationInterval: scrapeInterval(props), externalLabels: externalLabels(props), ...resources } },
    alertmanager: {
      spec: {
        ...replicaFields(alertmanagerReplicas),
        ...alertmanagerConfig ? { configSecret } : {},
        // What links in messages begin with.
        ...alertmanagerRoute ? { externalURL: `https://${hostnameOf('alertmanager', alertmanagerRoute)}` } : {},
        storage: { volumeClaimTemplate: { spec: claimFields(alertmanagerSize, alertmanagerStorageClass) } },
        // Where it has a volume, the chart writes one of its own, which is less.
        securityContext: { ...RESTRICTED_CONTAINER, ...userFields() },
        ...resources,
      },
    },
  };
}

/** What is scraped of Kubernetes itself. */
function targetValues({ managedControlPlane = true, nodeExporter = true, kubeStateMetrics = true }: VictoriaMetricsProps): Values {
  const controlPlane = { enabled: !managedControlPlane };
  return {
    'kubeEtcd': controlPlane,
    'kubeScheduler': controlPlane,
    'kubeControllerManager': controlPlane,
    'kube-state-metrics': {
      enabled: kubeStateMetrics,
      ...kubeStateMetrics ? { resources: resourceValues(usualResources(Cpu.millis(20), Size.mebibytes(128), Size.mebibytes(256))) } : {},
    },
    'prometheus-node-exporter': {
      enabled: nodeExporter,
      ...nodeExporter ? { resources: resourceValues(usualResources(Cpu.millis(20), Size.mebibytes(64))) } : {},
    },
  };
}

/** What a Job of the chart fetches from GitHub. */
function fetchedValues({ defaultRules = true, dashboardLabels, managedControlPlane = true }: VictoriaMetricsProps): Values {
  const withControlPlane = { enabled: !managedControlPlane };
  return {
    syncJob: defaultRules || dashboardLabels ? {
      enabled: true,
      resources: resourceValues(usualResources(Cpu.millis(20), Size.mebibytes(128))),
      podSecurityContext: { ...RESTRICTED_POD, ...userFields() },
      containerSecurityContext: RESTRICTED_CONTAINER,
    } : { enabled: false },
    defaultRules: defaultRules ? {
      groups: { 'kubernetes-system-scheduler': withControlPlane, 'kubernetes-system-controller-manager': withControlPlane },
    } : { enabled: false },
    defaultDashboards: dashboardLabels ? {
      grafanaOperator: { enabled: true, spec: { instanceSelector: { matchLabels: dashboardLabels } } },
    } : { enabled: false },
  };
}

function externalLabels(props: VictoriaMetricsProps): Values {
  return { cluster: Variable.of('cluster_name'), ...props.externalLabels };
}

function scrapeInterval(props: VictoriaMetricsProps): string {
  return goDuration(props.scrapeInterval ?? Duration.seconds(30));
}

/** What reads changed configuration, beside each of them. */
function reloaderResources(): Values | undefined {
  return resourceValues(usualResources(Cpu.millis(10), Size.mebibytes(32), Size.mebibytes(64)));
}

function userFields(): Values {
  return { runAsUser: NOBODY, runAsGroup: NOBODY, fsGroup: NOBODY };
}

/** What is said of alerts where there are none. */
function idleProblems(path: string, { alertmanagerConfig, alertmanagerRoute }: VictoriaMetricsProps): string[] {
  const given = [...alertmanagerConfig ? ['alertmanagerConfig'] : [], ...alertmanagerRoute ? ['alertmanagerRoute'] : []];
  return given.map(prop => `${path} has ${prop}, and no alerting; expected alerting with it: turn alerting on, or leave ${prop} out.`);
}
