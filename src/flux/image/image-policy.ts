import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../duration';
import { FLUX_NAMESPACE } from '../flux-namespace';
import { FluxObject } from '../flux-object';
import { goRegexpProblem } from '../go-regexp';
import { IImageRepository } from './image-repository';
import { filled } from '../reference';

/** Which end of the order is the latest image. */
export enum ImagePolicyOrder {
  /** The last one: `Z`, `9`. */
  ASC = 'asc',
  /** The first one: `A`, `0`. */
  DESC = 'desc',
}

/** How tags are compared. */
export class ImagePolicyChoice {
  /** The highest version in a range: `>=1.0.0 <2.0.0`. */
  public static semver(range: string): ImagePolicyChoice {
    return new ImagePolicyChoice({ semver: { range } });
  }

  /** By the alphabet. */
  public static alphabetical(order?: ImagePolicyOrder): ImagePolicyChoice {
    return new ImagePolicyChoice({ alphabetical: { order } });
  }

  /** As numbers. */
  public static numerical(order?: ImagePolicyOrder): ImagePolicyChoice {
    return new ImagePolicyChoice({ numerical: { order } });
  }

  private constructor(
    /** @internal */
    public readonly _fields: object,
  ) {}
}

/** When the digest of the latest image is looked up. */
export class DigestReflectionPolicy {
  /** Always anew. The interval says how often. */
  public static always(interval: Duration): DigestReflectionPolicy {
    return new DigestReflectionPolicy('Always', interval);
  }

  /** Once for each tag. */
  public static ifNotPresent(): DigestReflectionPolicy {
    return new DigestReflectionPolicy('IfNotPresent');
  }

  /** Not at all. */
  public static never(): DigestReflectionPolicy {
    return new DigestReflectionPolicy('Never');
  }

  private constructor(
    /** @internal */
    public readonly _policy: string,
    /** @internal */
    public readonly _interval?: Duration,
  ) {}
}

/** Which tags count, and what of them is compared. */
export interface TagFilter {
  /**
   * Regular expression of Go's: `^main-[a-f0-9]+-(?P<ts>[0-9]+)$`.
   *
   * @default - every tag
   */
  readonly pattern?: string;

  /**
   * What is compared instead of the whole tag: `$ts`.
   *
   * @default - the whole tag
   */
  readonly extract?: string;
}

/** An ImagePolicy, made by the program or known by its name. */
export interface IImagePolicy {
  readonly imagePolicyName: string;
  readonly imagePolicyNamespace: string;

  /**
   * The comment that lets an ImageUpdateAutomation write a field.
   *
   * @param part `tag`, `name` or `digest` where the field holds that part alone
   */
  marker(part?: string): string;
}

export interface ImagePolicyProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Whose tags are compared. One of another namespace must give access with `accessFrom`. */
  readonly imageRepository: IImageRepository;

  /** How they are compared. */
  readonly policy: ImagePolicyChoice;

  /**
   * Which of them count.
   *
   * @default - all
   */
  readonly filterTags?: TagFilter;

  /**
   * When the digest of the latest image is looked up.
   *
   * @default DigestReflectionPolicy.never()
   */
  readonly digestReflectionPolicy?: DigestReflectionPolicy;

  /**
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Says which tag of an image is the latest.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export class ImagePolicy extends FluxObject implements IImagePolicy {
  /** An ImagePolicy that the program does not make. */
  public static fromName(name: string, namespace: string = FLUX_NAMESPACE): IImagePolicy {
    return { imagePolicyName: name, imagePolicyNamespace: namespace, marker: part => marker(name, namespace, part) };
  }

  private readonly props: ImagePolicyProps;

  constructor(scope: Construct, id: string, props: ImagePolicyProps) {
    super(scope, id, 'image.toolkit.fluxcd.io/v1', 'ImagePolicy', props.metadata);
    this.props = props;
  }

  public get imagePolicyName(): string {
    return this.name;
  }

  public get imagePolicyNamespace(): string {
    return this.namespace;
  }

  /**
   * The comment that lets an ImageUpdateAutomation write a field: `kustomization.addComment('/spec/images/0/newTag', policy.marker('tag'))`.
   *
   * @param part `tag`, `name` or `digest` where the field holds that part alone
   * @throws where the part is another one
   * @see https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
   */
  public marker(part?: string): string {
    return marker(this.name, this.namespace, part);
  }

  /** @internal */
  protected _spec(): object {
    const { imageRepository, policy, filterTags, digestReflectionPolicy, suspend } = this.props;
    const { imageRepositoryName, imageRepositoryNamespace } = imageRepository;
    return {
      imageRepositoryRef: {
        name: imageRepositoryName,
        namespace: imageRepositoryNamespace === this.namespace ? undefined : imageRepositoryNamespace,
      },
      filterTags: filterTags && filled({ pattern: filterTags.pattern, extract: filterTags.extract }),
      policy: policy._fields,
      digestReflectionPolicy: digestReflectionPolicy?._policy,
      interval: digestReflectionPolicy?._interval && goDuration(digestReflectionPolicy._interval),
      suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { pattern } = this.props.filterTags ?? {};
    return pattern === undefined ? [] : goRegexpProblem('filterTags', pattern);
  }
}

const PARTS: readonly string[] = ['tag', 'name', 'digest'];

function marker(name: string, namespace: string, part: string | undefined): string {
  if (part !== undefined && !PARTS.includes(part)) {
    throw new Error(`the marker of the ImagePolicy "${name}" is asked for the part "${part}" of an image; expected tag, name or digest, `
      + 'or nothing for the whole of it: correct it.');
  }
  return `{"$imagepolicy": "${namespace}:${name}${part === undefined ? '' : `:${part}`}"}`;
}
