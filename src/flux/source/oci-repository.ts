import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { FetchOptions } from './fetch-options';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { goRegexpProblem } from '../go-regexp';
import { filled, nameRef } from '../reference';
import { IChartArtifact, ISource, Source } from './source';
import { SourceReference } from '../source-reference';
import { timeoutProblem, urlProblem } from './source-problems';
import { SourceProvider } from './source-provider';
import { SourceVerification } from './source-verification';
import { variableUses } from '../../synth/substitution';

/** Which artifact of a repository Flux takes. */
export class OciReference {
  /** A tag. */
  public static tag(name: string): OciReference {
    return new OciReference({ tag: name });
  }

  /**
   * The highest version in a range: `>=1.2.0 <2.0.0`, `0.58.x`.
   *
   * @param range the versions that tags may have
   * @param filter Go regular expression that a tag has to match: `.*-rc.*`
   */
  public static semver(range: string, filter?: string): OciReference {
    return new OciReference({ semver: range, semverFilter: filter });
  }

  /** One artifact: `sha256:…`. */
  public static digest(digest: string): OciReference {
    return new OciReference({ digest });
  }

  private constructor(
    /** @internal */
    public readonly _fields: { readonly [field: string]: string | undefined },
  ) {}
}

/** What Flux does with the layer that it takes. */
export enum OciLayerOperation {
  /** Unpacks it. */
  EXTRACT = 'extract',
  /** Keeps the archive as it is: a chart. */
  COPY = 'copy',
}

/** Which layer of an artifact Flux takes. */
export interface OciLayerSelector {
  /**
   * The first layer of this type: `application/vnd.cncf.helm.chart.content.v1.tar+gzip`.
   *
   * @default - the first layer
   */
  readonly mediaType?: string;

  /**
   * @default OciLayerOperation.EXTRACT
   */
  readonly operation?: OciLayerOperation;
}

/** An OCIRepository, made by the program or known by its name. */
export interface IOciRepository extends ISource, IChartArtifact {
  readonly ociRepositoryName: string;
}

export interface OciRepositoryProps extends FetchOptions {
  /** `oci://` URL of the repository, without a tag: `oci://ghcr.io/stefanprodan/manifests/podinfo`. */
  readonly url: string;

  /**
   * Which artifact.
   *
   * @default - the tag `latest`
   */
  readonly ref?: OciReference;

  /**
   * Which layer of the artifact. A chart is copied from the layer
   * `application/vnd.cncf.helm.chart.content.v1.tar+gzip`.
   *
   * @default - the first one, unpacked
   */
  readonly layerSelector?: OciLayerSelector;

  /**
   * @default SourceProvider.GENERIC
   */
  readonly provider?: SourceProvider;

  /**
   * Secret of the type `kubernetes.io/dockerconfigjson` with the credentials.
   *
   * @default - none: the repository is public
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose pull secrets, and with another provider than `generic` whose identity, Flux uses.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;

  /**
   * Secret with a client's certificate (`tls.crt`, `tls.key`), that of an authority (`ca.crt`), or both.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Whether the registry is asked without TLS.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Signature that an artifact must have.
   *
   * @default - none
   */
  readonly verify?: SourceVerification;
}

/**
 * A repository of a container registry that Flux fetches: manifests, or a chart.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class OciRepository extends FluxObject implements IOciRepository {
  /** An OCIRepository that the program does not make. */
  public static fromName(name: string, namespace?: string): IOciRepository {
    const { sourceReference } = Source.oci(name, namespace);
    return { ociRepositoryName: name, sourceReference, chartReference: sourceReference };
  }

  private readonly props: OciRepositoryProps;

  constructor(scope: Construct, id: string, props: OciRepositoryProps) {
    super(scope, id, 'source.toolkit.fluxcd.io/v1', 'OCIRepository', props.metadata);
    this.props = props;
  }

  public get ociRepositoryName(): string {
    return this.name;
  }

  public get sourceReference(): SourceReference {
    return { kind: 'OCIRepository', name: this.name, namespace: this.namespace };
  }

  public get chartReference(): SourceReference {
    return this.sourceReference;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      timeout: props.timeout && goDuration(props.timeout),
      url: props.url,
      ref: props.ref?._fields,
      layerSelector: filled({ mediaType: props.layerSelector?.mediaType, operation: props.layerSelector?.operation }),
      provider: props.provider,
      secretRef: nameRef(props.secretName),
      serviceAccountName: props.serviceAccountName,
      certSecretRef: nameRef(props.certSecretName),
      proxySecretRef: nameRef(props.proxySecretName),
      insecure: props.insecure,
      verify: props.verify?._fields(),
      ignore: props.ignore,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { url, timeout, ref, verify } = this.props;
    return [
      ...urlProblem(url, ['oci']),
      ...tagProblem(url),
      ...timeoutProblem(timeout),
      ...goRegexpProblem('its semverFilter', ref?._fields.semverFilter ?? ''),
      ...verify?._problems() ?? [],
    ];
  }
}

/** The controller refuses a tag in the URL; a colon in the first segment is the registry's port. */
function tagProblem(url: string): string[] {
  const path = url.replace(/^oci:\/\/[^/]*/, '');
  return !url.startsWith('oci://') || !/[:@]/.test(path) || variableUses(url).length > 0 ? [] : [
    `has the URL "${url}", which ends in a tag or digest; expected the repository alone: say which artifact with ref.`,
  ];
}
