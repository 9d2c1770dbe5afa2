import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { goDuration } from '../../flux/duration';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues, present, resourceValues, usualResources, Values } from '../helm/values';
import { IMetricsSource, MetricsEndpoint } from '../observability/metrics-endpoint';
import { System } from '../system';

const NAME = 'kyverno';

/** API groups of its policies. */
const GROUPS = ['kyverno.io', 'policies.kyverno.io'];

/** What has to be able to start while Kyverno does not answer: the cluster's own pods, and Flux, which repairs the rest. */
const NEVER_ASKED_FOR = ['kube-system', 'flux-system'];

/** A controller that runs beside the one that answers to the API server. */
export enum KyvernoController {
  /** Generates objects, and changes those that are there already. */
  BACKGROUND = 'background',
  /** Deletes objects by policies and by their time to live. */
  CLEANUP = 'cleanup',
  /** Checks what is on the cluster already, and writes reports. */
  REPORTS = 'reports',
}

/** What the API server does with a request while Kyverno does not answer. */
export enum KyvernoFailurePolicy {
  /** What the policy that the request is for says. */
  AS_POLICIES_SAY = 'AsPoliciesSay',
  /** Lets it through, whatever a policy says. */
  IGNORE = 'Ignore',
}

export interface KyvernoProps extends HelmOptions {
  /**
   * Namespace of the controllers. Policies are not for it, with all that runs in it.
   *
   * @default 'security'
   */
  readonly namespace?: string;

  /**
   * Pods that answer to the API server. While none does, a policy that has to be asked refuses everything that it is for.
   *
   * @default 3
   */
  readonly admissionReplicas?: number;

  /**
   * Pods of each of the other controllers; one of them leads.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The controllers that run beside the one that answers to the API server.
   *
   * @default - all of them
   */
  readonly controllers?: KyvernoController[];

  /**
   * Further namespaces in which Kyverno is never asked, so that their pods start without it: those of what makes nodes, for example.
   *
   * @default - none; `kube-system`, `flux-system` and Kyverno's own always are
   */
  readonly excludedNamespaces?: string[];

  /**
   * What the API server does while Kyverno does not answer.
   *
   * @default KyvernoFailurePolicy.AS_POLICIES_SAY
   */
  readonly failurePolicy?: KyvernoFailurePolicy;

  /**
   * Namespace whose PolicyExceptions count.
   *
   * @default - exceptions are off
   */
  readonly exceptionsNamespace?: string;

  /**
   * How often what is on the cluster is checked anew, beside what changes.
   *
   * @default - every hour, which Kyverno takes
   */
  readonly backgroundScanInterval?: Duration;

  /**
   * Resources of what answers to the API server.
   *
   * @default - 100m CPU, and 256Mi of memory up to 512Mi
   */
  readonly admissionResources?: ContainerResources;

  /**
   * Resources of the background controller.
   *
   * @default - 50m CPU, and 128Mi of memory up to 256Mi
   */
  readonly backgroundResources?: ContainerResources;

  /**
   * Resources of the cleanup controller.
   *
   * @default - 20m CPU, and 64Mi of memory up to 128Mi
   */
  readonly cleanupResources?: ContainerResources;

  /**
   * Resources of the reports controller, which holds what it checks in memory.
   *
   * @default - 50m CPU, and 128Mi of memory up to 512Mi
   */
  readonly reportsResources?: ContainerResources;
}

/**
 * Kyverno: policies for objects, asked when they are admitted and checked against what is there.
 *
 * The definitions of its APIs come ahead of it: `Crds.ofSystem(…, System.KYVERNO)`. Policies are `KyvernoPolicies` and
 * `ValidatingPolicy`.
 *
 * @see https://kyverno.io
 */
export class Kyverno extends HelmComponent implements IMetricsSource {
  /** Namespaces in which Kyverno is never asked. */
  public readonly excludedNamespaces: string[];

  private readonly controllers: string[];

  constructor(scope: Construct, id: string, props: KyvernoProps = {}) {
    const { namespace = 'security', controllers = Object.values(KyvernoController) } = props;
    // The order in which they were given says nothing.
    const names = ['admission', ...Object.values(KyvernoController).filter(controller => controllers.includes(controller))];
    super(scope, id, {
      area: Area.SECURITY,
      chart: System.KYVERNO.chart(scope),
      ...props,
      namespace,
      values: mergeValues(valuesOf(props, controllers), props.values),
      controllers: GROUPS,
      webhooks: GROUPS,
      provides: names.map(name => ({ apiVersion: 'apps/v1', kind: 'Deployment', name: deploymentName(name), namespace })),
    });
    this.controllers = names;
    this.excludedNamespaces = [...new Set([...excludedNamespaces(props), namespace])];
    this.node.addValidation({ validate: () => problems(namespace, props) });
  }

  public get metricsEndpoints(): MetricsEndpoint[] {
    return this.controllers.map(name => ({
      name: deploymentName(name),
      namespace: this.namespace!,
      matchLabels: { 'app.kubernetes.io/name': deploymentName(name), 'app.kubernetes.io/instance': NAME },
      port: 'metrics-port',
    }));
  }
}

function deploymentName(controller: string): string {
  return `${NAME}-${controller}-controller`;
}

function valuesOf(props: KyvernoProps, controllers: KyvernoController[]): Values {
  const admission = props.admissionResources ?? usualResources(Cpu.millis(100), Size.mebibytes(256), Size.mebibytes(512));
  return {
    // The `crds` layer installs them.
    crds: { install: false },
    config: webhookValues(props),
    ...present({ features: featureValues(props, controllers) }),
    admissionController: {
      ...replicaValues(props.admissionReplicas ?? 3),
      container: { resources: resourceValues(admission) },
    },
    backgroundController: controllerValues(
      controllers.includes(KyvernoController.BACKGROUND), props.replicas,
      props.backgroundResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256)),
    ),
    cleanupController: controllerValues(
      controllers.includes(KyvernoController.CLEANUP), props.replicas,
      props.cleanupResources ?? usualResources(Cpu.millis(20), Size.mebibytes(64), Size.mebibytes(128)),
    ),
    reportsController: controllerValues(
      controllers.includes(KyvernoController.REPORTS), props.replicas,
      props.reportsResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(512)),
    ),
  };
}

/** The chart adds Kyverno's own namespace. */
function webhookValues(props: KyvernoProps): Values {
  return {
    webhooks: {
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: excludedNamespaces(props) }],
      },
    },
  };
}

function excludedNamespaces({ excludedNamespaces: further = [] }: KyvernoProps): string[] {
  return [...new Set([...NEVER_ASKED_FOR, ...further])];
}

function featureValues(props: KyvernoProps, controllers: KyvernoController[]): Values | undefined {
  const { failurePolicy, exceptionsNamespace, backgroundScanInterval } = props;
  return present({
    // Nothing would ever collect them.
    admissionReports: controllers.includes(KyvernoController.REPORTS) ? undefined : { enabled: false },
    backgroundScan: backgroundScanInterval && { backgroundScanInterval: goDuration(backgroundScanInterval) },
    forceFailurePolicyIgnore: failurePolicy === KyvernoFailurePolicy.IGNORE ? { enabled: true } : undefined,
    policyExceptions: exceptionsNamespace === undefined ? undefined : { enabled: true, namespace: exceptionsNamespace },
  });
}

function controllerValues(enabled: boolean, replicas: number = 1, resources: ContainerResources): Values {
  return enabled ? { enabled, ...replicaValues(replicas), resources: resourceValues(resources) } : { enabled };
}

function replicaValues(replicas: number): Values {
  return { replicas, podDisruptionBudget: { enabled: replicas > 1 } };
}

function problems(namespace: string, { admissionReplicas = 3, replicas = 1 }: KyvernoProps): string[] {
  return [
    ...namespace !== 'kube-system' ? [] : [
      'Kyverno is put into the namespace "kube-system", which its chart refuses; expected another one: leave it at "security", or name one.',
    ],
    ...Object.entries({ admissionReplicas, replicas }).filter(([, count]) => count < 1).map(([prop, count]) =>
      `Kyverno is given ${count} for ${prop}; expected at least 1: leave a controller out with controllers, or all of Kyverno.`),
  ];
}
