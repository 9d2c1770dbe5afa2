import { Size } from 'cdk8s';
import { Variable } from '../../platform';
import { present, Values } from '../helm/values';
import { Statement } from '../pod-identity/statement';
import { SecretSource } from '../security/secret-source';

/** An S3 bucket for a registry. */
export interface HarborBucketOptions {
  /** Name of the bucket, which is there. */
  readonly bucket: string;

  /**
   * AWS region of the bucket.
   *
   * @default - the variable `cluster_region`
   */
  readonly region?: string;

  /**
   * Prefix of the objects' names, with a slash at its start.
   *
   * @default - none
   */
  readonly rootDirectory?: string;

  /**
   * Whether clients are sent to S3 for what they pull. Off where they do not reach it: everything then passes through the registry.
   *
   * @default true
   */
  readonly redirect?: boolean;
}

/** An S3 bucket for a registry, and an access key for it. */
export interface HarborS3Options extends HarborBucketOptions {
  /** Access key, at the keys `REGISTRY_STORAGE_S3_ACCESSKEY` and `REGISTRY_STORAGE_S3_SECRETKEY`. */
  readonly credentials: SecretSource;
}

/** A volume for a registry. */
export interface HarborVolumeOptions {
  /** Its size. */
  readonly size: Size;

  /**
   * Name of the StorageClass.
   *
   * @default - the cluster's default
   */
  readonly storageClass?: string;
}

/** Where Harbor keeps images. */
export class HarborStorage {
  /**
   * An S3 bucket, with an access key. `awsStatements` says what the key has to be allowed.
   *
   * @see https://distribution.github.io/distribution/storage-drivers/s3/
   */
  public static s3({ credentials, ...bucket }: HarborS3Options): HarborStorage {
    return new HarborStorage(bucketValues(bucket), bucketStatements(bucket.bucket), false, false, credentials);
  }

  /**
   * An S3 bucket, with the pod identity of the registry. The registry of Harbor 2.14 cannot take the credentials of a pod identity, nor
   * those of a role for a ServiceAccount: its S3 driver is older than both, and asks for neither. This is for a later one.
   */
  public static s3WithPodIdentity(options: HarborBucketOptions): HarborStorage {
    return new HarborStorage(bucketValues(options), bucketStatements(options.bucket), false, true);
  }

  /** A volume that one pod mounts. It stays where Harbor is uninstalled. */
  public static volume({ size, storageClass }: HarborVolumeOptions): HarborStorage {
    return new HarborStorage({
      imageChartStorage: { type: 'filesystem' },
      persistentVolumeClaim: { registry: present({ size: size.asString(), storageClass }) },
    }, [], true, false);
  }

  private constructor(
    private readonly values: Values,
    /** What is done on AWS to keep images there. */
    public readonly awsStatements: Statement[],
    /** Whether one pod alone can use it. @internal */
    public readonly _single: boolean,
    /** Whether the registry's pod identity is what may use it. @internal */
    public readonly _podIdentity: boolean,
    /** @internal */
    public readonly _credentials?: SecretSource,
  ) {}

  /** `persistence` of the chart. @internal */
  public _toValues(credentialsSecret: string | undefined): Values {
    const { imageChartStorage, ...others } = this.values;
    return {
      ...others,
      imageChartStorage: credentialsSecret === undefined
        ? imageChartStorage
        : { ...imageChartStorage, s3: { ...imageChartStorage.s3, existingSecret: credentialsSecret } },
    };
  }
}

function bucketValues({ bucket, region, rootDirectory, redirect = true }: HarborBucketOptions): Values {
  return {
    imageChartStorage: {
      type: 's3',
      disableredirect: !redirect,
      s3: present({ bucket, region: region ?? Variable.of('cluster_region'), rootdirectory: rootDirectory }),
    },
  };
}

/** What the driver's documentation asks for, for one bucket. */
function bucketStatements(bucket: string): Statement[] {
  const arn = `arn:aws:s3:::${bucket}`;
  return [
    Statement.allow({ actions: ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'], resources: [arn] }),
    Statement.allow({
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      resources: [`${arn}/*`],
    }),
  ];
}
