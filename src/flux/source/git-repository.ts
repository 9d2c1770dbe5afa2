import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { FetchOptions } from './fetch-options';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { filled, list, nameRef } from '../reference';
import { IChartSource, ISource, Source } from './source';
import { SourceReference } from '../source-reference';
import { timeoutProblem, urlProblem } from './source-problems';

/** Which commit of a repository Flux takes. */
export class GitReference {
  /** The head of a branch. */
  public static branch(name: string): GitReference {
    return new GitReference({ branch: name });
  }

  /** A tag. */
  public static tag(name: string): GitReference {
    return new GitReference({ tag: name });
  }

  /** The highest tag in a range: `>=1.2.0 <2.0.0`. */
  public static semver(range: string): GitReference {
    return new GitReference({ semver: range });
  }

  /** A full reference: `refs/heads/main`, `refs/pull/420/head`. */
  public static name(name: string): GitReference {
    return new GitReference({ name });
  }

  /**
   * One commit.
   *
   * @param sha its hash
   * @param branch fetched shallowly where it holds the commit
   */
  public static commit(sha: string, branch?: string): GitReference {
    return new GitReference({ branch, commit: sha });
  }

  private constructor(
    /** @internal */
    public readonly _fields: { readonly [field: string]: string | undefined },
  ) {}
}

/** How Flux authenticates to a Git server. */
export enum GitProvider {
  /** User and password, token, or SSH key in the Secret. */
  GENERIC = 'generic',
  AWS = 'aws',
  AZURE = 'azure',
  /** A GitHub App, whose credentials are in the Secret. */
  GITHUB = 'github',
}

/** Which of a commit's signatures are verified. */
export enum GitVerificationMode {
  HEAD = 'HEAD',
  TAG = 'Tag',
  TAG_AND_HEAD = 'TagAndHEAD',
}

/** A check of OpenPGP or SSH signatures. */
export interface GitVerification {
  /** Secret with the public keys of the trusted authors. */
  readonly secretName: string;

  /**
   * @default GitVerificationMode.HEAD
   */
  readonly mode?: GitVerificationMode;
}

/** Another repository whose files are put into this one's artifact. */
export interface GitInclude {
  /** In the same namespace. */
  readonly repository: IGitRepository;

  /**
   * Directory there.
   *
   * @default - its root
   */
  readonly fromPath?: string;

  /**
   * Directory here.
   *
   * @default - the name of the repository
   */
  readonly toPath?: string;
}

/** A GitRepository, made by the program or known by its name. */
export interface IGitRepository extends ISource, IChartSource {
  readonly gitRepositoryName: string;
}

export interface GitRepositoryProps extends FetchOptions {
  /** `https://`, `http://` or `ssh://` URL; the short form `git@host:path` is not one. */
  readonly url: string;

  /**
   * Which commit.
   *
   * @default - the branch `master`
   */
  readonly ref?: GitReference;

  /**
   * @default GitProvider.GENERIC
   */
  readonly provider?: GitProvider;

  /**
   * Secret with the credentials.
   *
   * @default - none: the repository is public
   */
  readonly secretName?: string;

  /**
   * ServiceAccount whose identity Flux uses; with the providers `aws` and `azure` alone.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;

  /**
   * Signatures that a commit must have.
   *
   * @default - none
   */
  readonly verify?: GitVerification;

  /**
   * Other repositories to put into the artifact.
   *
   * @default - none
   */
  readonly include?: GitInclude[];

  /**
   * Directories to fetch.
   *
   * @default - all
   */
  readonly sparseCheckout?: string[];

  /**
   * @default false
   */
  readonly recurseSubmodules?: boolean;
}

/**
 * A Git repository that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitRepository extends FluxObject implements IGitRepository {
  /** A GitRepository that the program does not make. */
  public static fromName(name: string, namespace?: string): IGitRepository {
    const { sourceReference } = Source.git(name, namespace);
    return { gitRepositoryName: name, sourceReference, chartSourceReference: sourceReference };
  }

  private readonly props: GitRepositoryProps;

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    super(scope, id, 'source.toolkit.fluxcd.io/v1', 'GitRepository', props.metadata);
    this.props = props;
  }

  public get gitRepositoryName(): string {
    return this.name;
  }

  public get sourceReference(): SourceReference {
    return { kind: 'GitRepository', name: this.name, namespace: this.namespace };
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
      url: props.url,
      ref: props.ref?._fields,
      provider: props.provider,
      secretRef: nameRef(props.secretName),
      serviceAccountName: props.serviceAccountName,
      proxySecretRef: nameRef(props.proxySecretName),
      verify: props.verify && { mode: props.verify.mode, secretRef: nameRef(props.verify.secretName) },
      ignore: props.ignore,
      include: list(props.include, ({ repository, fromPath, toPath }) => ({ repository: nameRef(repository.gitRepositoryName), fromPath, toPath })),
      sparseCheckout: filled(props.sparseCheckout),
      recurseSubmodules: props.recurseSubmodules,
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { url, timeout, serviceAccountName, provider = GitProvider.GENERIC } = this.props;
    return [
      ...urlProblem(url, ['https', 'http', 'ssh']),
      ...timeoutProblem(timeout),
      ...serviceAccountName === undefined || [GitProvider.AWS, GitProvider.AZURE].includes(provider) ? [] : [
        `has the ServiceAccount "${serviceAccountName}" with the provider "${provider}"; expected the provider aws or azure, because the others take a `
        + 'Secret: name one with secretName.',
      ],
    ];
  }
}
