import { ApiObject, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { IMetricsSource, MetricsEndpoint } from './metrics-endpoint';
import { HelmCrdsPolicy, HelmReleaseOptions } from '../../flux';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, RESTRICTED_POD, resourceValues, usualResources, Values } from '../helm/values';
import { System } from '../system';

const NAME = 'grafana-operator';
const POD_LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME };

/** How much the operator writes to its log. */
export enum GrafanaOperatorLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  ERROR = 'error',
}

export interface GrafanaOperatorProps extends HelmOptions {
  /**
   * Namespace of the operator.
   *
   * @default 'observability'
   */
  readonly namespace?: string;

  /**
   * Pods of the operator; one of them leads. With more than one, a PodDisruptionBudget keeps one running.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Namespaces beside its own whose Grafanas, dashboards and datasources the operator looks after. It has rights in these alone.
   *
   * @default - every namespace
   */
  readonly watchNamespaces?: string[];

  /**
   * How many objects of each kind are reconciled at a time.
   *
   * @default 1
   */
  readonly concurrency?: number;

  /**
   * @default - 50m CPU, 128Mi of memory, and at most 256Mi
   */
  readonly resources?: ContainerResources;

  /**
   * @default GrafanaOperatorLogLevel.INFO
   */
  readonly logLevel?: GrafanaOperatorLogLevel;
}

/**
 * Grafana Operator: Grafanas, their datasources, folders and dashboards as objects.
 *
 * The definitions of its APIs come ahead of it: `Crds.ofSystem(…, System.GRAFANA_OPERATOR)`.
 *
 * @see https://grafana.github.io/grafana-operator/
 */
export class GrafanaOperator extends HelmComponent implements IMetricsSource {
  constructor(scope: Construct, id: string, props: GrafanaOperatorProps = {}) {
    const { namespace = 'observability', replicas = 1 } = props;
    super(scope, id, {
      area: Area.OBSERVABILITY,
      chart: System.GRAFANA_OPERATOR.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props), props.values),
      release: withoutDefinitions(props.release),
      controllers: ['grafana.integreatly.org'],
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
      ],
    });
    if (replicas > 1) {
      new ApiObject(this, 'disruption-budget', {
        apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: NAME }, spec: { minAvailable: 1, selector: { matchLabels: POD_LABELS } },
      });
    }
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [{ name: NAME, namespace: this.namespace!, matchLabels: POD_LABELS, port: 'metrics' }];
  }
}

function valuesOf(props: GrafanaOperatorProps): Values {
  const { replicas = 1, watchNamespaces, concurrency = 1, logLevel = GrafanaOperatorLogLevel.INFO } = props;
  return {
    replicas,
    leaderElect: true,
    ...watchNamespaces && { namespaceScope: true, watchNamespaces: watched(watchNamespaces, props.namespace) },
    maxConcurrentReconciles: concurrency,
    logging: { encoder: 'json', level: logLevel },
    serviceAccount: { name: NAME },
    // The chart's own context of the container is complete, except for this.
    podSecurityContext: RESTRICTED_POD,
    resources: resourceValues(props.resources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256))),
  };
}

/** The operator does not add its own namespace by itself where others are named. */
function watched(namespaces: readonly string[], own = 'observability'): string {
  return [...new Set([own, ...namespaces])].join(',');
}

/** The `crds` layer installs the definitions. They are in the chart's folder `crds/`, and none of its values leaves them out. */
function withoutDefinitions(release: HelmReleaseOptions = {}): HelmReleaseOptions {
  return { ...release, install: { crds: HelmCrdsPolicy.SKIP, ...release.install } };
}
