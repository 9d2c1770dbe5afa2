import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../../platform';

const GROUP = 'cloud.ogenki.io';
const KIND = 'EKSPodIdentity';

/** What uses the providers' APIs: access to AWS, and the API `EKSPodIdentity` with its Composition. */
export class CrossplaneConfiguration extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { area: Area.INFRASTRUCTURE });
    new ApiObject(this, 'access', {
      apiVersion: 'aws.m.upbound.io/v1beta1',
      kind: 'ClusterProviderConfig',
      metadata: { name: 'default' },
      spec: { credentials: { source: 'PodIdentity' } },
    });
    new ApiObject(this, 'definition', {
      apiVersion: 'apiextensions.crossplane.io/v2',
      kind: 'CompositeResourceDefinition',
      metadata: { name: `ekspodidentities.${GROUP}` },
      spec: {
        group: GROUP,
        scope: 'Namespaced',
        names: { kind: KIND, plural: 'ekspodidentities' },
        versions: [{ name: 'v1alpha1', served: true, referenceable: true, schema: { openAPIV3Schema: podIdentitySchema() } }],
      },
    });
    new ApiObject(this, 'composition', {
      apiVersion: 'apiextensions.crossplane.io/v1',
      kind: 'Composition',
      metadata: { name: `ekspodidentities.${GROUP}` },
      spec: {
        compositeTypeRef: { apiVersion: `${GROUP}/v1alpha1`, kind: KIND },
        mode: 'Pipeline',
        pipeline: [
          {
            step: 'resources',
            functionRef: { name: 'function-go-templating' },
            input: {
              apiVersion: 'gotemplating.fn.crossplane.io/v1beta1',
              kind: 'GoTemplate',
              source: 'Inline',
              inline: { template: podIdentityTemplate() },
            },
          },
          { step: 'ready', functionRef: { name: 'function-auto-ready' } },
        ],
      },
    });
  }
}

function podIdentitySchema(): object {
  const text = { type: 'string' };
  const named = (fields: object, required: string[]) => ({ type: 'object', properties: fields, required });
  return {
    type: 'object',
    properties: {
      spec: named({
        clusters: { type: 'array', minItems: 1, items: named({ name: text, region: text }, ['name', 'region']) },
        serviceAccount: named({ name: text, namespace: text }, ['name', 'namespace']),
        policyDocument: text,
        additionalPolicyArns: { type: 'array', items: named({ name: text, arn: text }, ['name', 'arn']) },
      }, ['clusters', 'serviceAccount']),
    },
    required: ['spec'],
  };
}

/** Role, policy, attachments, and one association for each cluster. The references find what the same identity composes. */
function podIdentityTemplate(): string {
  return `{{- $xr := .observed.composite.resource }}
{{- $spec := $xr.spec }}
apiVersion: iam.aws.m.upbound.io/v1beta1
kind: Role
metadata:
  annotations:
    {{ setResourceNameAnnotation "role" }}
spec:
  forProvider:
    assumeRolePolicy: |
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": { "Service": "pods.eks.amazonaws.com" },
            "Action": ["sts:AssumeRole", "sts:TagSession"]
          }
        ]
      }
  providerConfigRef:
    kind: ClusterProviderConfig
    name: default
{{- if $spec.policyDocument }}
---
apiVersion: iam.aws.m.upbound.io/v1beta1
kind: Policy
metadata:
  annotations:
    {{ setResourceNameAnnotation "policy" }}
spec:
  forProvider:
    policy: {{ $spec.policyDocument | toJson }}
  providerConfigRef:
    kind: ClusterProviderConfig
    name: default
---
apiVersion: iam.aws.m.upbound.io/v1beta1
kind: RolePolicyAttachment
metadata:
  annotations:
    {{ setResourceNameAnnotation "policy-attachment" }}
spec:
  forProvider:
    policyArnSelector:
      matchControllerRef: true
    roleSelector:
      matchControllerRef: true
  providerConfigRef:
    kind: ClusterProviderConfig
    name: default
{{- end }}
{{- range $policy := $spec.additionalPolicyArns }}
---
apiVersion: iam.aws.m.upbound.io/v1beta1
kind: RolePolicyAttachment
metadata:
  annotations:
    {{ setResourceNameAnnotation (printf "attachment-%s" $policy.name) }}
spec:
  forProvider:
    policyArn: {{ $policy.arn }}
    roleSelector:
      matchControllerRef: true
  providerConfigRef:
    kind: ClusterProviderConfig
    name: default
{{- end }}
{{- range $cluster := $spec.clusters }}
---
apiVersion: eks.aws.m.upbound.io/v1beta1
kind: PodIdentityAssociation
metadata:
  annotations:
    {{ setResourceNameAnnotation (printf "association-%s" $cluster.name) }}
spec:
  forProvider:
    region: {{ $cluster.region }}
    clusterName: {{ $cluster.name }}
    namespace: {{ $spec.serviceAccount.namespace }}
    serviceAccount: {{ $spec.serviceAccount.name }}
    roleArnSelector:
      matchControllerRef: true
  providerConfigRef:
    kind: ClusterProviderConfig
    name: default
{{- end }}
`;
}
