import { JsonObject } from '../../synth/json';
import { AwsService } from '../crossplane/aws-service';
import { GoTemplate } from '../crossplane/go-template';
import { ManagedResource } from '../crossplane/managed-resource';

/** The annotation by which function-go-templating tells composed resources apart. */
const COMPOSED_NAME = 'gotemplating.fn.crossplane.io/composition-resource-name';

/** Finds what the same identity composes. */
const OF_SAME_IDENTITY = { matchControllerRef: true };

/** The managed resources that an identity is composed of. @internal */
export const POD_IDENTITY_RESOURCES = [
  ManagedResource.aws(AwsService.IAM, 'Role'),
  ManagedResource.aws(AwsService.IAM, 'Policy'),
  ManagedResource.aws(AwsService.IAM, 'RolePolicyAttachment'),
  ManagedResource.aws(AwsService.EKS, 'PodIdentityAssociation'),
];

/**
 * What is said of every composed resource, and of one of them. Texts are values in a test and expressions in the template; a list is an
 * expression there as well, therefore `any`. @internal
 */
export interface Composed {
  /** Name among the composed resources. */
  readonly composedName: string;
  readonly managementPolicies: any;
  readonly configKind: string;
  readonly configName: string;
}

/** The role, which pods get through EKS. @internal */
export function role(of: Composed, { name, description, boundary }: { name: string; description: string; boundary?: string }): JsonObject {
  return managed(of, 'iam', 'Role', {
    description,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
    }, undefined, 2),
    ...boundary === undefined ? {} : { permissionsBoundary: boundary },
  }, name);
}

/** The policy of the identity's own. @internal */
export function policy(of: Composed, { name, document }: { name: string; document: string }): JsonObject {
  return managed(of, 'iam', 'Policy', { policy: document }, name);
}

/** What attaches the identity's own policy. @internal */
export function ownAttachment(of: Composed): JsonObject {
  return managed(of, 'iam', 'RolePolicyAttachment', { policyArnSelector: OF_SAME_IDENTITY, roleSelector: OF_SAME_IDENTITY });
}

/** What attaches a policy that is there. @internal */
export function attachment(of: Composed, { arn }: { arn: string }): JsonObject {
  return managed(of, 'iam', 'RolePolicyAttachment', { policyArn: arn, roleSelector: OF_SAME_IDENTITY });
}

/** What gives the role to a ServiceAccount of a cluster. @internal */
export function association(
  of: Composed, { cluster, region, namespace, serviceAccount }: { cluster: string; region: string; namespace: string; serviceAccount: string },
): JsonObject {
  return managed(of, 'eks', 'PodIdentityAssociation', { region, clusterName: cluster, namespace, serviceAccount, roleArnSelector: OF_SAME_IDENTITY });
}

function managed(of: Composed, service: string, kind: string, forProvider: JsonObject, externalName?: string): JsonObject {
  return {
    apiVersion: `${service}.aws.m.upbound.io/v1beta1`,
    kind,
    metadata: {
      annotations: { [COMPOSED_NAME]: of.composedName, ...externalName === undefined ? {} : { 'crossplane.io/external-name': externalName } },
    },
    spec: { managementPolicies: of.managementPolicies, providerConfigRef: { kind: of.configKind, name: of.configName }, forProvider },
  };
}

/**
 * The template that makes these resources of an identity.
 *
 * @param boundary ARN of the permissions boundary of every role
 * @internal
 */
export function podIdentityTemplate(boundary?: string): string {
  const template = new GoTemplate();
  const value = (text: string) => template.expression(text);
  const of = (composedName: string): Composed => ({
    composedName,
    managementPolicies: value('$spec.managementPolicies'),
    configKind: value('$spec.providerConfigRef.kind'),
    configName: value('$spec.providerConfigRef.name'),
  });
  return [
    template.assign('$xr', '.observed.composite.resource'),
    template.assign('$spec', '$xr.spec'),
    ...nameOfRole(template),
    template.object(role(of('role'), {
      name: value('$name'), description: value('printf "ServiceAccount %s/%s" $spec.serviceAccount.namespace $spec.serviceAccount.name'), boundary,
    })),
    template.when('$spec.policyDocument',
      template.object(policy(of('policy'), { name: value('$name'), document: value('$spec.policyDocument') })),
      template.object(ownAttachment(of('policy-attachment')))),
    // Another ARN is another attachment: AWS has no way to change one.
    template.each('$policy', '$spec.additionalPolicyArns',
      template.object(attachment(of(value('printf "attachment-%s-%s" $policy.name ($policy.arn | sha256sum | trunc 8)')), { arn: value('$policy.arn') }))),
    template.each('$cluster', '$spec.clusters', template.object(association(of(value('printf "association-%s-%s" $cluster.region $cluster.name')), {
      cluster: value('$cluster.name'),
      region: value('$cluster.region'),
      namespace: value('$spec.serviceAccount.namespace'),
      serviceAccount: value('$spec.serviceAccount.name'),
    }))),
    template.assign('$arn', 'dig "resources" "role" "resource" "status" "atProvider" "arn" "" .observed'),
    template.when('$arn', template.object({
      apiVersion: value('$xr.apiVersion'), kind: value('$xr.kind'), status: { roleArn: value('$arn') },
    })),
  ].join('');
}

/**
 * Names of roles are those of the account and not of a cluster: two clusters may have the same identity. The name is made of what makes
 * the identity one of its kind in the account, so that a cluster that is made anew takes its roles over, and ends with a hash of it,
 * because it is cut to IAM's 64 characters. A role that is there keeps its name.
 */
function nameOfRole(template: GoTemplate): string[] {
  const { namespace, name } = { namespace: '$xr.metadata.namespace', name: '$xr.metadata.name' };
  return [
    template.assign('$first', 'first $spec.clusters'),
    template.assign('$hash', `printf "%s/%s/%s/%s" $first.region $first.name ${namespace} ${name} | sha256sum | trunc 8`),
    template.assign('$new', `printf "%s-%s" (printf "%s-%s-%s" $first.name ${namespace} ${name} | trunc 55) $hash`),
    template.assign('$name', 'dig "resources" "role" "resource" "metadata" "annotations" "crossplane.io/external-name" $new .observed'),
  ];
}
