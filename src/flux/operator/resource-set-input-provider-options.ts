import { Duration } from 'cdk8s';
import { LabelSelector } from '../label-selector';
import { IExternalArtifact } from '../source/external-artifact';

/** What inputs are made from. */
export enum InputProviderType {
  /** One set of inputs: the default values. */
  STATIC = 'Static',
  GITHUB_BRANCH = 'GitHubBranch',
  GITHUB_TAG = 'GitHubTag',
  GITHUB_PULL_REQUEST = 'GitHubPullRequest',
  GITLAB_BRANCH = 'GitLabBranch',
  GITLAB_TAG = 'GitLabTag',
  GITLAB_MERGE_REQUEST = 'GitLabMergeRequest',
  GITLAB_ENVIRONMENT = 'GitLabEnvironment',
  AZURE_DEVOPS_BRANCH = 'AzureDevOpsBranch',
  AZURE_DEVOPS_TAG = 'AzureDevOpsTag',
  AZURE_DEVOPS_PULL_REQUEST = 'AzureDevOpsPullRequest',
  AWS_CODE_COMMIT_BRANCH = 'AWSCodeCommitBranch',
  AWS_CODE_COMMIT_TAG = 'AWSCodeCommitTag',
  AWS_CODE_COMMIT_PULL_REQUEST = 'AWSCodeCommitPullRequest',
  GITEA_BRANCH = 'GiteaBranch',
  GITEA_TAG = 'GiteaTag',
  GITEA_PULL_REQUEST = 'GiteaPullRequest',
  /** Tags in any OCI registry. */
  OCI_ARTIFACT_TAG = 'OCIArtifactTag',
  /** Tags in Azure's registry. */
  ACR_ARTIFACT_TAG = 'ACRArtifactTag',
  /** Tags in AWS' registry. */
  ECR_ARTIFACT_TAG = 'ECRArtifactTag',
  /** Tags in Google's registry. */
  GAR_ARTIFACT_TAG = 'GARArtifactTag',
  /** What an HTTP service answers. */
  EXTERNAL_SERVICE = 'ExternalService',
  /** ExternalArtifacts on the cluster. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
}

/** Which branches, tags, requests or environments become inputs. */
export interface InputProviderFilter {
  /**
   * Regular expression for names of branches.
   *
   * @default - all
   */
  readonly includeBranch?: string;

  /**
   * Regular expression for names of branches.
   *
   * @default - none
   */
  readonly excludeBranch?: string;

  /**
   * Regular expression for tags.
   *
   * @default - all
   */
  readonly includeTag?: string;

  /**
   * Regular expression for tags.
   *
   * @default - none
   */
  readonly excludeTag?: string;

  /**
   * Regular expression for names of environments.
   *
   * @default - all
   */
  readonly includeEnvironment?: string;

  /**
   * Regular expression for names of environments.
   *
   * @default - none
   */
  readonly excludeEnvironment?: string;

  /**
   * Range of versions for tags: `>=1.0.0`.
   *
   * @default - any
   */
  readonly semver?: string;

  /**
   * Labels that a request has to have.
   *
   * @default - any
   */
  readonly labels?: string[];

  /**
   * How many inputs there may be; 10,000 at most.
   *
   * @default 100
   */
  readonly limit?: number;
}

/** When inputs do not change. */
export interface InputProviderSkip {
  /**
   * Labels of a request whose inputs stay as they are.
   *
   * @default - none
   */
  readonly labels?: string[];
}

/** When inputs may change. */
export interface InputProviderSchedule {
  /** Time in the format of cron: `0 8 * * 1-5`. */
  readonly cron: string;

  /**
   * Name of the time zone: `Europe/Paris`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * How long from that time on.
   *
   * @default Duration.seconds(0)
   */
  readonly window?: Duration;
}

/**
 * ExternalArtifacts that become inputs.
 *
 * @see https://fluxoperator.dev/docs/crd/resourcesetinputprovider/
 */
export class ExternalArtifactSelector {
  /** One artifact. */
  public static artifact(artifact: IExternalArtifact): ExternalArtifactSelector {
    return new ExternalArtifactSelector(() => artifact.sourceReference);
  }

  /**
   * Every artifact whose labels match.
   *
   * @param selector the labels
   * @param namespace where to look
   */
  public static select(selector: LabelSelector, namespace?: string): ExternalArtifactSelector {
    return new ExternalArtifactSelector(() => ({ namespace }), selector);
  }

  private constructor(
    /** Name, where it is one artifact, and namespace. @internal */
    public readonly _artifact: () => { readonly name?: string; readonly namespace?: string },
    /** @internal */
    public readonly _selector?: LabelSelector,
  ) {}
}
