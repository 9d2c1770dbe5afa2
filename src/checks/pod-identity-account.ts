import { Finding, ICheck } from './check';
import { AppliedObject, applied, appliedOfKind, listAt, textAt, withValues } from './support/applied';
import { onObject } from './support/place';
import { ALWAYS_THERE } from '../delivery/always-there';
import { Delivery } from '../delivery/delivery';
import { groupKind } from '../synth/api-group';

const CHECK = 'pod-identity-account';

/** The kind of the catalogue, in whatever group it is defined. */
const IDENTITY = 'EKSPodIdentity';

const ASSOCIATION = /^eks\.aws(\.m)?\.upbound\.io\/PodIdentityAssociation$/;

/** @see docs/checks/pod-identity-account.md */
export const podIdentityAccount: ICheck = {
  checkId: CHECK,
  title: 'Rights on AWS for a ServiceAccount that nothing makes',
  examine: delivery => {
    if (delivery.partial) {
      return [];
    }
    const wanted = identities(delivery).filter(identity => isHere(delivery, identity)).map(identity => ({ identity, account: accountOf(identity) }));
    const there = wanted.length === 0 ? new Set<string>() : accounts(delivery);
    return wanted.flatMap(({ identity: { kustomization, object }, account }): Finding[] =>
      account === undefined || there.has(account) || account.endsWith('/default') ? [] : [onObject(delivery, kustomization, object, {
        check: CHECK,
        message: `gives rights on AWS to the ServiceAccount ${account}, which nothing on this cluster makes: it becomes ready, and no pod gets the rights`,
        fix: 'correct the name or the namespace, deliver the ServiceAccount, or say with component.declare(…) which component brings it about',
      })]);
  },
};

function identities(delivery: Delivery): AppliedObject[] {
  const composites = new Set(appliedOfKind(delivery, 'apiextensions.crossplane.io/CompositeResourceDefinition').map(({ object }) =>
    `${textAt(object.manifest, '/spec/group')}/${textAt(object.manifest, '/spec/names/kind')}`));
  return delivery.kustomizations.flatMap(kustomization => applied(kustomization)
    .filter(object => object.kind === IDENTITY || composites.has(groupKind(object)) || ASSOCIATION.test(groupKind(object)))
    .map(object => ({ kustomization, object })));
}

/** The ServiceAccount of an identity; undefined where there is none, or it is known on the cluster alone. */
function accountOf({ kustomization, object: { manifest, kind } }: AppliedObject): string | undefined {
  const [name, namespace] = kind === 'PodIdentityAssociation'
    ? [textAt(manifest, '/spec/forProvider/serviceAccount'), textAt(manifest, '/spec/forProvider/namespace')]
    : [textAt(manifest, '/spec/serviceAccount/name'), textAt(manifest, '/spec/serviceAccount/namespace')];
  return name === undefined || namespace === undefined ? undefined : withValues(`${namespace}/${name}`, kustomization);
}

/** Whether an identity is for this cluster: one may make the roles of others. */
function isHere({ cluster }: Delivery, { kustomization, object }: AppliedObject): boolean {
  const names = [
    ...listAt(object.manifest, '/spec/clusters').map(({ name }) => String(name)), textAt(object.manifest, '/spec/forProvider/clusterName') ?? [],
  ].flat().map(name => withValues(name, kustomization));
  return names.length === 0 || names.some(name => name === undefined || name === cluster || name === kustomization.variables.cluster_name);
}

/** Every ServiceAccount that something makes. */
function accounts({ kustomizations, assumed }: Delivery): ReadonlySet<string> {
  const made = [
    ...kustomizations.flatMap(kustomization => applied(kustomization)),
    ...kustomizations.flatMap(({ provides }) => provides.flatMap(({ objects }) => objects)),
    ...assumed.objects, ...ALWAYS_THERE.objects,
  ];
  return new Set(made.filter(({ kind }) => kind === 'ServiceAccount').map(({ namespace, name }) => `${namespace}/${name}`));
}
