import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Variable } from '../../platform';
import { resourceValues, usualResources } from '../helm/values';
import { Statement } from '../pod-identity/statement';
import { SecretSource } from '../security/secret-source';

export interface S3MetricsBackupOptions {
  /** Name of the bucket. */
  readonly bucket: string;

  /**
   * Directory in the bucket, one for each cluster.
   *
   * @default - the variable `cluster_name`
   */
  readonly path?: string;

  /**
   * The licence of VictoriaMetrics Enterprise, in the key `license`: what makes backups, vmbackupmanager, is part of it alone. With it,
   * everything runs as its Enterprise version.
   */
  readonly license: SecretSource;
}

/**
 * Where backups of metrics go: every hour, every day, every week and every month one.
 *
 * @see https://docs.victoriametrics.com/victoriametrics/vmbackupmanager/
 */
export class MetricsBackup {
  /** A bucket of S3, with the pod identity of the storage. */
  public static s3(options: S3MetricsBackupOptions): MetricsBackup {
    const { bucket, path = Variable.of('cluster_name'), license } = options;
    return new MetricsBackup(license, `s3://${bucket}/${path}`, [
      Statement.allow({ actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${bucket}`] }),
      Statement.allow({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [`arn:aws:s3:::${bucket}/${path}/*`] }),
    ]);
  }

  private constructor(
    /** @internal */
    public readonly _license: SecretSource,
    /** URL of the directory. */
    private readonly destination: string,
    /** What the storage does on AWS for it. */
    public readonly awsStatements: Statement[],
  ) {}

  /** @internal */
  public _toJson(): object {
    return { destination: this.destination, resources: resourceValues(usualResources(Cpu.millis(50), Size.mebibytes(128), Size.mebibytes(256))) };
  }
}
