import { Size } from 'cdk8s';
import { ContainerResources, Cpu, ServiceAccount } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { HarborStorage } from './harbor-storage';
import { HelmReleaseOptions, ValuesSource } from '../../flux';
import { Area, Variable } from '../../platform';
import { DatabaseConnection, DatabaseSslMode } from '../database';
import { disruptionBudget } from '../disruption-budget';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const NAME = 'harbor';
const LABELS = { release: NAME, app: NAME };
const REGISTRY_ACCOUNT = `${NAME}-registry`;
const SECRETS = {
  admin: `${NAME}-admin`,
  internal: `${NAME}-internal`,
  database: `${NAME}-database`,
  redis: `${NAME}-redis`,
  s3: `${NAME}-s3`,
};
/** What Harbor's parts trust each other by. Of its own the chart has some that everyone knows, and some that are new at each upgrade. */
const INTERNAL_KEYS = [
  'secretKey', 'secret', 'CSRF_KEY', 'JOBSERVICE_SECRET', 'REGISTRY_HTTP_SECRET', 'REGISTRY_PASSWD', 'REGISTRY_HTPASSWD',
  'tls.crt', 'tls.key',
];

/** How much Harbor writes to its log. */
export enum HarborLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  WARNING = 'warning',
  ERROR = 'error',
  FATAL = 'fatal',
}

/** Valkey or Redis, for Harbor's cache and its queues. */
export interface HarborRedis {
  /** `<host>:<port>`; with sentinels, those of all of them, with commas between. */
  readonly address: string;

  /**
   * Name of the set of instances that the sentinels watch.
   *
   * @default - none: there are no sentinels
   */
  readonly sentinelMasterSet?: string;

  /**
   * User of all parts but the registry, which logs in as the default user whatever is said here: the password has to be right for both.
   *
   * @default - the default user
   */
  readonly username?: string;

  /**
   * The password, at the key `password`: letters and digits, because the chart writes it into a file of YAML.
   *
   * @default - none is asked for
   */
  readonly password?: SecretSource;

  /**
   * Whether the connection is encrypted.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** Resources of Harbor's parts. */
export interface HarborResources {
  /**
   * The API.
   *
   * @default - 100m CPU and 256Mi of memory, with a limit of 512Mi
   */
  readonly core?: ContainerResources;

  /**
   * The user interface.
   *
   * @default - 10m CPU and 64Mi of memory, with a limit of 256Mi
   */
  readonly portal?: ContainerResources;

  /**
   * What takes all requests.
   *
   * @default - 20m CPU and 64Mi of memory, with a limit of 256Mi
   */
  readonly nginx?: ContainerResources;

  /**
   * Replication, garbage collection, scans.
   *
   * @default - 50m CPU and 256Mi of memory, with a limit of 512Mi
   */
  readonly jobservice?: ContainerResources;

  /**
   * What keeps images.
   *
   * @default - 100m CPU and 256Mi of memory, with a limit of 512Mi
   */
  readonly registry?: ContainerResources;

  /**
   * What deletes in the registry.
   *
   * @default - 10m CPU and 128Mi of memory
   */
  readonly registryController?: ContainerResources;

  /**
   * The scanner.
   *
   * @default - 200m CPU and 512Mi of memory, with a limit of 1Gi
   */
  readonly trivy?: ContainerResources;

  /**
   * What tells metrics of projects and artifacts.
   *
   * @default - 10m CPU and 64Mi of memory
   */
  readonly exporter?: ContainerResources;
}

export interface HarborProps extends HelmOptions {
  /**
   * @default 'tooling'
   */
  readonly namespace?: string;

  /** The database; Harbor makes its tables. */
  readonly database: DatabaseConnection;

  /** Valkey or Redis. */
  readonly redis: HarborRedis;

  /** Where images are kept. */
  readonly storage: HarborStorage;

  /** First password of the user `admin`, at the key `HARBOR_ADMIN_PASSWORD`. */
  readonly adminPassword: SecretSource;

  /**
   * What Harbor's parts trust each other by: `secretKey` (16 characters, encrypts what is in the database and must stay what it is),
   * `secret` (16), `CSRF_KEY` (32), `JOBSERVICE_SECRET` (16), `REGISTRY_HTTP_SECRET` (16), `REGISTRY_PASSWD` and the line of htpasswd
   * (bcrypt) for it and the user `harbor_registry_user` in `REGISTRY_HTPASSWD`, and an RSA key with its certificate in `tls.key` and
   * `tls.crt`, which sign tokens.
   */
  readonly internalSecrets: SecretSource;

  /**
   * How Harbor is reached.
   *
   * @default - inside the cluster alone
   */
  readonly route?: RouteOptions;

  /**
   * URL that clients reach it at.
   *
   * @default - `https://` and the hostname of the route
   */
  readonly externalUrl?: string;

  /**
   * Whether the pods that take requests are open to the Gateway and `allowedPeers` alone.
   *
   * @default - where there is a route
   */
  readonly networkPolicy?: boolean;

  /**
   * Who else may send requests.
   *
   * @default - none
   */
  readonly allowedPeers?: NetworkPeer[];

  /**
   * Pods of each part, the scanner and what tells metrics excepted. With more than one, a PodDisruptionBudget keeps one of each running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * @default - see `HarborResources`
   */
  readonly resources?: HarborResources;

  /**
   * Whether images can be scanned, by Trivy.
   *
   * @default true
   */
  readonly trivy?: boolean;

  /**
   * Volume of the scanner, for its databases.
   *
   * @default Size.gibibytes(5)
   */
  readonly trivyStorage?: Size;

  /**
   * @default HarborLogLevel.INFO
   */
  readonly logLevel?: HarborLogLevel;
}

/**
 * Harbor: a registry of images and charts, with its own users, scans and replication.
 *
 * @see https://goharbor.io
 */
export class Harbor extends HelmComponent implements IAwsClient, IMetricsSource {
  /** Where Harbor is reached. */
  public readonly url: string;

  /** The ServiceAccount of the registry. */
  public readonly serviceAccount: ServiceAccountReference;

  private readonly storage: HarborStorage;

  constructor(scope: Construct, id: string, props: HarborProps) {
    const { namespace = 'tooling', storage, route, replicas = 1, trivy = true } = props;
    const hostname = route?.hostname ?? `${id}.${Variable.of('domain')}`;
    const url = props.externalUrl ?? `https://${hostname}`;
    super(scope, id, {
      area: Area.TOOLING,
      chart: System.HARBOR.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props, url), props.values),
      release: withRedisPassword(props),
      provides: [
        ...['core', 'portal', 'nginx', 'registry', 'jobservice', 'exporter'].map(part => ({
          apiVersion: 'apps/v1', kind: 'Deployment', name: `${NAME}-${part}`, namespace,
        })),
        ...trivy ? [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: `${NAME}-trivy`, namespace }] : [],
        { apiVersion: 'v1', kind: 'Service', name: NAME, namespace },
      ],
    });
    this.url = url;
    this.storage = storage;
    this.serviceAccount = ServiceAccountReference.fromName(storage._podIdentity ? REGISTRY_ACCOUNT : 'default', namespace);
    this.makeSecrets(props);
    if (storage._podIdentity) {
      new ServiceAccount(this, 'registry-account', { metadata: { name: REGISTRY_ACCOUNT } });
    }
    if (replicas > 1) {
      for (const component of ['core', 'portal', 'nginx', 'registry', 'jobservice']) {
        disruptionBudget(this, `${NAME}-${component}`, { ...LABELS, component });
      }
    }
    if (route) {
      new HttpRoute(this, 'route', {
        metadata: { name: NAME },
        gateway: route.gateway,
        listener: route.listener,
        hostnames: [hostname],
        rules: [{ backend: RouteBackend.fromName(NAME, 80) }],
      });
    }
    if (props.networkPolicy ?? route !== undefined) {
      new NetworkPolicy(this, 'network-policy', {
        metadata: { name: NAME },
        pods: { matchLabels: { ...LABELS, component: 'nginx' } },
        ingress: [{ peers: [NetworkPeer.gateway(), ...props.allowedPeers ?? []], ports: ['8080'] }],
      });
    }
    this.node.addValidation({
      validate: () => replicas > 1 && storage._single ? [
        `the Harbor "${id}" is to run ${replicas} pods of its registry, which keeps images on a volume that one pod can mount; `
      + 'expected one pod, or storage that all of them reach: use HarborStorage.s3(…).',
      ] : [],
    });
  }

  /** What the registry does on AWS by its pod identity. */
  public get awsStatements(): Statement[] {
    return this.storage._podIdentity ? this.storage.awsStatements : [];
  }

  /** One for all parts: their Services have the same labels. */
  public get metricsEndpoints(): MetricsEndpoint[] {
    return [{ name: NAME, namespace: this.namespace!, matchLabels: LABELS, port: 'http-metrics' }];
  }

  private makeSecrets({ adminPassword, internalSecrets, database, redis, storage }: HarborProps): void {
    adminPassword._bind(this, 'admin', { name: SECRETS.admin, keys: ['HARBOR_ADMIN_PASSWORD'] });
    internalSecrets._bind(this, 'internal', { name: SECRETS.internal, keys: INTERNAL_KEYS });
    database.password._bind(this, 'database', { name: SECRETS.database, keys: ['password'] });
    redis.password?._bind(this, 'redis', { name: SECRETS.redis, keys: ['password'] });
    storage._credentials?._bind(this, 's3', { name: SECRETS.s3, keys: ['REGISTRY_STORAGE_S3_ACCESSKEY', 'REGISTRY_STORAGE_S3_SECRETKEY'] });
  }
}

/**
 * The chart can take the password of Redis out of a Secret by itself, but looks it up while it renders: it fails without the Secret, and
 * does not see another password. Flux waits for the Secret, and reads it at each reconciliation.
 */
function withRedisPassword({ redis, release = {} }: HarborProps): HelmReleaseOptions {
  const password = redis.password && ValuesSource.secret(redis.password._nameOf(SECRETS.redis), {
    valuesKey: 'password', targetPath: 'redis.external.password', literal: true,
  });
  return password ? { ...release, valuesFrom: [password, ...release.valuesFrom ?? []] } : release;
}

function valuesOf(props: HarborProps, url: string): Values {
  const { storage, logLevel = HarborLogLevel.INFO } = props;
  return {
    externalURL: url,
    // TLS ends at the Gateway.
    expose: { type: 'clusterIP', tls: { enabled: false }, clusterIP: { name: NAME } },
    logLevel,
    // Two pods cannot mount the volume while one takes over from the other.
    updateStrategy: { type: storage._single ? 'Recreate' : 'RollingUpdate' },
    metrics: { enabled: true },
    ...databaseValues(props.database),
    redis: { type: 'external', external: redisValues(props.redis) },
    persistence: persistenceValues(props),
    existingSecretAdminPassword: props.adminPassword._nameOf(SECRETS.admin),
    ...partValues(props),
  };
}

function databaseValues({ database, host, port = 5432, username, password, ...security }: DatabaseConnection): Values {
  const { sslMode = DatabaseSslMode.REQUIRE, certificateAuthority } = security;
  return {
    database: {
      type: 'external',
      external: {
        host,
        port: String(port),
        coreDatabase: database,
        username,
        existingSecret: password._nameOf(SECRETS.database),
        sslmode: sslMode,
      },
    },
    ...present({ caBundleSecretName: certificateAuthority?.secretName }),
  };
}

function redisValues({ address, sentinelMasterSet, username, tls }: HarborRedis): Values | undefined {
  return present({ addr: address, sentinelMasterSet, username, tlsOptions: tls === undefined ? undefined : { enable: tls } });
}

function persistenceValues({ storage, trivyStorage = Size.gibibytes(5) }: HarborProps): Values {
  return mergeValues(
    { persistentVolumeClaim: { trivy: { size: trivyStorage.asString() } } },
    storage._toValues(storage._credentials?._nameOf(SECRETS.s3)),
  );
}

/** Each part: its pods, its resources, and the secrets that it shares with the others. */
function partValues({ internalSecrets, storage, replicas = 1, trivy = true, resources = {} }: HarborProps): Values {
  const secret = internalSecrets._nameOf(SECRETS.internal);
  return {
    existingSecretSecretKey: secret,
    core: {
      replicas,
      resources: resourceValues(resources.core ?? usual(100, 256, 512)),
      existingSecret: secret,
      existingXsrfSecret: secret,
      secretName: secret,
    },
    // Both are nginx, which runs a process for each CPU of the node, and takes memory for each.
    portal: { replicas, resources: resourceValues(resources.portal ?? usual(10, 64, 256)) },
    nginx: { replicas, resources: resourceValues(resources.nginx ?? usual(20, 64, 256)) },
    jobservice: {
      replicas,
      resources: resourceValues(resources.jobservice ?? usual(50, 256, 512)),
      existingSecret: secret,
      // In the database, so that there can be several pods and there is no volume.
      jobLoggers: ['database'],
    },
    registry: {
      replicas,
      ...storage._podIdentity ? { serviceAccountName: REGISTRY_ACCOUNT } : {},
      existingSecret: secret,
      credentials: { existingSecret: secret },
      registry: { resources: resourceValues(resources.registry ?? usual(100, 256, 512)) },
      controller: { resources: resourceValues(resources.registryController ?? usual(10, 128)) },
    },
    trivy: trivy ? { enabled: true, resources: resourceValues(resources.trivy ?? usual(200, 512, 1024)) } : { enabled: false },
    exporter: { resources: resourceValues(resources.exporter ?? usual(10, 64)) },
  };
}

function usual(cpu: number, memory: number, limit = memory): ContainerResources {
  return usualResources(Cpu.millis(cpu), Size.mebibytes(memory), Size.mebibytes(limit));
}
