import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ISecretReference } from './external-secret';
import { SecretSource } from './secret-source';
import { HelmReleaseOptions } from '../../flux';
import { Area, Variable } from '../../platform';
import { DatabaseConnection, DatabaseSslMode } from '../database';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, RESTRICTED_CONTAINER, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { TlsRoute } from '../infrastructure/tls-route';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { System } from '../system';

const NAME = 'zitadel';
const LOGIN = `${NAME}-login`;
const PORT = 8080;
const LOGIN_PORT = 3000;
const LOGIN_METRICS_PORT = 9464;
const SECRETS = { masterkey: `${NAME}-masterkey`, database: `${NAME}-database`, admin: `${NAME}-admin`, loginKey: `${NAME}-login-key` };

export interface ZitadelProps extends HelmOptions {
  /**
   * @default 'security'
   */
  readonly namespace?: string;

  /** The database; it and its user are there, and ZITADEL makes its schema. */
  readonly database: DatabaseConnection;

  /**
   * Encrypts what is in the database: 32 characters, at the key `masterkey`. With another one, or none, nothing of it can be read again.
   */
  readonly masterkey: SecretSource;

  /**
   * First password of the first administrator, at the key `password`, which has to be changed at the first login. It needs an upper-case
   * and a lower-case letter, a digit, a symbol, and eight characters.
   */
  readonly adminPassword: SecretSource;

  /**
   * Name that the first administrator logs in with; a domain is added to it where it is no email address.
   *
   * @default 'zitadel-admin'
   */
  readonly adminUsername?: string;

  /**
   * Email address of the first administrator.
   *
   * @default - the name that they log in with
   */
  readonly adminEmail?: string;

  /**
   * Name of the first organization.
   *
   * @default 'ZITADEL'
   */
  readonly organization?: string;

  /**
   * How ZITADEL is reached; its hostname is the issuer of every token, and cannot be changed later without work.
   *
   * @default - inside the cluster alone
   */
  readonly route?: RouteOptions;

  /**
   * Secret of type `kubernetes.io/tls` with a certificate for the hostname. With it, TLS ends in ZITADEL's pods, and the route passes it
   * through.
   *
   * @default - TLS ends at the Gateway
   */
  readonly certificate?: ISecretReference;

  /**
   * Whether logins have pods and a Service of their own, Login V2. Without, ZITADEL has the pages of its first login itself.
   *
   * @default - where TLS ends at the Gateway: a Gateway that passes it through sees no paths, and so cannot send logins elsewhere
   */
  readonly login?: boolean;

  /**
   * What logins prove to ZITADEL by that they are what they are: an RSA key and its certificate, at the keys `tls.key` and `tls.crt`.
   *
   * @default - the chart makes one at the first install, and keeps it
   */
  readonly loginKey?: SecretSource;

  /**
   * Whether its pods are open to the Gateway, each other and `allowedPeers` alone.
   *
   * @default - where there is a route
   */
  readonly networkPolicy?: boolean;

  /**
   * Who else may send requests.
   *
   * @default - the namespace `observability`, which collects metrics
   */
  readonly allowedPeers?: NetworkPeer[];

  /**
   * Pods of ZITADEL, and of its logins. With more than one, a PodDisruptionBudget keeps one of each running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Resources of ZITADEL.
   *
   * @default - 100m CPU and 256Mi of memory, with a limit of 512Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of its logins.
   *
   * @default - 20m CPU and 128Mi of memory, with a limit of 256Mi
   */
  readonly loginResources?: ContainerResources;

  /**
   * Resources of the jobs that prepare the database before each install and upgrade.
   *
   * @default - 100m CPU and 128Mi of memory, with a limit of 512Mi
   */
  readonly jobResources?: ContainerResources;
}

/**
 * ZITADEL: users, their logins, and what they may do, for everything else on the platform.
 *
 * The chart prepares the database in jobs that Helm runs ahead of everything, at each install and upgrade.
 *
 * @see https://zitadel.com/docs/self-hosting/deploy/kubernetes
 */
export class Zitadel extends HelmComponent implements IMetricsSource {
  /** Issuer of the tokens, and where ZITADEL is reached. */
  public readonly issuer: string;

  private readonly props: ZitadelProps;

  constructor(scope: Construct, id: string, props: ZitadelProps) {
    const { namespace = 'security' } = props;
    const hostname = props.route?.hostname ?? `${id}.${Variable.of('domain')}`;
    const names = hasLogin(props) ? [NAME, LOGIN] : [NAME];
    super(scope, id, {
      area: Area.SECURITY,
      chart: System.ZITADEL.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props, hostname), props.values),
      release: releaseOf(props.release),
      provides: [
        ...names.map(name => ({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace })),
        ...names.map(name => ({ apiVersion: 'v1', kind: 'Service', name, namespace })),
        ...names.map(name => ({ apiVersion: 'v1', kind: 'ServiceAccount', name, namespace })),
      ],
    });
    this.props = props;
    this.issuer = `https://${hostname}`;
    this.makeSecrets(props);
    if (props.route) {
      this.addRoute(props.route, hostname);
    }
    if (props.networkPolicy ?? props.route !== undefined) {
      this.addNetworkPolicies(namespace);
    }
    this.node.addValidation({
      validate: () => props.certificate && props.login ? [
        `the Zitadel "${id}" has a certificate, so that a Gateway passes TLS through to it, and a login of its own, which only a Gateway `
      + 'that ends TLS can send requests to; expected one of them: leave certificate or login out.',
      ] : [],
    });
  }

  /** None of ZITADEL itself where TLS ends in its pods. */
  public get metricsEndpoints(): MetricsEndpoint[] {
    const common = { namespace: this.namespace! };
    return [
      ...this.props.certificate ? [] : [{ ...common, name: NAME, matchLabels: labels(NAME), port: 'http2-server', path: '/debug/metrics' }],
      ...hasLogin(this.props) ? [{ ...common, name: LOGIN, matchLabels: labels(LOGIN), port: 'metrics' }] : [],
    ];
  }

  private makeSecrets({ masterkey, database, adminPassword, loginKey }: ZitadelProps): void {
    masterkey._bind(this, 'masterkey', { name: SECRETS.masterkey, keys: ['masterkey'] });
    database.password._bind(this, 'database', { name: SECRETS.database, keys: ['password'] });
    adminPassword._bind(this, 'admin', { name: SECRETS.admin, keys: ['password'] });
    loginKey?._bind(this, 'login-key', { name: SECRETS.loginKey, keys: ['tls.crt', 'tls.key'] });
  }

  private addRoute({ gateway, listener }: RouteOptions, hostname: string): void {
    const common = { metadata: { name: NAME }, gateway, listener, hostnames: [hostname] };
    const backend = RouteBackend.fromName(NAME, PORT);
    if (this.props.certificate) {
      new TlsRoute(this, 'route', { ...common, backend });
      return;
    }
    const login = hasLogin(this.props) ? [{ pathPrefix: '/ui/v2/login', backend: RouteBackend.fromName(LOGIN, LOGIN_PORT) }] : [];
    new HttpRoute(this, 'route', { ...common, rules: [...login, { backend }] });
  }

  private addNetworkPolicies(namespace: string): void {
    const { allowedPeers = [NetworkPeer.namespace('observability')] } = this.props;
    const fromLogin = hasLogin(this.props) ? [NetworkPeer.pods(namespace, labels(LOGIN))] : [];
    new NetworkPolicy(this, 'network-policy', {
      metadata: { name: NAME },
      pods: { matchLabels: { ...labels(NAME), 'app.kubernetes.io/component': 'start' } },
      ingress: [{ peers: [NetworkPeer.gateway(), ...fromLogin, ...allowedPeers], ports: [String(PORT)] }],
    });
    if (hasLogin(this.props)) {
      new NetworkPolicy(this, 'login-network-policy', {
        metadata: { name: LOGIN },
        pods: { matchLabels: labels(LOGIN) },
        ingress: [
          { peers: [NetworkPeer.gateway()], ports: [String(LOGIN_PORT)] },
          ...allowedPeers.length === 0 ? [] : [{ peers: allowedPeers, ports: [String(LOGIN_PORT), String(LOGIN_METRICS_PORT)] }],
        ],
      });
    }
  }
}

function labels(name: string): { [label: string]: string } {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': NAME };
}

function hasLogin({ login, certificate }: ZitadelProps): boolean {
  return login ?? certificate === undefined;
}

function releaseOf(release: HelmReleaseOptions = {}): HelmReleaseOptions {
  // The chart's schema refers to files on the internet, without which Helm refuses the chart, whatever its values are.
  const disableSchemaValidation = true;
  return {
    // Two jobs that wait five minutes each for the database, and pods that wait for it as long.
    timeout: Duration.minutes(15),
    ...release,
    install: { disableSchemaValidation, ...release.install },
    upgrade: { disableSchemaValidation, ...release.upgrade },
  };
}

function valuesOf(props: ZitadelProps, hostname: string): Values {
  const { database, masterkey, certificate, replicas = 1 } = props;
  const disruption = replicas > 1 ? { enabled: true, minAvailable: 1 } : { enabled: false };
  const jobs = resourceValues(props.jobResources ?? usual(100, 128, 512));
  return {
    replicaCount: replicas,
    pdb: disruption,
    zitadel: {
      masterkeySecretName: masterkey._nameOf(SECRETS.masterkey),
      configmapConfig: configuration(props, hostname),
      ...certificate ? { serverSslCrtSecret: certificate.secretName } : {},
      ...database.certificateAuthority ? { dbSslCaCrtSecret: database.certificateAuthority.secretName } : {},
    },
    env: [
      fromSecret('ZITADEL_DATABASE_POSTGRES_USER_PASSWORD', database.password._nameOf(SECRETS.database)),
      fromSecret('ZITADEL_FIRSTINSTANCE_ORG_HUMAN_PASSWORD', props.adminPassword._nameOf(SECRETS.admin)),
    ],
    // Database and user are there; only the schema is made.
    initJob: { command: 'zitadel', resources: jobs },
    setupJob: { resources: jobs },
    // It deletes Secrets of the machine that there is not, and may not: the chart gives it the rights with the machine.
    cleanupJob: { enabled: false },
    // The chart says that it is without encryption.
    ...certificate ? { service: { appProtocol: 'https' } } : {},
    podSecurityContext: RESTRICTED_POD,
    securityContext: RESTRICTED_CONTAINER,
    resources: resourceValues(props.resources ?? usual(100, 256, 512)),
    login: hasLogin(props) ? loginValues(props, replicas, disruption) : { enabled: false },
    tools: { wait4x: { resources: resourceValues(usual(10, 32)) } },
  };
}

/** ZITADEL's own configuration, in its words. */
function configuration(props: ZitadelProps, hostname: string): Values {
  const { adminUsername = 'zitadel-admin', adminEmail, organization = 'ZITADEL' } = props;
  return {
    ExternalDomain: hostname,
    ExternalPort: 443,
    ExternalSecure: true,
    TLS: { Enabled: props.certificate !== undefined },
    Database: { Postgres: databaseValues(props.database) },
    FirstInstance: {
      Org: {
        Name: organization,
        Human: {
          UserName: adminUsername,
          ...adminEmail ? { Email: { Address: adminEmail, Verified: true } } : {},
          PasswordChangeRequired: true,
        },
        // The chart's default: a machine with all rights in place of the person, with keys in Secrets that outlive it.
        Machine: null,
      },
    },
    // Which pages a login has is said for a new instance.
    DefaultInstance: { Features: { LoginV2: { Required: hasLogin(props) } } },
  };
}

function databaseValues({ host, port = 5432, database, username, sslMode = DatabaseSslMode.REQUIRE }: DatabaseConnection): Values {
  return { Host: host, Port: port, Database: database, User: { Username: username, SSL: { Mode: sslMode } } };
}

function loginValues({ loginKey, loginResources }: ZitadelProps, replicaCount: number, pdb: Values): Values {
  return {
    enabled: true,
    replicaCount,
    pdb,
    ...loginKey ? { loginServiceKeySecretName: loginKey._nameOf(SECRETS.loginKey) } : {},
    metrics: { enabled: true },
    resources: resourceValues(loginResources ?? usual(20, 128, 256)),
  };
}

function fromSecret(variable: string, name: string): Values {
  return { name: variable, valueFrom: { secretKeyRef: { name, key: 'password' } } };
}

function usual(cpu: number, memory: number, limit = memory): ContainerResources {
  return usualResources(Cpu.millis(cpu), Size.mebibytes(memory), Size.mebibytes(limit));
}
