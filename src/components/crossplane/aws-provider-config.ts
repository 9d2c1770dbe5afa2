import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { TypedObject } from '../../flux';

const ROLE = /^arn:[a-z-]+:iam::[^:]*:role\/./;

/** How Crossplane's AWS providers call AWS. */
export enum AwsCredentialsSource {
  /** The EKS Pod Identity of the providers' ServiceAccount. */
  POD_IDENTITY = 'PodIdentity',
  /** The role that the providers' ServiceAccount names (IAM Roles for Service Accounts). */
  IRSA = 'IRSA',
}

export interface AwsProviderConfigProps {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * @default AwsCredentialsSource.POD_IDENTITY
   */
  readonly source?: AwsCredentialsSource;

  /**
   * ARNs of roles that are assumed one after the other, for resources of another account.
   *
   * @default - none: the providers' own identity
   */
  readonly assumeRoles?: string[];
}

/**
 * A ClusterProviderConfig: access to AWS for the managed resources of every namespace.
 *
 * @see https://github.com/crossplane-contrib/provider-upjet-aws/blob/main/AUTHENTICATION.md
 */
export class AwsProviderConfig extends TypedObject {
  private readonly props: AwsProviderConfigProps;

  constructor(scope: Construct, id: string, props: AwsProviderConfigProps = {}) {
    super(scope, id, 'aws.m.upbound.io/v1beta1', 'ClusterProviderConfig', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { source = AwsCredentialsSource.POD_IDENTITY, assumeRoles } = this.props;
    return { credentials: { source }, assumeRoleChain: assumeRoles?.map(roleARN => ({ roleARN })) };
  }

  /** @internal */
  protected _problems(): string[] {
    return (this.props.assumeRoles ?? []).filter(role => !ROLE.test(role)).map(role =>
      `the ClusterProviderConfig "${this.name}" assumes the role "${role}"; expected the ARN of a role, arn:aws:iam::<account>:role/<name>: correct it.`);
  }
}
