import {
  association, attachment, ownAttachment, podIdentityTemplate, policy, POD_IDENTITY_RESOURCES, role,
} from '../../../src/components/pod-identity/pod-identity-resources';
import { JsonObject } from '../../../src/synth/json';
import { toYaml } from '../../../src/synth/yaml';
import { schemaErrors } from '../../schema';

const of = { composedName: 'resource', managementPolicies: ['*'], configKind: 'ClusterProviderConfig', configName: 'default' };

/** What the template of the Composition writes, with values where it has expressions. */
const name = 'mycluster-0-apps-shop-01234567';
const RESOURCES: [string, JsonObject][] = [
  ['role', role(of, { name, description: 'ServiceAccount apps/shop', boundary: 'arn:aws:iam::123456789012:policy/boundary' })],
  ['policy', policy(of, { name, document: '{}' })],
  ['attachment of its own policy', ownAttachment(of)],
  ['attachment', attachment(of, { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })],
  ['association', association(of, { cluster: 'mycluster-0', region: 'eu-west-3', namespace: 'apps', serviceAccount: 'shop' })],
];

test.each(RESOURCES)('the %s is what the provider\'s definition allows', (_, resource) => {
  expect(schemaErrors(resource as any)).toEqual([]);
});

test('every kind is one that is activated, and no other is', () => {
  const kinds = new Set(RESOURCES.map(([, { kind }]) => kind));
  expect([...kinds]).toEqual(['Role', 'Policy', 'RolePolicyAttachment', 'PodIdentityAssociation']);
  expect(POD_IDENTITY_RESOURCES.map(resource => resource.definitionName)).toEqual([
    'roles.iam.aws.m.upbound.io', 'policies.iam.aws.m.upbound.io', 'rolepolicyattachments.iam.aws.m.upbound.io',
    'podidentityassociations.eks.aws.m.upbound.io',
  ]);
});

test('pods of EKS get the role, with the tags of their session', () => {
  const [, { spec }] = RESOURCES[0];
  expect(JSON.parse((spec as any).forProvider.assumeRolePolicy).Statement).toEqual([
    { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  ]);
});

/** The text of an object of the template, without what its values are. */
function shapeOf(yaml: string): string[] {
  return yaml.split('\n').filter(line => line.trim() !== '').map(line => line.replace(/: .*$/, ':'));
}

test('the template writes these objects, with expressions for values, and its role has a boundary where one is asked for', () => {
  const documents = (template: string) => template.split('---\n').slice(1).map(document => document.replace(/^\{\{-.*\n/gm, ''));
  const shapes = documents(podIdentityTemplate('arn:aws:iam::123456789012:policy/boundary')).map(shapeOf);
  const written = RESOURCES.map(([, resource]) => shapeOf(toYaml(resource)).filter(line => !line.includes('- "*"')));
  expect(shapes.slice(0, -1)).toEqual(written);
  expect(shapes[shapes.length - 1]).toEqual(['apiVersion:', 'kind:', 'status:', '  roleArn:']);
  expect(podIdentityTemplate('arn:aws:iam::123456789012:policy/boundary')).toContain('permissionsBoundary: arn:aws:iam::123456789012:policy/boundary\n');
  expect(podIdentityTemplate()).not.toContain('permissionsBoundary');
});

test('values of an identity are JSON in the template, whatever characters they have', () => {
  const expressions = [...podIdentityTemplate().matchAll(/: (\{\{ .* \}\})$/gm)].map(([, expression]) => expression);
  expect(expressions.length).toBeGreaterThan(20);
  expect(expressions.filter(expression => !expression.endsWith(' | toJson }}'))).toEqual([]);
});
