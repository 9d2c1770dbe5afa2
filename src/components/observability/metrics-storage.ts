import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { retentionValue } from './retention';
import { resourceValues, usualResources, Values } from '../helm/values';

export interface SingleMetricsStorageOptions {
  /**
   * How long metrics are kept: a day at least.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * Size of the volume.
   *
   * @default Size.gibibytes(50)
   */
  readonly size?: Size;

  /**
   * StorageClass of the volume.
   *
   * @default - the cluster's default one
   */
  readonly storageClass?: string;

  /**
   * @default - 200m CPU, 1Gi of memory with a limit of 2Gi
   */
  readonly resources?: ContainerResources;
}

export interface ClusterMetricsStorageOptions {
  /**
   * How long metrics are kept: a day at least.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * On how many of the storage's pods each sample is.
   *
   * @default 2
   */
  readonly replicationFactor?: number;

  /**
   * Pods that store, `vmstorage`.
   *
   * @default 3
   */
  readonly storageReplicas?: number;

  /**
   * Pods that answer queries, `vmselect`.
   *
   * @default 2
   */
  readonly selectReplicas?: number;

  /**
   * Pods that take samples in, `vminsert`.
   *
   * @default 2
   */
  readonly insertReplicas?: number;

  /**
   * Size of the volume of each pod that stores.
   *
   * @default Size.gibibytes(50)
   */
  readonly size?: Size;

  /**
   * StorageClass of the volumes.
   *
   * @default - the cluster's default one
   */
  readonly storageClass?: string;

  /**
   * Resources of each pod that stores.
   *
   * @default - 200m CPU, 1Gi of memory with a limit of 2Gi
   */
  readonly storageResources?: ContainerResources;

  /**
   * Resources of each pod that answers queries.
   *
   * @default - 100m CPU, 512Mi of memory with a limit of 1Gi
   */
  readonly selectResources?: ContainerResources;

  /**
   * Resources of each pod that takes samples in.
   *
   * @default - 100m CPU, 256Mi of memory with a limit of 512Mi
   */
  readonly insertResources?: ContainerResources;
}

/** A part of the storage that others talk to. @internal */
export interface StorageEntry {
  /** Name of the part; the operator's Service is called `<part>-<release>`, its pods are labelled with it. */
  readonly part: string;
  readonly port: number;
  /** Path of the Prometheus API, or of remote write. */
  readonly path: string;
}

/** Where metrics are stored: in one pod, or in a cluster of them. */
export class MetricsStorage {
  /**
   * One pod with one volume: enough for about a million samples a second.
   *
   * @throws where metrics would be kept for less than a day
   * @see https://docs.victoriametrics.com/victoriametrics/single-server-victoriametrics/
   */
  public static single(options: SingleMetricsStorageOptions = {}): MetricsStorage {
    const { retention = Duration.days(30), size = Size.gibibytes(50), storageClass } = options;
    const spec = {
      retentionPeriod: retentionValue(retention),
      storage: claimFields(size, storageClass),
      ...podFields(options.resources ?? storageResources()),
    };
    return new MetricsStorage('vmsingle', backup => ({
      vmsingle: { enabled: true, spec: { ...spec, ...backup } },
    }), { part: 'vmsingle', port: 8428, path: '' }, { part: 'vmsingle', port: 8428, path: '/api/v1/write' });
  }

  /**
   * Pods that store, pods that answer queries, and pods that take samples in: each sample is on several of the first.
   *
   * @throws where metrics would be kept for less than a day, or on more pods than there are
   * @see https://docs.victoriametrics.com/victoriametrics/cluster-victoriametrics/
   */
  public static cluster(options: ClusterMetricsStorageOptions = {}): MetricsStorage {
    const { retention = Duration.days(30), replicationFactor = 2, size = Size.gibibytes(50), storageClass } = options;
    const { storageReplicas = 3, selectReplicas = 2, insertReplicas = 2 } = options;
    if (replicationFactor < 1 || replicationFactor > storageReplicas) {
      throw new Error(`metrics are to be on ${replicationFactor} of ${storageReplicas} pods that store; expected a number from 1 to ${storageReplicas}: `
        + 'change replicationFactor, or storageReplicas.');
    }
    const storage = {
      storage: { volumeClaimTemplate: { spec: claimFields(size, storageClass) } },
      ...podFields(options.storageResources ?? storageResources()),
    };
    const select = {
      storage: { volumeClaimTemplate: { spec: claimFields(Size.gibibytes(2), storageClass) } },
      ...podFields(options.selectResources ?? usualResources(Cpu.millis(100), Size.mebibytes(512), Size.gibibytes(1))),
    };
    const insert = podFields(options.insertResources ?? usualResources(Cpu.millis(100), Size.mebibytes(256), Size.mebibytes(512)));
    return new MetricsStorage('vmcluster', backup => ({
      vmsingle: { enabled: false },
      vmcluster: {
        enabled: true,
        spec: {
          retentionPeriod: retentionValue(retention),
          replicationFactor,
          vmstorage: { ...replicaFields(storageReplicas), ...storage, ...backup },
          vmselect: { ...replicaFields(selectReplicas), ...select },
          vminsert: { ...replicaFields(insertReplicas), ...insert },
        },
      },
    }), { part: 'vmselect', port: 8481, path: '/select/0/prometheus' }, { part: 'vminsert', port: 8480, path: '/insert/0/prometheus/api/v1/write' });
  }

  private constructor(
    /** Kind of what the operator makes it of, as its ServiceAccount is named: `vmsingle-<release>`. @internal */
    public readonly _account: string,
    /** Values of the chart, with fields for those that store. @internal */
    public readonly _values: (backup: Values) => Values,
    /** What answers queries. @internal */
    public readonly _read: StorageEntry,
    /** What takes samples in. @internal */
    public readonly _write: StorageEntry,
  ) {}
}

/** The operator adds resources of its own, with a limit on CPU, where it is not told otherwise. @internal */
export function podFields(resources: ContainerResources): Values {
  return { useDefaultResources: false, resources: resourceValues(resources) };
}

/** Replicas, and a PodDisruptionBudget where there is more than one. @internal */
export function replicaFields(replicas: number): Values {
  return { replicaCount: replicas, ...replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {} };
}

/** @internal */
export function claimFields(size: Size, storageClass: string | undefined): Values {
  return { resources: { requests: { storage: size.asString() } }, ...storageClass === undefined ? {} : { storageClassName: storageClass } };
}

function storageResources(): ContainerResources {
  return usualResources(Cpu.millis(200), Size.gibibytes(1), Size.gibibytes(2));
}
