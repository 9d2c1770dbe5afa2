import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, resourceValues, RESTRICTED_CONTAINER, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint, MetricsTarget } from '../observability/metrics-endpoint';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { System } from '../system';

const NAME = 'crossplane';

/** API groups that it reconciles; its webhook looks at the first. */
const GROUPS = ['apiextensions.crossplane.io', 'ops.crossplane.io', 'pkg.crossplane.io', 'protection.crossplane.io'];

export interface CrossplaneProps extends HelmOptions {
  /**
   * Namespace of Crossplane, its providers and its functions.
   *
   * @default 'crossplane-system'
   */
  readonly namespace?: string;

  /**
   * Pods of the controller, and of the RBAC manager. One of them leads and the others wait.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * How many objects the controller reconciles at a time, of each kind.
   *
   * @default - Crossplane's own: 100
   */
  readonly maxConcurrentReconciles?: number;

  /**
   * Resources of the controller.
   *
   * @default - 100m CPU and 256Mi of memory, at most 1Gi
   */
  readonly resources?: ContainerResources;

  /**
   * Resources of the RBAC manager.
   *
   * @default - 20m CPU and 128Mi of memory, at most 512Mi
   */
  readonly rbacManagerResources?: ContainerResources;

  /**
   * Whether the pods tell metrics.
   *
   * @default true
   */
  readonly metrics?: boolean;

  /**
   * Whether the controller says more in its log.
   *
   * @default false
   */
  readonly debug?: boolean;
}

/**
 * Crossplane: the controller and the RBAC manager, which bring Crossplane's own APIs. What makes resources of them are packages:
 * `CrossplaneProviders`.
 *
 * No managed resource is active by default: `CrossplaneProviders` activates those that are used.
 *
 * @see https://docs.crossplane.io
 */
export class Crossplane extends HelmComponent implements IMetricsSource {
  /** The ServiceAccount of the controller. */
  public readonly serviceAccount: ServiceAccountReference;

  private readonly tellsMetrics: boolean;

  constructor(scope: Construct, id: string, props: CrossplaneProps = {}) {
    const { namespace = 'crossplane-system', metrics = true } = props;
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      chart: System.CROSSPLANE.chart(scope),
      apis: System.CROSSPLANE.apis,
      controllers: GROUPS,
      webhooks: GROUPS.slice(0, 1),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props), props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'apps/v1', kind: 'Deployment', name: `${NAME}-rbac-manager`, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: 'rbac-manager', namespace },
      ],
    });
    // One Deployment runs all of it: who waits for it need not wait for the release.
    this.declare({ controllers: GROUPS, webhooks: GROUPS.slice(0, 1), byProvided: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace }] });
    this.serviceAccount = ServiceAccountReference.fromName(NAME, namespace);
    this.tellsMetrics = metrics;
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return !this.tellsMetrics ? [] : [NAME, `${NAME}-rbac-manager`].map(name => ({
      name, target: MetricsTarget.POD, namespace: this.namespace!, matchLabels: { app: name, release: this.release.name }, port: 'metrics',
    }));
  }
}

function valuesOf(props: CrossplaneProps): Values {
  const { replicas = 1, metrics = true } = props;
  return {
    replicas,
    args: argumentsOf(props),
    // Those that are used are activated, beside the providers: every definition costs the API server memory.
    provider: { defaultActivations: [] },
    resourcesCrossplane: limitsOf(props.resources ?? usualResources(Cpu.millis(100), Size.mebibytes(256), Size.gibibytes(1))),
    securityContextCrossplane: RESTRICTED_CONTAINER,
    rbacManager: { replicas },
    resourcesRBACManager: limitsOf(props.rbacManagerResources ?? usualResources(Cpu.millis(20), Size.mebibytes(128), Size.mebibytes(512))),
    securityContextRBACManager: RESTRICTED_CONTAINER,
    metrics: { enabled: metrics },
  };
}

function argumentsOf({ maxConcurrentReconciles, debug }: CrossplaneProps): string[] | undefined {
  const args = [
    ...maxConcurrentReconciles === undefined ? [] : [`--max-concurrent-reconciles=${maxConcurrentReconciles}`],
    ...debug ? ['--debug'] : [],
  ];
  return args.length === 0 ? undefined : args;
}

/** The chart limits the CPU of its pods where nothing else is said, which makes a controller slow when it has most to do. */
function limitsOf(resources: ContainerResources): Values {
  return mergeValues({ limits: { cpu: null } }, resourceValues(resources));
}
