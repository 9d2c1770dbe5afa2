import { ApiObject, ApiObjectProps, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PodSecurityLevel } from './pod-security-level';
import { Area, Component } from '../../platform';
import { neverPruned } from '../flux/never-pruned';
import { present, resourceValues, Values } from '../helm/values';

/** Namespaces that are not the repository's to take away. */
const OF_THE_CLUSTER = ['default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];

/** How much everything in a namespace may have together. */
export interface NamespaceQuota {
  /** @default - no limit */
  readonly cpuRequests?: Cpu;
  /** @default - no limit */
  readonly cpuLimits?: Cpu;
  /** @default - no limit */
  readonly memoryRequests?: Size;
  /** @default - no limit */
  readonly memoryLimits?: Size;
  /** @default - no limit */
  readonly storageRequests?: Size;
  /** @default - no limit */
  readonly pods?: number;
  /** @default - no limit */
  readonly loadBalancers?: number;
}

/** What holds for a namespace. */
export interface NamespaceOptions {
  /**
   * Labels, beside those of all namespaces.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * @default - none
   */
  readonly annotations?: { [name: string]: string };

  /**
   * What pods may ask for; others are refused.
   *
   * @default - what is said for all of them
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * What pods should not ask for more than: others are admitted, whoever makes them is warned, and the audit log says so.
   *
   * @default - what is said for all of them
   */
  readonly podSecurityWarning?: PodSecurityLevel;

  /**
   * Resources of containers that say nothing of theirs.
   *
   * @default - none
   */
  readonly containerDefaults?: ContainerResources;

  /**
   * How much everything in it may have together. Pods that say nothing of what it limits are refused: give them `containerDefaults`.
   *
   * @default - no limits
   */
  readonly quota?: NamespaceQuota;

  /**
   * Whether its pods take no traffic but what other network policies let through.
   *
   * @default false
   */
  readonly denyIngress?: boolean;
}

export interface NamespacesProps {
  /** Their names; `addNamespace` adds others, with what holds for them. `flux-system` and `kube-system` are there before Flux is. */
  readonly names: string[];

  /**
   * Labels for every one of them, and for what is in them.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * What pods may ask for in those that say nothing else.
   *
   * @default - nothing is said, and Kubernetes admits everything
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * What pods should not ask for more than in those that say nothing else.
   *
   * @default - nothing is said
   */
  readonly podSecurityWarning?: PodSecurityLevel;
}

/** The platform's namespaces, one object each. */
export class Namespaces extends Component {
  private readonly podSecurity?: PodSecurityLevel;
  private readonly podSecurityWarning?: PodSecurityLevel;

  constructor(scope: Construct, id: string, props: NamespacesProps) {
    super(scope, id, { area: Area.INFRASTRUCTURE, labels: props.labels });
    this.podSecurity = props.podSecurity;
    this.podSecurityWarning = props.podSecurityWarning;
    props.names.forEach(name => this.addNamespace(name));
  }

  /**
   * Adds a namespace.
   *
   * @param name its name
   * @param options what holds for it
   * @throws where it is there already
   */
  public addNamespace(name: string, options: NamespaceOptions = {}): void {
    if (this.node.tryFindChild(name)) {
      throw new Error(`${this.node.path} already has the namespace "${name}"; expected each of them once: add it with all that holds for it, and leave it out of names.`);
    }
    const levels = podSecurityLabels(options.podSecurity ?? this.podSecurity, options.podSecurityWarning ?? this.podSecurityWarning);
    const namespace = this.add(name, `${name}.yaml`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: present({ ...levels, ...options.labels }), annotations: options.annotations },
    });
    if (OF_THE_CLUSTER.includes(name)) {
      neverPruned(namespace);
    }
    this.addLimits(name, options);
    if (options.denyIngress) {
      this.add(`${name}.network-policy`, `${name}-networkpolicy.yaml`, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'deny-ingress', namespace: name },
        spec: { podSelector: {}, policyTypes: ['Ingress'] },
      });
    }
  }

  private addLimits(name: string, { containerDefaults, quota }: NamespaceOptions): void {
    const { requests, limits } = resourceValues(containerDefaults) ?? {};
    if (requests || limits) {
      this.add(`${name}.limit-range`, `${name}-limitrange.yaml`, {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'container-defaults', namespace: name },
        spec: { limits: [present({ type: 'Container', defaultRequest: requests, default: limits })] },
      });
    }
    const hard = quota && quotaFields(quota);
    if (hard) {
      this.add(`${name}.quota`, `${name}-resourcequota.yaml`, {
        apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: name }, spec: { hard },
      });
    }
  }

  private add(id: string, file: string, object: ApiObjectProps): ApiObject {
    const made = new ApiObject(this, id, object);
    this.setFile(made, file);
    return made;
  }
}

function podSecurityLabels(enforced: PodSecurityLevel | undefined, warned: PodSecurityLevel | undefined): Values {
  return {
    'pod-security.kubernetes.io/enforce': enforced,
    'pod-security.kubernetes.io/audit': warned,
    'pod-security.kubernetes.io/warn': warned,
  };
}

function quotaFields(quota: NamespaceQuota): object | undefined {
  return present({
    'requests.cpu': quota.cpuRequests?.amount,
    'limits.cpu': quota.cpuLimits?.amount,
    'requests.memory': quota.memoryRequests?.asString(),
    'limits.memory': quota.memoryLimits?.asString(),
    'requests.storage': quota.storageRequests?.asString(),
    'pods': quota.pods === undefined ? undefined : `${quota.pods}`,
    'services.loadbalancers': quota.loadBalancers === undefined ? undefined : `${quota.loadBalancers}`,
  });
}
