import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'pod-identity-account';
const ACCOUNT = { kind: 'ServiceAccount', name: 'shop' };

function identity(spec: object = {}): ObjectFixture {
  return { apiVersion: 'cloud.ogenki.io/v1alpha1', kind: 'EKSPodIdentity', name: 'shop', fields: { spec: { serviceAccount: { name: 'shop', namespace: 'apps' }, ...spec } } };
}

function findings(prepare: (checked: CheckedPlatform) => void, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform({}, { cluster_name: 'dev-eks' });
  checked.layer('apps', [checked.component('shop', ...objects)]);
  prepare(checked);
  return checked.findings();
}

function told(object: string): string {
  return `${CHECK} error dev › flux-system/apps › ${object}: gives rights on AWS to the ServiceAccount apps/shop, which nothing on this cluster makes: it becomes ready, and `
    + 'no pod gets the rights → correct the name or the namespace, deliver the ServiceAccount, or say with component.declare(…) which component brings it about';
}

const assumed = ({ cluster }: CheckedPlatform) => cluster.assume({ what: 'Crossplane', apis: [{ group: 'cloud.ogenki.io' }, { group: 'eks.aws.m.upbound.io' }, { group: 'x' }] });

test('refuses an identity for a ServiceAccount that nothing makes, with one error', () => {
  expect(findings(assumed, identity())).toEqual([told('EKSPodIdentity apps/shop')]);
});

test('takes one that is delivered, declared, assumed, or in every namespace', () => {
  expect(findings(assumed, identity(), ACCOUNT)).toEqual([]);
  expect(findings(checked => {
    assumed(checked);
    checked.cluster.assume({ what: 'its account', object: { apiVersion: 'v1', kind: 'ServiceAccount', name: 'shop', namespace: 'apps' } });
  }, identity())).toEqual([]);
  expect(findings(assumed, identity({ serviceAccount: { name: 'default', namespace: 'apps' } }))).toEqual([]);
});

test('takes one that a component brings about', () => {
  const checked = new CheckedPlatform();
  const component = checked.component('shop', identity(), { name: 'settings' });
  component.declare({ objects: [{ apiVersion: 'v1', kind: 'ServiceAccount', name: 'shop', namespace: 'apps' }] });
  checked.layer('apps', [component]);
  expect(checked.findings(CHECK)).toEqual([]);
});

test('knows composite kinds of another name, and associations themselves', () => {
  const definition = {
    apiVersion: 'apiextensions.crossplane.io/v2', kind: 'CompositeResourceDefinition', name: 'roles.x', fields: { spec: { group: 'x', names: { kind: 'PodRole' } } },
  };
  const find = (object: ObjectFixture) => {
    const checked = new CheckedPlatform();
    checked.layer('apps', [checked.component('shop', definition, object)]);
    return checked.findings(CHECK).map(line => `${CHECK} ${line}`);
  };
  expect(find({ ...identity(), apiVersion: 'x/v1', kind: 'PodRole' })).toEqual([told('PodRole apps/shop')]);
  expect(find({
    apiVersion: 'eks.aws.m.upbound.io/v1beta1', kind: 'PodIdentityAssociation', name: 'shop', fields: { spec: { forProvider: { namespace: 'apps', serviceAccount: 'shop' } } },
  })).toEqual([told('PodIdentityAssociation apps/shop')]);
});

test('says nothing of identities for other clusters', () => {
  expect(findings(assumed, identity({ clusters: [{ name: '${cluster_name}', region: 'eu-west-3' }] }))).toEqual([told('EKSPodIdentity apps/shop')]);
  expect(findings(assumed, identity({ clusters: [{ name: 'other', region: 'eu-west-3' }] }))).toEqual([]);
});
