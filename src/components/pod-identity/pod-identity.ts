import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { POD_IDENTITY_SPEC } from './pod-identity-schema';
import { policyProblems, policyText } from './policy-document';
import { ServiceAccountReference } from './service-account-reference';
import { Statement } from './statement';
import { TypedObject } from '../../flux';
import { Variable } from '../../platform';
import { AwsProviderConfig } from '../crossplane/aws-provider-config';
import { compositeNameProblem } from '../crossplane/composite-resource';
import { CompositeResourceDefinition } from '../crossplane/composite-resource-definition';

const POLICY_ARN = /^arn:[a-z-]+:iam::[^:]+:policy\/./;

/** The API that `CrossplaneConfiguration` defines if nothing is said. */
const DEFAULT_TYPE = { apiVersion: 'cloud.ogenki.io/v1alpha1', kind: 'EKSPodIdentity' };

/** An EKS cluster. */
export interface PodIdentityCluster {
  readonly name: string;

  /** AWS region. */
  readonly region: string;
}

/** What Crossplane may do with what it manages. */
export enum ManagementPolicy {
  /** Everything. */
  ALL = '*',
  CREATE = 'Create',
  DELETE = 'Delete',
  LATE_INITIALIZE = 'LateInitialize',
  OBSERVE = 'Observe',
  UPDATE = 'Update',
}

/** What can be said of every identity. */
export interface PodIdentityOptions {
  /**
   * Name, labels and annotations.
   *
   * @default - named like the ServiceAccount, in its namespace
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Policies that are there, which the role gets as well: name → ARN.
   *
   * @default - none
   */
  readonly additionalPolicies?: { [name: string]: string };

  /**
   * The EKS clusters on which the ServiceAccount gets the role. The first one is part of the role's name.
   *
   * @default - the one that the variables `cluster_name` and `cluster_region` name
   */
  readonly clusters?: PodIdentityCluster[];

  /**
   * What Crossplane may do with the role and its policies.
   *
   * @default [ManagementPolicy.ALL]
   */
  readonly managementPolicies?: ManagementPolicy[];

  /**
   * How AWS is called.
   *
   * @default - the ClusterProviderConfig `default`
   */
  readonly providerConfig?: AwsProviderConfig;

  /**
   * Defines the kind.
   *
   * @default - `EKSPodIdentity` of `cloud.ogenki.io/v1alpha1`, which `CrossplaneConfiguration` defines if nothing else is said
   */
  readonly definition?: CompositeResourceDefinition;
}

export interface PodIdentityProps extends PodIdentityOptions {
  /** The ServiceAccount that gets the role. */
  readonly serviceAccount: ServiceAccountReference;

  /**
   * What it may do on AWS.
   *
   * @default - what `additionalPolicies` allow
   */
  readonly statements?: Statement[];
}

/**
 * Rights on AWS for a ServiceAccount: an EKSPodIdentity, of which Crossplane makes an IAM role with its policies, and an association with
 * the ServiceAccount for each cluster.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export class PodIdentity extends TypedObject {
  private readonly identityProps: PodIdentityProps;

  constructor(scope: Construct, id: string, props: PodIdentityProps) {
    const { apiVersion, kind } = props.definition?.compositeType ?? DEFAULT_TYPE;
    const { name, namespace } = props.serviceAccount;
    super(scope, id, apiVersion, kind, { ...props.metadata, name: props.metadata?.name ?? name, namespace: props.metadata?.namespace ?? namespace });
    this.identityProps = props;
  }

  /** What the ServiceAccount may do. @internal */
  protected _statements(): Statement[] {
    return this.identityProps.statements ?? [];
  }

  /** @internal */
  protected _spec(): object {
    const { serviceAccount, additionalPolicies = {}, clusters, managementPolicies, providerConfig } = this.identityProps;
    const statements = this._statements();
    const policies = Object.entries(additionalPolicies);
    return {
      clusters: clusters?.map(({ name, region }) => ({ name, region })) ?? [{ name: `${Variable.of('cluster_name')}`, region: `${Variable.of('cluster_region')}` }],
      serviceAccount: { name: serviceAccount.name, namespace: serviceAccount.namespace },
      policyDocument: statements.length === 0 ? undefined : policyText(statements),
      additionalPolicyArns: policies.length === 0 ? undefined : policies.map(([name, arn]) => ({ name, arn })),
      managementPolicies,
      providerConfigRef: providerConfig && { kind: 'ClusterProviderConfig', name: providerConfig.name },
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { additionalPolicies = {} } = this.identityProps;
    const { kind } = this.apiObject;
    const statements = this._statements();
    const schema = POD_IDENTITY_SPEC._problems(this._spec(), 'spec').map(({ given, expected, mend }) => `${given}; expected ${expected}: ${mend}.`);
    const arns = Object.entries(additionalPolicies).filter(([, arn]) => !POLICY_ARN.test(arn)).map(([name, arn]) =>
      `has "${arn}" as the additional policy ${name}; expected the ARN of a policy, arn:aws:iam::aws:policy/<name>: correct it.`);
    const rights = statements.length + Object.keys(additionalPolicies).length > 0 ? policyProblems(statements) : [this._noRights()];
    return [...compositeNameProblem(kind, this.name), ...[...rights, ...arns, ...schema].map(problem => `the ${kind} "${this.name}" ${problem}`)];
  }

  /** What is said where the ServiceAccount gets no rights at all. @internal */
  protected _noRights(): string {
    const { name, namespace } = this.identityProps.serviceAccount;
    return `gives the ServiceAccount ${namespace}/${name} no rights; expected some: say which with statements, or with additionalPolicies.`;
  }
}
