import { InputProviderType } from './resource-set-input-provider-options';

/** What providers of a type can be told. */
export interface InputProviderRule {
  /** What the URL may begin with; a type without any takes no URL. */
  readonly schemes: readonly string[];
  readonly secret?: boolean;
  readonly certSecret?: boolean;
  readonly serviceAccount?: boolean;
  readonly insecure?: boolean;
}

const GIT: InputProviderRule = { schemes: ['https', 'http'], secret: true, certSecret: true };
const AZURE_DEVOPS: InputProviderRule = { schemes: ['https', 'http'], secret: true, serviceAccount: true };
const AWS_CODE_COMMIT: InputProviderRule = { schemes: ['https'], serviceAccount: true };
const CLOUD_REGISTRY: InputProviderRule = { schemes: ['oci'], serviceAccount: true };

/** The rules of each type. */
export const INPUT_PROVIDER_RULES: { readonly [type in InputProviderType]: InputProviderRule } = {
  Static: { schemes: [] },
  GitHubBranch: GIT,
  GitHubTag: GIT,
  GitHubPullRequest: GIT,
  GitLabBranch: GIT,
  GitLabTag: GIT,
  GitLabMergeRequest: GIT,
  GitLabEnvironment: GIT,
  AzureDevOpsBranch: AZURE_DEVOPS,
  AzureDevOpsTag: AZURE_DEVOPS,
  AzureDevOpsPullRequest: AZURE_DEVOPS,
  AWSCodeCommitBranch: AWS_CODE_COMMIT,
  AWSCodeCommitTag: AWS_CODE_COMMIT,
  AWSCodeCommitPullRequest: AWS_CODE_COMMIT,
  GiteaBranch: GIT,
  GiteaTag: GIT,
  GiteaPullRequest: GIT,
  OCIArtifactTag: { schemes: ['oci'], secret: true, certSecret: true, serviceAccount: true, insecure: true },
  ACRArtifactTag: CLOUD_REGISTRY,
  ECRArtifactTag: CLOUD_REGISTRY,
  GARArtifactTag: CLOUD_REGISTRY,
  ExternalService: { schemes: ['https', 'http'], secret: true, certSecret: true, insecure: true },
  ExternalArtifact: { schemes: [], serviceAccount: true },
};
