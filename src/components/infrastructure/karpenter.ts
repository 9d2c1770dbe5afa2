import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { karpenterPolicy } from './karpenter-policy';
import { Toleration, tolerationFields } from './taint';
import { goDuration } from '../../flux/duration';
import { Area, Variable } from '../../platform';
import { variableUses } from '../../synth/substitution';
import { withChartDefinitions } from '../helm/chart-definitions';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { IAwsClient } from '../pod-identity/aws-client';
import { ServiceAccountReference } from '../pod-identity/service-account-reference';
import { Statement } from '../pod-identity/statement';
import { System } from '../system';

const NAME = 'karpenter';

/** How much Karpenter writes to its log. */
export enum KarpenterLogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  ERROR = 'error',
}

/**
 * Features that are not for everyone yet.
 *
 * @see https://karpenter.sh/docs/reference/settings/#feature-gates
 */
export interface KarpenterFeatureGates {
  /**
   * Whether nodes that are broken for long are replaced.
   *
   * @default false
   */
  readonly nodeRepair?: boolean;

  /**
   * Whether NodeOverlays change prices and capacities that Karpenter reckons with.
   *
   * @default false
   */
  readonly nodeOverlay?: boolean;

  /**
   * Whether capacity reservations are used.
   *
   * @default true
   */
  readonly reservedCapacity?: boolean;

  /**
   * Whether a spot node is replaced by a cheaper spot node.
   *
   * @default false
   */
  readonly spotToSpotConsolidation?: boolean;

  /**
   * Whether NodePools may have a fixed number of nodes.
   *
   * @default false
   */
  readonly staticCapacity?: boolean;
}

export interface KarpenterProps extends HelmOptions {
  /**
   * Namespace of the controller.
   *
   * @default 'karpenter'
   */
  readonly namespace?: string;

  /**
   * Name of the EKS cluster.
   *
   * @default - the variable `cluster_name`
   */
  readonly clusterName?: string;

  /**
   * `https://` URL of the cluster's API server, which new nodes join.
   *
   * @default - asked of EKS when the controller starts
   */
  readonly clusterEndpoint?: string;

  /**
   * AWS region.
   *
   * @default - the variable `cluster_region`
   */
  readonly region?: string;

  /**
   * AWS partition: `aws`, `aws-cn` or `aws-us-gov`.
   *
   * @default 'aws'
   */
  readonly partition?: string;

  /**
   * Name of the IAM role of the nodes, which the controller may give to instances; with `*` where there are several, each of which a node
   * class then names.
   *
   * @default - `KarpenterNodeRole-<cluster>`, as upstream's template names it
   */
  readonly nodeRole?: string;

  /**
   * Whether nodes are drained before AWS takes them away: spot interruptions, maintenance.
   *
   * @default true
   */
  readonly interruptionHandling?: boolean;

  /**
   * Name of the SQS queue that tells of interruptions. Until it is there, the controller runs and handles none.
   *
   * @default - the name of the cluster, as upstream's template names it
   */
  readonly interruptionQueue?: string;

  /**
   * Whether no node is started in a zone that traffic is shifted away from. The cluster has to take part in zonal shift.
   *
   * @default false
   */
  readonly zonalShift?: boolean;

  /**
   * Whether AWS can be reached through VPC endpoints alone. Prices are then those that Karpenter was built with. Where IAM cannot be
   * reached, node classes need an instance profile: Karpenter cannot make one for a role.
   *
   * @default false
   */
  readonly isolatedVpc?: boolean;

  /**
   * Pods of the controller, each on a node of its own that has to be there; one of them leads, and a PodDisruptionBudget lets one at a time go.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Resources of the controller.
   *
   * @default - 1 CPU and 1Gi of memory, as upstream recommends
   */
  readonly resources?: ContainerResources;

  /**
   * Labels of the nodes that the controller runs on. It never runs on nodes that it made, whatever their labels.
   *
   * @default - any other Linux node
   */
  readonly nodeSelector?: { [label: string]: string };

  /**
   * Taints of nodes that the controller may run on, besides `CriticalAddonsOnly`.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * How long to wait for further pods before nodes are chosen, while they keep coming.
   *
   * @default Duration.seconds(10)
   */
  readonly batchMaxDuration?: Duration;

  /**
   * How long no pod may come before nodes are chosen.
   *
   * @default Duration.seconds(1)
   */
  readonly batchIdleDuration?: Duration;

  /**
   * @default - those of the chart
   */
  readonly featureGates?: KarpenterFeatureGates;

  /**
   * @default KarpenterLogLevel.INFO
   */
  readonly logLevel?: KarpenterLogLevel;
}

/**
 * Karpenter: the controller that starts and stops nodes for the pods that are there. Which nodes, say `NodePool` and `Ec2NodeClass`; they
 * belong in a stage after it (`KarpenterNodes`), because its chart brings the definitions of their kinds.
 *
 * @see https://karpenter.sh
 */
export class Karpenter extends HelmComponent implements IAwsClient, IMetricsSource {
  public readonly serviceAccount: ServiceAccountReference;

  /** Name of the IAM role of the nodes. */
  public readonly nodeRole: string;

  /** Name of the EKS cluster. */
  public readonly clusterName: string;

  /** What the controller does on AWS. */
  public readonly awsStatements: Statement[];

  private readonly props: KarpenterProps;

  constructor(scope: Construct, id: string, props: KarpenterProps = {}) {
    const { namespace = NAME, clusterName = `${Variable.of('cluster_name')}`, region = `${Variable.of('cluster_region')}` } = props;
    const queue = props.interruptionHandling === false ? undefined : props.interruptionQueue ?? clusterName;
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      chart: System.KARPENTER.chart(scope),
      apis: System.KARPENTER.apis,
      controllers: ['karpenter.sh', 'karpenter.k8s.aws'],
      ...props,
      namespace,
      release: withChartDefinitions(props.release),
      values: mergeValues(valuesOf(props, clusterName, region, queue), props.values),
      provides: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME, namespace },
        { apiVersion: 'v1', kind: 'ServiceAccount', name: NAME, namespace },
      ],
    });
    this.props = props;
    this.clusterName = clusterName;
    this.nodeRole = props.nodeRole ?? `KarpenterNodeRole-${clusterName}`;
    this.serviceAccount = ServiceAccountReference.fromName(NAME, namespace);
    this.awsStatements = karpenterPolicy({
      partition: props.partition ?? 'aws', region, clusterName, nodeRole: this.nodeRole, interruptionQueue: queue, zonalShift: props.zonalShift ?? false,
    });
    this.node.addValidation({ validate: () => this.mistakes() });
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return [{
      name: NAME, namespace: this.namespace!, matchLabels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/instance': NAME }, port: 'http-metrics',
    }];
  }

  /** What the controller would not start with, or would not do. */
  private mistakes(): string[] {
    const { clusterEndpoint, interruptionHandling, interruptionQueue, replicas = 2 } = this.props;
    return [
      ...clusterEndpoint === undefined || clusterEndpoint.startsWith('https://') || variableUses(clusterEndpoint).length > 0 ? [] : [
        `${this.node.path} has the cluster endpoint "${clusterEndpoint}", with which the controller does not start; expected an https:// URL: add the scheme.`,
      ],
      ...interruptionHandling === false && interruptionQueue !== undefined ? [
        `${this.node.path} has an interruption queue and handles no interruptions; expected one of them: leave out interruptionQueue, or interruptionHandling.`,
      ] : [],
      ...Number.isInteger(replicas) && replicas >= 1 ? [] : [`${this.node.path} is given ${replicas} for replicas; expected at least 1: correct it.`],
    ];
  }
}

function valuesOf(props: KarpenterProps, clusterName: string, region: string, interruptionQueue: string | undefined): Values {
  const { replicas = 2, logLevel = KarpenterLogLevel.INFO } = props;
  return {
    serviceAccount: { name: NAME },
    replicas,
    logLevel,
    ...present({ nodeSelector: props.nodeSelector, tolerations: tolerationsOf(props.tolerations) }),
    controller: {
      // Otherwise the controller asks the metadata service of the node, which pods cannot reach on a well-kept node.
      env: [{ name: 'AWS_REGION', value: region }],
      resources: resourceValues(props.resources ?? usualResources(Cpu.units(1), Size.gibibytes(1))),
    },
    settings: {
      clusterName,
      ...present({
        clusterEndpoint: props.clusterEndpoint,
        interruptionQueue,
        enableZonalShift: props.zonalShift,
        isolatedVPC: props.isolatedVpc,
        batchMaxDuration: props.batchMaxDuration && goDuration(props.batchMaxDuration),
        batchIdleDuration: props.batchIdleDuration && goDuration(props.batchIdleDuration),
        featureGates: props.featureGates && present({ ...props.featureGates }),
      }),
    },
  };
}

/** Helm replaces a list, so the chart's own toleration is said with the others. */
function tolerationsOf(tolerations: Toleration[] = []): object[] | undefined {
  return tolerations.length === 0 ? undefined : [{ key: 'CriticalAddonsOnly' }, ...tolerations].map(tolerationFields);
}
