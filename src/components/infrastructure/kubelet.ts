import { Duration } from 'cdk8s';
import { goDuration } from '../../flux/duration';
import { present } from '../helm/values';

/**
 * Settings of the kubelet on the nodes of a node class.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet
 */
export interface KubeletOptions {
  /**
   * How many pods a node takes at most.
   *
   * @default - what the network interfaces of the instance type allow
   */
  readonly maxPods?: number;

  /**
   * How many pods a node takes for each CPU.
   *
   * @default - not limited
   */
  readonly podsPerCore?: number;

  /**
   * Addresses of the cluster's DNS server.
   *
   * @default - that of the Service `kube-dns`
   */
  readonly clusterDns?: string[];

  /**
   * What is kept for the operating system: `cpu`, `memory`, `ephemeral-storage`, `pid`.
   *
   * @default - nothing
   */
  readonly systemReserved?: { [resource: string]: string };

  /**
   * What is kept for the kubelet and the container runtime: `cpu`, `memory`, `ephemeral-storage`, `pid`.
   *
   * @default - reckoned from the instance type
   */
  readonly kubeReserved?: { [resource: string]: string };

  /**
   * Thresholds below which pods are evicted at once: `memory.available`, `nodefs.available`, …
   *
   * @default - those of the kubelet
   */
  readonly evictionHard?: { [signal: string]: string };

  /**
   * Thresholds below which pods are evicted after a time, for which `evictionSoftGracePeriod` has the same keys.
   *
   * @default - none
   */
  readonly evictionSoft?: { [signal: string]: string };

  /**
   * @default - none
   */
  readonly evictionSoftGracePeriod?: { [signal: string]: Duration };

  /**
   * How long pods get to end where a soft threshold is passed.
   *
   * @default - as long as they ask for
   */
  readonly evictionMaxPodGracePeriod?: Duration;

  /**
   * Percentage of the disk above which images are always deleted.
   *
   * @default - that of the kubelet
   */
  readonly imageGcHighThresholdPercent?: number;

  /**
   * Percentage of the disk down to which images are deleted.
   *
   * @default - that of the kubelet
   */
  readonly imageGcLowThresholdPercent?: number;

  /**
   * Whether limits on CPU are kept by throttling.
   *
   * @default true
   */
  readonly cpuCfsQuota?: boolean;
}

/** Settings as the node class has them. @internal */
export function kubeletFields(options: KubeletOptions): object | undefined {
  const { evictionSoftGracePeriod, evictionMaxPodGracePeriod } = options;
  return present({
    clusterDNS: options.clusterDns,
    maxPods: options.maxPods,
    podsPerCore: options.podsPerCore,
    systemReserved: options.systemReserved,
    kubeReserved: options.kubeReserved,
    evictionHard: options.evictionHard,
    evictionSoft: options.evictionSoft,
    evictionSoftGracePeriod: evictionSoftGracePeriod
      && Object.fromEntries(Object.entries(evictionSoftGracePeriod).map(([signal, period]) => [signal, goDuration(period)])),
    evictionMaxPodGracePeriod: evictionMaxPodGracePeriod?.toSeconds(),
    imageGCHighThresholdPercent: options.imageGcHighThresholdPercent,
    imageGCLowThresholdPercent: options.imageGcLowThresholdPercent,
    cpuCFSQuota: options.cpuCfsQuota,
  });
}

const SIGNALS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'];
const RESERVABLE = ['cpu', 'memory', 'ephemeral-storage', 'pid'];

/** What Karpenter's definition would refuse, without the name of the object. @internal */
export function kubeletProblems(options: KubeletOptions): string[] {
  const { systemReserved, kubeReserved, evictionHard, evictionSoft = {}, evictionSoftGracePeriod = {} } = options;
  const { imageGcHighThresholdPercent: high, imageGcLowThresholdPercent: low } = options;
  return [
    ...keyProblems({ evictionHard, evictionSoft, evictionSoftGracePeriod }, SIGNALS),
    ...keyProblems({ systemReserved, kubeReserved }, RESERVABLE),
    ...negativeProblems({ systemReserved, kubeReserved }),
    ...Object.keys(evictionSoft).filter(signal => !(signal in evictionSoftGracePeriod))
      .map(signal => `has evictionSoft of ${signal} and no evictionSoftGracePeriod of it; expected both: say how long.`),
    ...Object.keys(evictionSoftGracePeriod).filter(signal => !(signal in evictionSoft))
      .map(signal => `has evictionSoftGracePeriod of ${signal} and no evictionSoft of it; expected both: say the threshold.`),
    ...high === undefined || low === undefined || high > low ? [] : [
      `deletes images above ${high} % of the disk, down to ${low} %; expected the first to be more than the second: correct them.`,
    ],
  ];
}

function keyProblems(maps: { [name: string]: { [key: string]: any } | undefined }, known: readonly string[]): string[] {
  return Object.entries(maps).flatMap(([name, map = {}]) => Object.keys(map).filter(key => !known.includes(key))
    .map(key => `has ${name} of ${key}; expected one of ${known.join(', ')}: correct the key.`));
}

function negativeProblems(maps: { [name: string]: { [resource: string]: string } | undefined }): string[] {
  return Object.entries(maps).flatMap(([name, map = {}]) => Object.entries(map).filter(([, amount]) => amount.startsWith('-'))
    .map(([resource, amount]) => `has ${name} of ${amount} for ${resource}; expected nothing below zero: correct it.`));
}
