import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { goRegexpProblem } from '../go-regexp';
import { nameRef } from '../reference';
import { AccessFrom } from '../source/access-from';
import { timeoutProblem } from '../source/source-problems';
import { SourceProvider } from '../source/source-provider';

/** An ImageRepository, made by the program or known by its name. */
export interface IImageRepository {
  readonly imageRepositoryName: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly imageRepositoryNamespace?: string;
}

export interface ImageRepositoryProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Name of the image, without tag: `ghcr.io/stefanprodan/podinfo`. */
  readonly image: string;

  /**
   * How often Flux looks for new tags.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long the registry may take; less than an hour, which Flux has no unit for here.
   *
   * @default - the interval
   */
  readonly timeout?: Duration;

  /**
   * @default SourceProvider.GENERIC
   */
  readonly provider?: SourceProvider;

  /**
   * Secret with the credentials, of the type `kubernetes.io/dockerconfigjson`.
   *
   * @default - none: the repository is public
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose image pull secrets or identity Flux uses.
   *
   * @default - the controller's identity
   */
  readonly serviceAccountName?: string;

  /**
   * Secret with the certificates for TLS: `ca.crt`, or `tls.crt` and `tls.key`, or all three.
   *
   * @default - none
   */
  readonly certSecretName?: string;

  /**
   * Secret with the address and credentials of a proxy.
   *
   * @default - none
   */
  readonly proxySecretName?: string;

  /**
   * Whether the registry is spoken to without TLS.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Regular expressions of Go's; tags that match one of them are left out. At most 25.
   *
   * @default ['^.*\\.sig$']
   */
  readonly exclusionList?: string[];

  /**
   * Namespaces whose ImagePolicies may refer to it.
   *
   * @default - its own alone
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
 * An image in a registry, whose tags Flux reads.
 *
 * @see https://fluxcd.io/flux/components/image/imagerepositories/
 */
export class ImageRepository extends FluxObject implements IImageRepository {
  /** An ImageRepository that the program does not make. */
  public static fromName(name: string, namespace?: string): IImageRepository {
    return { imageRepositoryName: name, imageRepositoryNamespace: namespace };
  }

  private readonly props: ImageRepositoryProps;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id, 'image.toolkit.fluxcd.io/v1', 'ImageRepository', props.metadata);
    this.props = props;
  }

  public get imageRepositoryName(): string {
    return this.name;
  }

  public get imageRepositoryNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      timeout: props.timeout && goDuration(props.timeout),
      image: props.image,
      provider: props.provider,
      secretRef: nameRef(props.secretName),
      serviceAccountName: props.serviceAccountName,
      certSecretRef: nameRef(props.certSecretName),
      proxySecretRef: nameRef(props.proxySecretName),
      insecure: props.insecure,
      // An empty list is not the default: it leaves nothing out.
      exclusionList: props.exclusionList,
      accessFrom: props.accessFrom && { namespaceSelectors: props.accessFrom.namespaceSelectors.map(({ matchLabels }) => ({ matchLabels })) },
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { image, timeout, exclusionList = [] } = this.props;
    return [
      ...imageProblem(image),
      ...timeoutProblem(timeout),
      ...exclusionList.flatMap(pattern => goRegexpProblem('its exclusionList', pattern)),
      ...exclusionList.length <= 25 ? [] : [
        `has ${exclusionList.length} patterns in its exclusionList; expected at most 25: join some of them with "|".`,
      ],
    ];
  }
}

/** A scheme, a tag or a digest in the name of an image, which Flux refuses. */
function imageProblem(image: string): string[] {
  const surplus = /^\w+:\/\//.exec(image) ?? /(?:@[^/]*|:[^/]*)$/.exec(image);
  return surplus === null ? [] : [
    `has the image "${image}"; expected its name alone, without scheme, tag or digest, because Flux reads all its tags: take "${surplus[0]}" away.`,
  ];
}
