import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { retentionValue } from './retention';
import { resourceValues, RESTRICTED_CONTAINER, RESTRICTED_POD, usualResources, Values } from '../helm/values';
import { System } from '../system';

export interface SingleLogsStorageOptions {
  /**
   * How long logs are kept: a day at least.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * How much of the volume logs may take; the oldest go where there are more.
   *
   * @default - nine tenths of `size`
   */
  readonly maxDiskUsage?: Size;

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
   * @default - 100m CPU, 512Mi of memory with a limit of 1Gi
   */
  readonly resources?: ContainerResources;
}

export interface ClusterLogsStorageOptions {
  /**
   * How long logs are kept: a day at least.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * How much of each volume logs may take; the oldest go where there are more.
   *
   * @default - nine tenths of `size`
   */
  readonly maxDiskUsage?: Size;

  /**
   * Pods that store, `vlstorage`. Each log is on one of them.
   *
   * @default 2
   */
  readonly storageReplicas?: number;

  /**
   * Pods that answer queries, `vlselect`.
   *
   * @default 2
   */
  readonly selectReplicas?: number;

  /**
   * Pods that take logs in, `vlinsert`.
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
   * @default - 100m CPU, 512Mi of memory with a limit of 1Gi
   */
  readonly storageResources?: ContainerResources;

  /**
   * Resources of each pod that answers queries.
   *
   * @default - 100m CPU, 256Mi of memory with a limit of 512Mi
   */
  readonly selectResources?: ContainerResources;

  /**
   * Resources of each pod that takes logs in.
   *
   * @default - 50m CPU, 128Mi of memory with a limit of 256Mi
   */
  readonly insertResources?: ContainerResources;
}

/** A workload of the storage, its Service and its port. @internal */
export interface LogsPart {
  /** What it is called in the chart: its objects are named `<release>-<part>`. */
  readonly part: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly port: number;
}

/** Where logs are stored: in one pod, or in a cluster of them. */
export class LogsStorage {
  /**
   * One pod with one volume.
   *
   * @throws where logs would be kept for less than a day, or may take more than the volume has
   * @see https://docs.victoriametrics.com/victorialogs/
   */
  public static single(options: SingleLogsStorageOptions = {}): LogsStorage {
    const server: LogsPart = { part: 'server', kind: 'StatefulSet', port: 9428 };
    return new LogsStorage(System.VICTORIA_LOGS_SINGLE, 'victoria-logs-single', [server], server, server, {
      server: {
        ...retentionFields(options),
        persistentVolume: volumeFields(options),
        podSecurityContext: { seccompProfile: RESTRICTED_POD.seccompProfile },
        resources: resourceValues(options.resources ?? storageResources()),
      },
    });
  }

  /**
   * Pods that store, pods that answer queries, and pods that take logs in.
   *
   * @throws where logs would be kept for less than a day, or may take more than a volume has
   * @see https://docs.victoriametrics.com/victorialogs/cluster/
   */
  public static cluster(options: ClusterLogsStorageOptions = {}): LogsStorage {
    const { storageReplicas = 2, selectReplicas = 2, insertReplicas = 2 } = options;
    const select: LogsPart = { part: 'vlselect', kind: 'Deployment', port: 9471 };
    const insert: LogsPart = { part: 'vlinsert', kind: 'Deployment', port: 9481 };
    const parts: LogsPart[] = [insert, select, { part: 'vlstorage', kind: 'StatefulSet', port: 9491 }];
    return new LogsStorage(System.VICTORIA_LOGS_CLUSTER, 'victoria-logs-cluster', parts, select, insert, {
      vlstorage: {
        ...retentionFields(options),
        persistentVolume: volumeFields(options),
        ...podValues(storageReplicas, options.storageResources ?? storageResources()),
      },
      vlselect: podValues(selectReplicas, options.selectResources ?? usualResources(Cpu.millis(100), Size.mebibytes(256), Size.mebibytes(512))),
      vlinsert: podValues(insertReplicas, options.insertResources ?? usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256))),
    });
  }

  private constructor(
    /** @internal */
    public readonly _system: System,
    /** Name of the chart and of the release. @internal */
    public readonly _release: string,
    /** @internal */
    public readonly _parts: LogsPart[],
    /** What answers queries. @internal */
    public readonly _read: LogsPart,
    /** What takes logs in. @internal */
    public readonly _write: LogsPart,
    /** @internal */
    public readonly _values: Values,
  ) {}
}

interface Volume {
  readonly retention?: Duration;
  readonly maxDiskUsage?: Size;
  readonly size?: Size;
  readonly storageClass?: string;
}

/** Age and size: what comes first. A full volume would take nothing in any more. */
function retentionFields({ retention = Duration.days(30), maxDiskUsage, size = usualSize() }: Volume): Values {
  if (maxDiskUsage && maxDiskUsage.toKibibytes() > size.toKibibytes()) {
    throw new Error(`logs may take ${maxDiskUsage.asString()} of a volume of ${size.asString()}; expected no more than it has: change maxDiskUsage, or size.`);
  }
  return {
    retentionPeriod: retentionValue(retention),
    ...maxDiskUsage ? { retentionDiskSpaceUsage: `${maxDiskUsage.asString()}B` } : { retentionMaxDiskUsagePercent: 90 },
  };
}

function volumeFields({ size = usualSize(), storageClass }: Volume): Values {
  return { size: size.asString(), ...storageClass === undefined ? {} : { storageClassName: storageClass } };
}

function podValues(replicas: number, resources: ContainerResources): Values {
  return {
    replicaCount: replicas,
    ...replicas > 1 ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {},
    podSecurityContext: RESTRICTED_POD,
    securityContext: RESTRICTED_CONTAINER,
    resources: resourceValues(resources),
  };
}

function usualSize(): Size {
  return Size.gibibytes(50);
}

function storageResources(): ContainerResources {
  return usualResources(Cpu.millis(100), Size.mebibytes(512), Size.gibibytes(1));
}
