import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessFrom } from './access-from';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { nameRef } from '../reference';
import { IChartSource } from './source';
import { SourceReference } from '../source-reference';
import { timeoutProblem, urlProblem } from './source-problems';
import { SourceProvider } from './source-provider';

/** A HelmRepository, made by the program or known by its name. */
export interface IHelmRepository extends IChartSource {
  readonly helmRepositoryName: string;
}

export interface HelmRepositoryProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * `https://` or `http://` URL of a repository with an index, or `oci://` URL of a registry without the names of the charts.
   * The type of the object follows from it.
   */
  readonly url: string;

  /**
   * How often Flux looks for a new index. A registry has none: Flux asks it for each chart.
   *
   * @default Duration.hours(1), and none for `oci://`
   */
  readonly interval?: Duration;

  /**
   * How long the index, or a chart of a registry, may take; less than an hour, which Flux has no unit for here.
   *
   * @default Duration.seconds(60)
   */
  readonly timeout?: Duration;

  /**
   * For `oci://` alone.
   *
   * @default SourceProvider.GENERIC
   */
  readonly provider?: SourceProvider;

  /**
   * Secret with the credentials: `username` and `password`, or for `oci://` one of the type `kubernetes.io/dockerconfigjson`.
   *
   * @default - none: the repository is public
   */
  readonly secretName?: string;

  /**
   * Secret with a client's certificate (`tls.crt`, `tls.key`), that of an authority (`ca.crt`), or both.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Whether the credentials are sent to another host, too, where the index has charts of one.
   *
   * @default false
   */
  readonly passCredentials?: boolean;

  /**
   * Whether the registry is asked without TLS; for `oci://` alone.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Other namespaces that may refer to it. Flux's API has the field, its controllers do not look at it yet.
   *
   * @default - not said
   */
  readonly accessFrom?: AccessFrom;

  /**
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A repository or registry of Helm charts.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class HelmRepository extends FluxObject implements IHelmRepository {
  /** A HelmRepository that the program does not make. */
  public static fromName(name: string, namespace?: string): IHelmRepository {
    return { helmRepositoryName: name, chartSourceReference: { kind: 'HelmRepository', name, namespace } };
  }

  private readonly props: HelmRepositoryProps;

  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    super(scope, id, 'source.toolkit.fluxcd.io/v1', 'HelmRepository', props.metadata);
    this.props = props;
  }

  public get helmRepositoryName(): string {
    return this.name;
  }

  public get chartSourceReference(): SourceReference {
    return { kind: 'HelmRepository', name: this.name, namespace: this.namespace };
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    const oci = props.url.startsWith('oci://');
    const interval = props.interval ?? (oci ? undefined : Duration.hours(1));
    return {
      interval: interval && goDuration(interval),
      timeout: props.timeout && goDuration(props.timeout),
      type: oci ? 'oci' : undefined,
      url: props.url,
      provider: props.provider,
      secretRef: nameRef(props.secretName),
      certSecretRef: nameRef(props.certSecretName),
      passCredentials: props.passCredentials,
      insecure: props.insecure,
      accessFrom: props.accessFrom && { namespaceSelectors: props.accessFrom.namespaceSelectors.map(({ matchLabels }) => ({ matchLabels })) },
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { url, timeout } = this.props;
    return [...urlProblem(url, ['https', 'http', 'oci']), ...timeoutProblem(timeout)];
  }
}
