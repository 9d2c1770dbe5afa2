import { PlayedKind } from './operator';
import { hasCondition, World } from './world';

const API = 'cert-manager.io/v1';
const runs = (world: World): Promise<boolean> => world.runs('cert-manager');
const isReady: PlayedKind['isReady'] = object => hasCondition(object, 'Ready');

const issuer = (kind: string): PlayedKind => ({
  apiVersion: API, kind, operated: runs, isReady, reconcile: (object, world) => world.report(object, { Ready: ['True', 'ACMEAccountRegistered'] }),
});

export const CERT_MANAGER: readonly PlayedKind[] = [
  issuer('ClusterIssuer'),
  issuer('Issuer'),
  {
    // It is issued once its issuer is ready: then its Secret is there, and after that it is ready.
    apiVersion: API,
    kind: 'Certificate',
    operated: runs,
    isReady,
    reconcile: async (object, world) => {
      const { namespace } = object.metadata;
      const { issuerRef: { kind = 'Issuer', name }, secretName } = object.spec;
      const by = await world.find(API, kind, kind === 'Issuer' ? namespace : undefined, name);
      if (!by || !hasCondition(by, 'Ready')) {
        await world.report(object, { Ready: ['False', 'DoesNotExist', 'Issuing certificate as Secret does not exist'] });
        return;
      }
      await world.make(object, {
        apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name: secretName, namespace }, stringData: { 'tls.crt': 'played', 'tls.key': 'played' },
      });
      await world.report(object, { Ready: ['True', 'Ready', 'Certificate is up to date and has not expired'] });
    },
  },
];
