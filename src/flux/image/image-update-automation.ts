import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { LabelSelector } from '../label-selector';
import { filled, labelSelectorFields, nameRef, sourceRef } from '../reference';
import { GitReference, IGitRepository } from '../source/git-repository';

/** What a commit is signed with. */
export enum SigningKeyType {
  /** `git.asc` in the Secret, and its `passphrase`. */
  GPG = 'gpg',
  /** `identity` in the Secret, and its `password`. */
  SSH = 'ssh',
}

/** A key that signs commits. */
export interface SigningKey {
  /** Secret with the key. */
  readonly secretName: string;

  /**
   * @default SigningKeyType.GPG
   */
  readonly type?: SigningKeyType;
}

/** How changes are committed. */
export interface ImageUpdateCommit {
  /** E-mail address of the author. */
  readonly authorEmail: string;

  /**
   * Name of the author.
   *
   * @default - none
   */
  readonly authorName?: string;

  /**
   * Message, a Go template over `.AutomationObject`, `.Changed` and `.Values`.
   *
   * @default - `Update from image update automation`
   */
  readonly messageTemplate?: string;

  /**
   * What the template reads as `.Values`.
   *
   * @default - none
   */
  readonly messageTemplateValues?: { [key: string]: string };

  /**
   * Signs the commits.
   *
   * @default - they are not signed
   */
  readonly signingKey?: SigningKey;
}

/** Where commits are pushed to. */
export interface ImageUpdatePush {
  /**
   * Branch; made from the one that is checked out where it does not exist.
   *
   * @default - the one that is checked out
   */
  readonly branch?: string;

  /**
   * A Git refspec that is pushed as well: `refs/heads/main:refs/heads/auto`.
   *
   * @default - none
   */
  readonly refspec?: string;

  /**
   * Push options for the Git server: `merge_request.create`.
   *
   * @default - none
   */
  readonly options?: { [option: string]: string };
}

/** How fields are found. */
export enum ImageUpdateStrategy {
  /** By the markers in comments. */
  SETTERS = 'Setters',
}

/** An ImageUpdateAutomation, made by the program or known by its name. */
export interface IImageUpdateAutomation {
  readonly imageUpdateAutomationName: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly imageUpdateAutomationNamespace?: string;
}

export interface ImageUpdateAutomationProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Repository that is written to, with credentials that may. */
  readonly gitRepository: IGitRepository;

  /**
   * How often Flux looks for something to write.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * Which commit the changes are made to.
   *
   * @default - the one that the GitRepository takes
   */
  readonly checkout?: GitReference;

  /** How changes are committed. */
  readonly commit: ImageUpdateCommit;

  /**
   * Where commits are pushed to.
   *
   * @default - the branch that is checked out
   */
  readonly push?: ImageUpdatePush;

  /**
   * Directory in which fields are written.
   *
   * @default - the root of the repository
   */
  readonly updatePath?: string;

  /**
   * How fields are found.
   *
   * @default ImageUpdateStrategy.SETTERS
   */
  readonly updateStrategy?: ImageUpdateStrategy;

  /**
   * Which ImagePolicies of the namespace count.
   *
   * @default - all
   */
  readonly policySelector?: LabelSelector;

  /**
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * Writes the latest images into a Git repository, wherever the marker of an ImagePolicy is.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export class ImageUpdateAutomation extends FluxObject implements IImageUpdateAutomation {
  /** An ImageUpdateAutomation that the program does not make. */
  public static fromName(name: string, namespace?: string): IImageUpdateAutomation {
    return { imageUpdateAutomationName: name, imageUpdateAutomationNamespace: namespace };
  }

  private readonly props: ImageUpdateAutomationProps;

  constructor(scope: Construct, id: string, props: ImageUpdateAutomationProps) {
    super(scope, id, 'image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation', props.metadata);
    this.props = props;
  }

  public get imageUpdateAutomationName(): string {
    return this.name;
  }

  public get imageUpdateAutomationNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { gitRepository, interval, checkout, commit, push, updatePath, updateStrategy, policySelector, suspend } = this.props;
    return {
      interval: goDuration(interval ?? Duration.minutes(10)),
      sourceRef: sourceRef(gitRepository.sourceReference, this.namespace),
      git: {
        checkout: checkout && { ref: checkout._fields },
        commit: {
          author: { name: commit.authorName, email: commit.authorEmail },
          messageTemplate: commit.messageTemplate,
          messageTemplateValues: filled(commit.messageTemplateValues),
          signingKey: commit.signingKey && { type: commit.signingKey.type, secretRef: nameRef(commit.signingKey.secretName) },
        },
        push: push && filled({ branch: push.branch, refspec: push.refspec, options: filled(push.options) }),
      },
      update: filled({ path: updatePath, strategy: updateStrategy }),
      policySelector: policySelector && filled(labelSelectorFields(policySelector)),
      suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { checkout, push } = this.props;
    return checkout === undefined || checkout._fields.branch !== undefined || push?.branch !== undefined ? [] : [
      'checks out no branch and names none to push to; expected one of them, because Flux has nowhere to push its commits: name it with push.branch.',
    ];
  }
}
