import { ApiObject } from 'cdk8s';
import { IServiceAccount, ISecret, Secret, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { podsIn, restrictedProblems } from './container-security';
import { HelmRelease, LabelSelector, ObjectReference, ProvidedApi } from '../../flux';
import { Area, Component, ComponentOptions, Variable } from '../../platform';
import { ChartSource } from '../helm/chart-source';
import { HelmOptions, installChart } from '../helm/helm-component';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { DashboardSource } from '../observability/dashboard-source';
import { IGrafana } from '../observability/grafana';
import { GrafanaDashboard, GrafanaDashboardOptions } from '../observability/grafana-dashboard';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from '../observability/metrics-endpoint';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { SecretSource } from '../security/secret-source';

export interface AppProps extends ComponentOptions, HelmOptions {
  /**
   * Top-level folder.
   *
   * @default Area.APPS
   */
  readonly area?: string;

  /**
   * The Helm chart that it is.
   *
   * @default - none: it is what is made in it, cdk8s-plus workloads for example
   */
  readonly chart?: ChartSource;

  /**
   * Name of the HelmRelease, and of the release.
   *
   * @default - the name of the App
   */
  readonly releaseName?: string;

  /**
   * What the chart brings that others refer to, or whose health is checked: Deployments, Services.
   *
   * @default - not said
   */
  readonly provides?: ObjectReference[];

  /**
   * The APIs that the chart installs.
   *
   * @default - none
   */
  readonly apis?: ProvidedApi[];

  /**
   * The ServiceAccount that its pods run as.
   *
   * @default - one that the App makes and that has its name; with a chart, none is known
   */
  readonly serviceAccount?: ServiceAccountReference;

  /**
   * Whether synth refuses pods that could not run in a namespace with the Pod Security level `restricted`. Those of a chart are not looked at.
   *
   * @default true
   */
  readonly restricted?: boolean;
}

/** How an App is reached from outside the cluster. */
export interface AppRouteOptions extends RouteOptions {
  /** Where requests go. */
  readonly backend: RouteBackend;

  /**
   * Name of the route, and of its NetworkPolicy.
   *
   * @default - the name of the App
   */
  readonly name?: string;

  /**
   * Prefix of the path.
   *
   * @default - every path
   */
  readonly pathPrefix?: string;

  /**
   * Whether a NetworkPolicy lets the Gateway and `allowedPeers` in, and nobody else.
   *
   * @default - where it is known which pods it is for
   */
  readonly networkPolicy?: boolean;

  /**
   * The pods behind the Service.
   *
   * @default - those that it selects, where it is made in the App
   */
  readonly pods?: LabelSelector;

  /**
   * Who may talk to the pods beside the Gateway.
   *
   * @default - every pod of its namespace, and of `observability`, from where metrics are collected
   */
  readonly allowedPeers?: NetworkPeer[];
}

/** Where an App tells its metrics. */
export interface AppMetricsOptions {
  /** Name of the port. */
  readonly port: string;

  /** Labels of the pods, or of the Services: `deployment.matchLabels`. */
  readonly matchLabels: { [label: string]: string };

  /**
   * @default MetricsTarget.POD
   */
  readonly target?: MetricsTarget;

  /**
   * @default - `/metrics`
   */
  readonly path?: string;

  /**
   * Name of the endpoint.
   *
   * @default - the name of the App
   */
  readonly name?: string;
}

/** What can be said of an App's dashboard. */
export interface AppDashboardOptions extends GrafanaDashboardOptions {
  /**
   * Name of the dashboard's object.
   *
   * @default - the name of the App
   */
  readonly name?: string;
}

/**
 * An application of your own: a Helm chart, or what is made in it, with its route, its secrets, its rights on AWS, its dashboards and its metrics.
 */
export class App extends Component implements IAwsClient, IMetricsSource {
  /** The HelmRelease, where it is a chart. */
  public readonly release?: HelmRelease;

  private readonly props: AppProps;
  private readonly ownAccount?: IServiceAccount;
  private readonly statements: Statement[] = [];
  private readonly endpoints: MetricsEndpoint[] = [];

  /**
   * @param scope the platform, or a cluster
   * @param id name of the App, and of its directory
   * @throws where it says no namespace, or something about a chart without one
   */
  constructor(scope: Construct, id: string, props: AppProps) {
    super(scope, id, { ...props, area: props.area ?? Area.APPS });
    if (props.namespace === undefined) {
      throw new Error(`the App "${id}" has no namespace; expected the one that it runs in: give it namespace.`);
    }
    const ofChart = (['values', 'release', 'releaseName', 'provides', 'apis'] as const).find(name => props[name] !== undefined);
    if (!props.chart && ofChart) {
      throw new Error(`the App "${id}" is given ${ofChart} and no chart; expected both or neither: give it chart, or take ${ofChart} out.`);
    }
    this.props = props;
    if (props.chart) {
      this.release = installChart(this, { ...props, chart: props.chart, releaseName: props.releaseName ?? id });
      this.provides(...props.provides ?? []);
    }
    this.ownAccount = this.makeAccount();
    this.node.addValidation({ validate: () => [...this.accountProblems(), ...this.podProblems()] });
  }

  /**
   * The ServiceAccount for its workloads: `serviceAccount: app.account`.
   *
   * @throws where it is a chart, and the ServiceAccount of its pods was not said
   */
  public get account(): IServiceAccount {
    if (!this.ownAccount) {
      throw new Error(`the App "${this.node.id}" is a chart, and the ServiceAccount of its pods is not known; expected its name: `
        + 'give it serviceAccount: ServiceAccountReference.fromName(…).');
    }
    return this.ownAccount;
  }

  /**
   * The ServiceAccount that its pods run as.
   *
   * @throws where it is a chart, and the ServiceAccount of its pods was not said
   */
  public get serviceAccount(): ServiceAccountReference {
    return this.props.serviceAccount ?? ServiceAccountReference.fromName(this.account.name, this.namespace!);
  }

  public get awsStatements(): Statement[] {
    return [...this.statements];
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [...this.endpoints];
  }

  /**
   * Adds a Secret, named `<app>-<id>`, for the containers of the App: `envVariables: { URL: secret.envValue('url') }`.
   *
   * @param id what it is called in the App
   * @param source where it comes from
   */
  public addSecret(id: string, source: SecretSource): ISecret {
    this.refuseTwice('secret', id);
    const scope = new Construct(this, `secret-${id}`);
    const name = source._bind(scope, 'ExternalSecret', { name: `${this.node.id}-${id}`, keys: [] });
    return Secret.fromSecretName(scope, 'Secret', name);
  }

  /** Lets the Gateway send it requests: an HTTPRoute, whose hostname is the name of the route below the variable `domain`, and a NetworkPolicy. */
  public addRoute(options: AppRouteOptions): HttpRoute {
    const { gateway, listener, backend, pathPrefix, name = this.node.id } = options;
    this.refuseTwice('route', name);
    const route = new HttpRoute(this, `route-${name}`, {
      metadata: { name },
      gateway,
      listener,
      hostnames: [options.hostname ?? `${name}.${Variable.of('domain')}`],
      rules: [{ pathPrefix, backend }],
    });
    this.addNetworkPolicy(name, options);
    return route;
  }

  /** Gives its pods rights on AWS, once `podIdentities.addClient(app)` is said. */
  public grant(...statements: Statement[]): void {
    // Told here, where it is said, and not only where the rights are collected.
    void this.serviceAccount;
    this.statements.push(...statements);
  }

  /**
   * Adds a dashboard.
   *
   * @param grafana the Grafana that it is for, in whatever namespace
   * @param source where its JSON comes from
   */
  public addDashboard(grafana: IGrafana, source: DashboardSource, options: AppDashboardOptions = {}): GrafanaDashboard {
    const { name = this.node.id, ...rest } = options;
    this.refuseTwice('dashboard', name);
    return new GrafanaDashboard(this, `dashboard-${name}`, { ...rest, metadata: { name }, grafana, source });
  }

  /** Says where it tells its metrics: `victoriaMetrics.scrape(app)` collects them. */
  public exposeMetrics(options: AppMetricsOptions): IMetricsSource {
    const { name = this.node.id, target = MetricsTarget.POD, matchLabels, port, path } = options;
    this.endpoints.push({ name, target, namespace: this.namespace!, matchLabels, port, path });
    return this;
  }

  private makeAccount(): IServiceAccount | undefined {
    const { serviceAccount, chart } = this.props;
    if (serviceAccount) {
      return ServiceAccount.fromServiceAccountName(this, 'service-account', serviceAccount.name, { namespaceName: serviceAccount.namespace });
    }
    return chart ? undefined : new ServiceAccount(this, 'service-account', { metadata: { name: this.node.id } });
  }

  private addNetworkPolicy(name: string, { backend, networkPolicy, pods, allowedPeers }: AppRouteOptions): void {
    const selected = pods ?? this.podsBehind(backend.serviceName);
    if (networkPolicy && !selected) {
      throw new Error(`the App "${this.node.id}" is asked for a NetworkPolicy of its route "${name}" to the Service ${backend.serviceName}, whose pods are not known; `
        + 'expected their labels: give the route pods.');
    }
    if (selected && networkPolicy !== false) {
      const peers = allowedPeers ?? [NetworkPeer.namespace(this.namespace!), NetworkPeer.namespace('observability')];
      new NetworkPolicy(this, `network-policy-${name}`, { metadata: { name }, pods: selected, ingress: [{ peers: [NetworkPeer.gateway(), ...peers] }] });
    }
  }

  /** The pods of a Service that is made in the App, asked for when the repository is written: they may be said after the route is. */
  private podsBehind(serviceName: string): LabelSelector | undefined {
    const service = this.node.findAll().filter(ApiObject.isApiObject).find(({ kind, name }) => kind === 'Service' && name === serviceName);
    return service && { get matchLabels() { return service.toJson().spec.selector; } };
  }

  private refuseTwice(what: string, name: string): void {
    if (this.node.tryFindChild(`${what}-${name}`)) {
      throw new Error(`the App "${this.node.id}" already has a ${what} named "${name}"; expected every name once: give this one another name.`);
    }
  }

  private accountProblems(): string[] {
    const pods = this.statements.length === 0 || this.props.chart ? undefined : podsIn(this);
    return !pods || pods.some(({ spec }) => spec.serviceAccountName === this.account.name) ? [] : [
      `the App "${this.node.id}" has rights on AWS and no pod that runs as its ServiceAccount "${this.account.name}"; expected one that does: `
      + 'give a workload serviceAccount: app.account.',
    ];
  }

  private podProblems(): string[] {
    const { restricted = true } = this.props;
    return !restricted ? [] : podsIn(this).flatMap(pods => restrictedProblems(pods).map(({ container, lacks }) =>
      `the ${pods.kind} "${pods.name}" of the App "${this.node.id}" gets no pods where Pod Security is restricted, because its container "${container}" lacks `
      + `${lacks.join(', ')}; expected what restricted asks for: give it securityContext: ContainerSecurity.RESTRICTED, or the App restricted: false.`));
  }
}
