import { ApiObject, ApiObjectMetadata, Chart, Size } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { databaseConfig, GrafanaConfig, highAvailabilityConfig, oidcConfig, usualConfig } from './grafana-config';
import { GrafanaDatabase } from './grafana-database';
import { GrafanaOidc } from './grafana-oidc';
import { IMetricsSource, MetricsEndpoint } from './metrics-endpoint';
import { TypedObject } from '../../flux';
import { Component, Variable } from '../../platform';
import { mergeValues, present, resourceValues } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const PORT = 3000;
/** User and group that the operator runs Grafana as. */
const USER = 10001;
const SECRET = /(password|secret|secret_key|token)$/;

/** A Grafana, or several with the same labels, that datasources, folders and dashboards are for. */
export interface IGrafana {
  /** Labels of the Grafana objects. */
  readonly grafanaLabels: { [label: string]: string };

  /**
   * @default - not known
   */
  readonly grafanaNamespace?: string;
}

export interface GrafanaProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Labels by which datasources, folders and dashboards find it. Objects that name other labels lose it, and cannot be changed afterwards.
   *
   * @default - `dashboards: <name>`
   */
  readonly instanceLabels?: { [label: string]: string };

  /**
   * The whole image, for one of your own.
   *
   * @default - Grafana's own, at the version that the platform has for `grafana`
   */
  readonly image?: string;

  /**
   * Pods. With more than one, a database is needed, and a PodDisruptionBudget keeps one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * @default - 100m CPU, 256Mi of memory, and at most 1Gi: what the operator takes
   */
  readonly resources?: ContainerResources;

  /**
   * The Secret with the keys `username` and `password` of the administrator, with whom the operator signs in, too.
   *
   * @default - the operator makes a Secret `<name>-admin-credentials` with a random password
   */
  readonly admin?: SecretSource;

  /**
   * An identity provider that people sign in with.
   *
   * @default - none: the administrator alone can sign in
   */
  readonly oidc?: GrafanaOidc;

  /**
   * PostgreSQL database for what people make.
   *
   * @default - a file of SQLite, on the volume
   */
  readonly database?: GrafanaDatabase;

  /**
   * Size of the volume for the file of SQLite and the plugins.
   *
   * @default - none: what people make is gone with the pod; datasources, folders and dashboards of the repository are made anew
   */
  readonly storage?: Size;

  /**
   * Class of the volume.
   *
   * @default - the cluster's default
   */
  readonly storageClass?: string;

  /**
   * How it is reached from outside the cluster.
   *
   * @default - not at all
   */
  readonly route?: RouteOptions;

  /**
   * Whether a NetworkPolicy lets the Gateway and `allowedPeers` in, and nobody else.
   *
   * @default - with a route
   */
  readonly networkPolicy?: boolean;

  /**
   * Who may talk to it beside the Gateway: the operator has to, and what collects metrics.
   *
   * @default - every pod of its namespace
   */
  readonly allowedPeers?: NetworkPeer[];

  /**
   * Further settings, section → key → value, as in `grafana.ini`; they win over those that the construct makes. No secret belongs here.
   *
   * @default - none
   * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
   */
  readonly config?: { [section: string]: { [key: string]: string } };
}

/**
 * A Grafana that the Grafana Operator runs, with its route.
 *
 * @see https://grafana.github.io/grafana-operator/docs/grafana/
 */
export class Grafana extends TypedObject implements IGrafana, IMetricsSource {
  /**
   * A Grafana that the program does not make.
   *
   * @param labels labels of the Grafana object
   * @param namespace its namespace, if it is known
   */
  public static fromLabels(labels: { [label: string]: string }, namespace?: string): IGrafana {
    return { grafanaLabels: labels, grafanaNamespace: namespace };
  }

  /** Labels by which datasources, folders and dashboards find it. */
  public readonly grafanaLabels: { [label: string]: string };

  /** How it is reached from outside the cluster, where it is. */
  public readonly route?: HttpRoute;

  private readonly props: GrafanaProps;
  private readonly version: string;
  private readonly env: object[];

  constructor(scope: Construct, id: string, props: GrafanaProps = {}) {
    const labels = props.instanceLabels ?? { dashboards: props.metadata?.name ?? id };
    super(scope, id, 'grafana.integreatly.org/v1beta1', 'Grafana', { ...props.metadata, labels: { ...labels, ...props.metadata?.labels } });
    this.props = props;
    this.grafanaLabels = labels;
    this.version = props.image ?? System.GRAFANA.versions(scope).app!;
    this.env = this.secrets();
    this.route = props.route && this.addRoute(props.route);
    if (props.networkPolicy ?? props.route !== undefined) {
      this.addNetworkPolicy();
    }
    if (this.replicas > 1) {
      new ApiObject(this, 'disruption-budget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: this.name, namespace: this.grafanaNamespace },
        spec: { minAvailable: 1, selector: { matchLabels: this.podLabels } },
      });
    }
    this.sayWhatComesOfIt();
  }

  /** Its namespace. */
  public get grafanaNamespace(): string | undefined {
    return this.apiObject.metadata.namespace;
  }

  /** Its URL, where it has a route. */
  public get url(): string | undefined {
    return this.route && `https://${this.route.hostnames[0]}`;
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    // The operator gives its labels to the Service, and one of its own.
    const matchLabels = { ...this.grafanaLabels, 'app.kubernetes.io/managed-by': 'grafana-operator' };
    return [{ name: this.name, namespace: this.grafanaNamespace ?? 'default', matchLabels, port: 'grafana' }];
  }

  /** @internal */
  protected _spec(): object {
    const { admin, storage, storageClass } = this.props;
    return {
      version: this.version,
      config: this.config(),
      disableDefaultAdminSecret: admin ? true : undefined,
      persistentVolumeClaim: storage && {
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: storageClass, resources: { requests: { storage: storage.asString() } } },
      },
      deployment: { spec: this.deployment() },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { database, storage, storageClass, config = {} } = this.props;
    const start = `the Grafana "${this.name}"`;
    return [
      ...this.replicas > 1 && !database ? [
        `${start} has ${this.replicas} replicas and no database, so that each would keep users and dashboards of its own; expected a database that they share: `
        + 'give it database, or one replica.',
      ] : [],
      ...this.replicas > 1 && storage ? [
        `${start} has ${this.replicas} replicas and a volume, which one pod alone can mount; expected one or the other: leave storage out, the database keeps the data.`,
      ] : [],
      ...storageClass !== undefined && !storage ? [`${start} has a storageClass and no volume; expected its size: give it storage.`] : [],
      ...secretsIn(config).map(setting =>
        `${start} has ${setting} in its config, which would be in the repository; expected a reference such as $__file{…}: `
        + 'refer to it, or use admin, oidc or database.'),
      ...Object.keys(this.grafanaLabels).length > 0 ? [] : [
        `${start} has no instanceLabels, so that nothing can be for it; expected at least one: leave instanceLabels out.`,
      ],
    ];
  }

  private get replicas(): number {
    return this.props.replicas ?? 1;
  }

  /** Labels that the operator gives the pods. */
  private get podLabels(): { [label: string]: string } {
    return { app: this.name };
  }

  private config(): GrafanaConfig {
    const { database, oidc, config } = this.props;
    const sections = [
      usualConfig(this.url),
      database ? databaseConfig(database) : {},
      this.replicas > 1 ? highAvailabilityConfig(this.name) : {},
      oidc ? oidcConfig(oidc) : {},
    ].reduce((all, more) => ({ ...all, ...more }), {});
    const merged = mergeValues(present(sections)!, config);
    return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** What differs from the Deployment that the operator makes, whose security contexts satisfy Pod Security `restricted`. */
  private deployment(): object {
    const { replicas, resources, storage } = this.props;
    const container = present({ name: 'grafana', env: this.env.length > 0 ? this.env : undefined, resources: resourceValues(resources) });
    return {
      replicas,
      // The volume can be mounted once.
      strategy: storage && { type: 'Recreate' },
      template: {
        spec: {
          automountServiceAccountToken: false,
          securityContext: storage && { fsGroup: USER, fsGroupChangePolicy: 'OnRootMismatch' },
          containers: [container],
          volumes: storage && [{ name: 'grafana-data', persistentVolumeClaim: { claimName: `${this.name}-pvc` } }],
        },
      },
    };
  }

  private secrets(): object[] {
    const { admin, oidc, database } = this.props;
    return [
      ...this.fromSecret(admin, 'admin', { GF_SECURITY_ADMIN_USER: 'username', GF_SECURITY_ADMIN_PASSWORD: 'password' }),
      ...this.fromSecret(oidc?.client, 'oidc', { GF_AUTH_GENERIC_OAUTH_CLIENT_ID: 'client-id', GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: 'client-secret' }),
      ...this.fromSecret(database?.credentials, 'database', { GF_DATABASE_USER: 'username', GF_DATABASE_PASSWORD: 'password' }),
    ];
  }

  /** Environment variables, each with the value of a key. */
  private fromSecret(source: SecretSource | undefined, id: string, variables: { [variable: string]: string }): object[] {
    const name = source?._bind(this, id, { name: `${this.name}-${id}`, keys: Object.values(variables), namespace: this.grafanaNamespace });
    return name === undefined ? []
      : Object.entries(variables).map(([variable, key]) => ({ name: variable, valueFrom: { secretKeyRef: { name, key } } }));
  }

  private addRoute({ gateway, listener, hostname }: RouteOptions): HttpRoute {
    return new HttpRoute(this, 'route', {
      metadata: { name: this.name, namespace: this.grafanaNamespace },
      gateway,
      listener,
      hostnames: [hostname ?? `${this.name}.${Variable.of('domain')}`],
      rules: [{ backend: RouteBackend.fromName(`${this.name}-service`, PORT) }],
    });
  }

  private addNetworkPolicy(): void {
    const namespace = this.grafanaNamespace ?? 'default';
    const { allowedPeers = [NetworkPeer.namespace(namespace)] } = this.props;
    new NetworkPolicy(this, 'network-policy', {
      metadata: { name: this.name, namespace: this.grafanaNamespace },
      pods: { matchLabels: this.podLabels },
      ingress: [
        { peers: [NetworkPeer.gateway(), ...allowedPeers], ports: [String(PORT)] },
        // They tell each other which alerts were sent.
        ...this.replicas > 1 ? [{ peers: [NetworkPeer.pods(namespace, this.podLabels)] }] : [],
      ],
    });
  }

  private sayWhatComesOfIt(): void {
    const component = Chart.of(this);
    const namespace = this.grafanaNamespace;
    if (Component.isComponent(component)) {
      component.declare({
        objects: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: `${this.name}-deployment`, namespace },
          { apiVersion: 'v1', kind: 'Service', name: `${this.name}-service`, namespace },
          { apiVersion: 'v1', kind: 'ServiceAccount', name: `${this.name}-sa`, namespace },
        ],
        by: [this],
      });
    }
  }
}

/** Settings that hold a secret as it is. */
function secretsIn(config: GrafanaConfig): string[] {
  return Object.entries(config).flatMap(([section, settings]) => Object.entries(settings)
    .filter(([key, value]) => SECRET.test(key) && !value.startsWith('$__'))
    .map(([key]) => `${section}.${key}`));
}
