import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { FetchOptions } from './fetch-options';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { nameRef } from '../reference';
import { IChartSource, ISource, Source } from './source';
import { SourceReference } from '../source-reference';
import { timeoutProblem, urlProblem } from './source-problems';
import { SourceProvider } from './source-provider';

/** Where Flux gets credentials for a bucket that hold for a short time: a security token service. */
export class BucketSts {
  /**
   * That of AWS; with the provider `aws` alone.
   *
   * @param endpoint `https://sts.amazonaws.com`, or that of a region or VPC
   */
  public static aws(endpoint: string): BucketSts {
    return new BucketSts('aws', endpoint);
  }

  /**
   * One that asks an LDAP server, as MinIO has it; with the provider `generic` alone.
   *
   * @param endpoint `https://` or `http://` URL
   * @param secretName Secret with `username` and `password`
   * @param certSecretName Secret with a client's certificate (`tls.crt`, `tls.key`), that of an authority (`ca.crt`), or both
   */
  public static ldap(endpoint: string, secretName?: string, certSecretName?: string): BucketSts {
    return new BucketSts('ldap', endpoint, secretName, certSecretName);
  }

  private constructor(
    /** @internal */
    public readonly _provider: string,
    /** @internal */
    public readonly _endpoint: string,
    private readonly secretName?: string,
    private readonly certSecretName?: string,
  ) {}

  /** The service as a field. @internal */
  public _fields(): object {
    return { provider: this._provider, endpoint: this._endpoint, secretRef: nameRef(this.secretName), certSecretRef: nameRef(this.certSecretName) };
  }
}

/** A Bucket, made by the program or known by its name. */
export interface IBucket extends ISource, IChartSource {
  /** Name of the object; the bucket itself may have another. */
  readonly bucketObjectName: string;
}

export interface BucketProps extends FetchOptions {
  /** Name of the bucket in the object storage. */
  readonly bucketName: string;

  /** Address of the object storage: `minio.example.com`, `s3.amazonaws.com`, for Azure `https://<account>.blob.core.windows.net`. */
  readonly endpoint: string;

  /**
   * @default - the storage's own
   */
  readonly region?: string;

  /**
   * What the names of the files begin with.
   *
   * @default - all files
   */
  readonly prefix?: string;

  /**
   * Which storage it is; `generic` is any that has the API of S3.
   *
   * @default SourceProvider.GENERIC
   */
  readonly provider?: SourceProvider;

  /**
   * Whether the storage is asked without TLS.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Secret with the credentials.
   *
   * @default - none: the bucket is public, or the provider knows the identity
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose identity Flux uses; with the providers `aws`, `azure` and `gcp` alone, and without a Secret.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;

  /**
   * Secret with a client's certificate (`tls.crt`, `tls.key`), that of an authority (`ca.crt`), or both; for the provider
   * `generic` alone.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Where credentials that hold for a short time come from.
   *
   * @default - none
   */
  readonly sts?: BucketSts;
}

/**
 * A bucket of an object storage that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class Bucket extends FluxObject implements IBucket {
  /** A Bucket that the program does not make. */
  public static fromName(name: string, namespace?: string): IBucket {
    const { sourceReference } = Source.bucket(name, namespace);
    return { bucketObjectName: name, sourceReference, chartSourceReference: sourceReference };
  }

  private readonly props: BucketProps;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, 'source.toolkit.fluxcd.io/v1', 'Bucket', props.metadata);
    this.props = props;
  }

  public get bucketObjectName(): string {
    return this.name;
  }

  public get sourceReference(): SourceReference {
    return { kind: 'Bucket', name: this.name, namespace: this.namespace };
  }

  public get chartSourceReference(): SourceReference {
    return this.sourceReference;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      timeout: props.timeout && goDuration(props.timeout),
      provider: props.provider,
      bucketName: props.bucketName,
      endpoint: props.endpoint,
      region: props.region,
      prefix: props.prefix,
      insecure: props.insecure,
      secretRef: nameRef(props.secretName),
      serviceAccountName: props.serviceAccountName,
      certSecretRef: nameRef(props.certSecretName),
      proxySecretRef: nameRef(props.proxySecretName),
      sts: props.sts?._fields(),
      ignore: props.ignore,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { timeout, sts, secretName, serviceAccountName, provider = SourceProvider.GENERIC } = this.props;
    return [
      ...timeoutProblem(timeout),
      ...sts === undefined ? [] : [...urlProblem(sts._endpoint, ['https', 'http'], 'STS endpoint'), ...stsProblem(sts._provider, provider)],
      ...serviceAccountName === undefined || provider !== SourceProvider.GENERIC ? [] : [
        `has the ServiceAccount "${serviceAccountName}" with the provider "generic"; expected the provider aws, azure or gcp, because this one takes a `
        + 'Secret: name one with secretName.',
      ],
      ...serviceAccountName === undefined || secretName === undefined ? [] : [
        `has both the Secret "${secretName}" and the ServiceAccount "${serviceAccountName}"; expected one of them: take the other away.`,
      ],
    ];
  }
}

/** The token service that a provider can use; the others have none. */
const STS: { readonly [provider: string]: string } = { [SourceProvider.AWS]: 'aws', [SourceProvider.GENERIC]: 'ldap' };

function stsProblem(given: string, provider: SourceProvider): string[] {
  const expected = STS[provider];
  return given === expected ? [] : [
    expected === undefined
      ? `has an STS with the provider "${provider}"; expected the provider aws or generic, because the others have none: take sts away.`
      : `has the STS provider "${given}" with the provider "${provider}"; expected "${expected}": use BucketSts.${expected}(…).`,
  ];
}
