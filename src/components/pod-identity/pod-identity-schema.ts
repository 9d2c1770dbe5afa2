import { Schema } from '../crossplane/schema';

const name = (description: string) => Schema.string({ description, minLength: 1 });

/** The `spec` of an identity. @internal */
export const POD_IDENTITY_SPEC = Schema.object({
  properties: {
    clusters: Schema.array(Schema.object({
      properties: { name: name('Name of the EKS cluster.'), region: name('AWS region of the EKS cluster.') },
      required: ['name', 'region'],
    }), { description: 'EKS clusters on which the ServiceAccount gets the role. The first one is part of the role\'s name.', minItems: 1 }),
    serviceAccount: Schema.object({
      description: 'The ServiceAccount that gets the role.',
      properties: { name: name('Name of the ServiceAccount.'), namespace: name('Namespace of the ServiceAccount.') },
      required: ['name', 'namespace'],
      rules: [{ rule: 'self == oldSelf', message: 'the ServiceAccount of an identity cannot change: make another identity' }],
    }),
    policyDocument: Schema.string({ description: 'IAM policy of the role, as JSON.', minLength: 1 }),
    additionalPolicyArns: Schema.array(Schema.object({
      properties: { name: name('Name by which the attachment is known.'), arn: name('ARN of the policy.') },
      required: ['name', 'arn'],
    }), { description: 'Policies that are there, which the role gets as well.' }),
    managementPolicies: Schema.array(Schema.string({ allowedValues: ['*', 'Create', 'Delete', 'LateInitialize', 'Observe', 'Update'] }), {
      description: 'What Crossplane may do with the resources on AWS.', defaultValue: ['*'],
    }),
    providerConfigRef: Schema.object({
      description: 'How AWS is called.',
      defaultValue: { kind: 'ClusterProviderConfig', name: 'default' },
      properties: { kind: Schema.string({ allowedValues: ['ClusterProviderConfig', 'ProviderConfig'] }), name: name('Name of the provider configuration.') },
      required: ['kind', 'name'],
    }),
  },
  required: ['clusters', 'serviceAccount'],
  rules: [{
    rule: 'has(self.policyDocument) || (has(self.additionalPolicyArns) && size(self.additionalPolicyArns) > 0)',
    message: 'an identity needs policyDocument, additionalPolicyArns or both',
  }],
});

/** The `status` of an identity. @internal */
export const POD_IDENTITY_STATUS = Schema.object({ properties: { roleArn: Schema.string({ description: 'ARN of the role.' }) } });
