import { Duration, Lazy, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { neverPruned } from './never-pruned';
import { goDuration } from '../../flux/duration';
import { Area, Variable } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, usualResources, Values } from '../helm/values';
import { HttpRoute, RouteOptions } from '../infrastructure/http-route';
import { NetworkPeer } from '../infrastructure/network-peer';
import { NetworkPolicy } from '../infrastructure/network-policy';
import { RouteBackend } from '../infrastructure/route-backend';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const NAME = 'flux-operator';
const NAMESPACE = 'flux-system';
const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME };
const WEB_PORT = 9080;

/** How much the operator writes to its log. */
export enum FluxOperatorLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  ERROR = 'error',
}

export interface FluxOperatorProps extends HelmOptions {
  /**
   * Resources of the operator.
   *
   * @default - 100m CPU, and 128Mi of memory up to 1Gi
   */
  readonly resources?: ContainerResources;

  /**
   * PriorityClass of its pod.
   *
   * @default 'system-cluster-critical'
   */
  readonly priorityClassName?: string;

  /**
   * Whether ResourceSets are kept apart: one that names no ServiceAccount is applied with `defaultServiceAccount`.
   *
   * @default false
   */
  readonly multitenant?: boolean;

  /**
   * ServiceAccount, in the namespace of a ResourceSet, that acts for one that names none. With `multitenant`.
   *
   * @default - `flux-operator`, which the operator takes
   */
  readonly defaultServiceAccount?: string;

  /**
   * How often the operator writes its report, and with it the metrics of what Flux reconciles.
   *
   * @default Duration.minutes(5)
   */
  readonly reportingInterval?: Duration;

  /**
   * @default FluxOperatorLogLevel.INFO
   */
  readonly logLevel?: FluxOperatorLogLevel;

  /**
   * Whether the operator serves its web pages, which show what Flux reconciles.
   *
   * @default - where there is a route
   */
  readonly webUi?: boolean;

  /**
   * How the web pages are reached from outside the cluster.
   *
   * @default - not at all
   */
  readonly route?: RouteOptions;

  /**
   * Secret with the configuration of the web pages as `config.yaml`: who may sign in, and through which OpenID Connect provider.
   *
   * @default - none: whoever reaches the pages sees all of Flux's objects, and can change none
   * @see https://fluxoperator.dev/docs/web-ui/web-config-api/
   */
  readonly webConfig?: SecretSource;

  /**
   * Whether a network policy lets the Gateway, and nothing else of the cluster, reach the web pages.
   *
   * @default - where there is a route
   */
  readonly networkPolicy?: boolean;
}

/**
 * Flux Operator: installs Flux as a `FluxInstance` says. Installed by hand at the bootstrap; the release takes it over and keeps it up to
 * date.
 *
 * Its HelmRelease stays on the cluster when it leaves the repository: nothing would be there to bring Flux back.
 *
 * @see https://fluxoperator.dev
 */
export class FluxOperator extends HelmComponent implements IMetricsSource {
  constructor(scope: Construct, id: string, props: FluxOperatorProps = {}) {
    const { route, webUi = route !== undefined, networkPolicy = route !== undefined } = props;
    // Its Secret can be made only once the component is there.
    let webConfigName: string | undefined;
    const configSecretName = props.webConfig && Lazy.any({ produce: () => webConfigName });
    super(scope, id, {
      area: Area.FLUX,
      chart: System.FLUX_OPERATOR.chart(scope),
      ...props,
      namespace: NAMESPACE,
      values: mergeValues({ ...valuesOf(props), web: webValues(webUi, networkPolicy, configSecretName) }, props.values),
      apis: System.FLUX_OPERATOR.apis,
      controllers: ['fluxcd.controlplane.io'],
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace: NAMESPACE },
        { apiVersion: 'v1', kind: 'Service', name: NAME, namespace: NAMESPACE },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE },
      ],
    });
    neverPruned(this.release);
    webConfigName = props.webConfig?._bind(this, 'web-config', { name: 'flux-web-config', keys: ['config.yaml'] });
    if (route) {
      new HttpRoute(this, 'route', {
        metadata: { name: NAME },
        gateway: route.gateway,
        listener: route.listener,
        hostnames: [route.hostname ?? `${id}.${Variable.of('domain')}`],
        rules: [{ backend: RouteBackend.fromName(NAME, WEB_PORT) }],
      });
    }
    if (webUi && networkPolicy) {
      this.admitGateway();
    }
    this.node.addValidation({ validate: () => problems(props, webUi) });
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [{ name: NAME, namespace: NAMESPACE, matchLabels: LABELS, port: 'http' }];
  }

  /** The pages are for the Gateway, the metrics for every pod. */
  private admitGateway(): void {
    new NetworkPolicy(this, 'network-policy', {
      metadata: { name: NAME },
      pods: { matchLabels: LABELS },
      ingress: [
        { peers: [NetworkPeer.gateway()], ports: ['http-web'] },
        { peers: [NetworkPeer.entities('cluster')], ports: ['http-metrics'] },
      ],
    });
  }
}

function valuesOf(props: FluxOperatorProps): Values {
  const { multitenant = false, priorityClassName = 'system-cluster-critical', logLevel = FluxOperatorLogLevel.INFO } = props;
  const resources = props.resources ?? usualResources(Cpu.millis(100), Size.mebibytes(128), Size.gibibytes(1));
  const { requests, limits } = resourceValues(resources) ?? {};
  return {
    // The chart has a limit on CPU, which null takes away.
    resources: { ...present({ requests }), limits: { cpu: null, ...limits } },
    priorityClassName,
    multitenancy: { enabled: multitenant, ...present({ defaultServiceAccount: props.defaultServiceAccount }) },
    reporting: { interval: goDuration(props.reportingInterval ?? Duration.minutes(5)) },
    logLevel,
  };
}

function webValues(webUi: boolean, networkPolicy: boolean, configSecretName: unknown): Values {
  // The chart's own network policy lets every pod of the cluster reach the pages, and no Gateway of Cilium.
  return webUi ? { enabled: true, networkPolicy: { create: !networkPolicy }, ...present({ configSecretName }) } : { enabled: false };
}

function problems({ route, webConfig, multitenant, defaultServiceAccount }: FluxOperatorProps, webUi: boolean): string[] {
  return [
    ...webUi || !route ? [] : ['the Flux Operator has a route to web pages that it does not serve; expected both or neither: leave webUi out, or route.'],
    ...webUi || !webConfig ? [] : [
      'the Flux Operator has a configuration of web pages that it does not serve; expected both or neither: set webUi, or leave webConfig out.',
    ],
    ...multitenant || defaultServiceAccount === undefined ? [] : [
      `the Flux Operator has the ServiceAccount "${defaultServiceAccount}" for tenants that it does not keep apart; expected multitenant with it: set that, too, or `
      + 'leave defaultServiceAccount out.',
    ],
  ];
}
