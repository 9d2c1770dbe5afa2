import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { stringify } from 'yaml';
import { Area, Variable } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, RESTRICTED_CONTAINER, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const NAME = 'headlamp';
const OIDC_SECRET = `${NAME}-oidc`;

/** How people log in with an account of an identity provider, which the API server has to trust, too. */
export interface HeadlampOidc {
  /**
   * The client, at the keys `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET` and `OIDC_ISSUER_URL`; with `scopes`, at `OIDC_SCOPES` as well.
   */
  readonly client: SecretSource;

  /**
   * Whether the Secret says at `OIDC_SCOPES` what is asked for.
   *
   * @default false
   */
  readonly scopes?: boolean;

  /**
   * Whether the client proves by PKCE that it is the one that began the login.
   *
   * @default true
   */
  readonly pkce?: boolean;

  /**
   * Whether the access token is what the API server gets, and not the ID token.
   *
   * @default false
   */
  readonly useAccessToken?: boolean;
}

/** A plugin of Artifact Hub. */
export interface HeadlampPlugin {
  readonly name: string;

  /** URL of its page: `https://artifacthub.io/packages/headlamp/…`. */
  readonly source: string;

  readonly version: string;
}

export interface HeadlampProps extends HelmOptions {
  /**
   * @default 'tooling'
   */
  readonly namespace?: string;

  /**
   * Login with an identity provider; its client has to allow the redirect to `<url>/oidc-callback`.
   *
   * @default - people log in with a token of a ServiceAccount
   */
  readonly oidc?: HeadlampOidc;

  /**
   * ClusterRole of Headlamp's own ServiceAccount; whoever has a token of it may do that much.
   *
   * @default 'view'
   */
  readonly clusterRole?: string;

  /**
   * Plugins. A container beside Headlamp fetches them when it starts, so they need the internet.
   *
   * @default - those of the image
   */
  readonly plugins?: HeadlampPlugin[];

  /**
   * How Headlamp is reached.
   *
   * @default - inside the cluster alone
   */
  readonly route?: RouteOptions;

  /**
   * Whether its pods are open to the Gateway and `allowedPeers` alone.
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
   * Pods. With more than one, a PodDisruptionBudget keeps one running. A login with an identity provider begins and ends at the same pod,
   * so that with `oidc` there can be one.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * @default - 20m CPU and 128Mi of memory, with a limit of 256Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of the container that fetches plugins.
   *
   * @default - 50m CPU and 256Mi of memory, with a limit of 1Gi
   */
  readonly pluginResources?: ContainerResources;
}

/**
 * Headlamp: a view of the cluster in the browser. What people see and do is what the API server lets them.
 *
 * @see https://headlamp.dev
 */
export class Headlamp extends HelmComponent {
  /** Where Headlamp is reached. */
  public readonly url: string;

  constructor(scope: Construct, id: string, props: HeadlampProps = {}) {
    const { namespace = 'tooling', oidc, route, replicas = 1 } = props;
    const hostname = route?.hostname ?? `${id}.${Variable.of('domain')}`;
    super(scope, id, {
      area: Area.TOOLING,
      chart: System.HEADLAMP.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props, `https://${hostname}`), props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'Service', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
      ],
    });
    this.url = `https://${hostname}`;
    oidc?.client._bind(this, 'oidc', {
      name: OIDC_SECRET, keys: ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER_URL', ...oidc.scopes ? ['OIDC_SCOPES'] : []],
    });
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
        pods: { matchLabels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME } },
        ingress: [{ peers: [NetworkPeer.gateway(), ...props.allowedPeers ?? []], ports: ['4466'] }],
      });
    }
    this.node.addValidation({
      validate: () => oidc && replicas > 1 ? [
        `the Headlamp "${id}" is to run ${replicas} pods with a login by OIDC, which has to end at the pod that it began at; `
      + 'expected one pod: leave replicas out.',
      ] : [],
    });
  }
}

function valuesOf(props: HeadlampProps, url: string): Values {
  const { oidc, replicas = 1, clusterRole = 'view', plugins = [] } = props;
  return {
    replicaCount: replicas,
    config: {
      oidc: {
        // The chart would make an empty one.
        secret: { create: false },
        ...oidc ? { externalSecret: { enabled: true, name: oidc.client._nameOf(OIDC_SECRET), hasScopes: oidc.scopes ?? false } } : {},
      },
      ...plugins.length === 0 ? {} : { watchPlugins: true },
    },
    ...oidc ? { env: environment(oidc, url) } : {},
    clusterRoleBinding: { clusterRoleName: clusterRole },
    podDisruptionBudget: replicas > 1 ? { enabled: true, minAvailable: 1 } : { enabled: false },
    podSecurityContext: RESTRICTED_POD,
    securityContext: RESTRICTED_CONTAINER,
    resources: resourceValues(props.resources ?? usualResources(Cpu.millis(20), Size.mebibytes(128), Size.mebibytes(256))),
    ...plugins.length === 0 ? {} : { pluginsManager: pluginValues(plugins, props.pluginResources) },
  };
}

/** Settings that are no secret, which the chart takes from the environment where the client is in a Secret that it does not make. */
function environment({ pkce = true, useAccessToken = false }: HeadlampOidc, url: string): Values[] {
  return [
    { name: 'OIDC_CALLBACK_URL', value: `${url}/oidc-callback` },
    ...pkce ? [{ name: 'OIDC_USE_PKCE', value: 'true' }] : [],
    ...useAccessToken ? [{ name: 'OIDC_USE_ACCESS_TOKEN', value: 'true' }] : [],
  ];
}

function pluginValues(plugins: HeadlampPlugin[], resources: ContainerResources | undefined): Values {
  return {
    enabled: true,
    configContent: stringify({ plugins: plugins.map(({ name, source, version }) => ({ name, source, version })) }),
    resources: resourceValues(resources ?? usualResources(Cpu.millis(50), Size.mebibytes(256), Size.gibibytes(1))),
  };
}
