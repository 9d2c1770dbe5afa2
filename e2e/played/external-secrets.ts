import { PlayedKind } from './operator';
import { hasCondition, World } from './world';

const API = 'external-secrets.io/v1';
const runs = (world: World): Promise<boolean> => world.runs('external-secrets');
const isReady: PlayedKind['isReady'] = object => hasCondition(object, 'Ready');

const store = (kind: string): PlayedKind => ({
  apiVersion: API, kind, operated: runs, isReady, reconcile: (object, world) => world.report(object, { Ready: ['True', 'Valid', 'store validated'] }),
});

export const EXTERNAL_SECRETS: readonly PlayedKind[] = [
  store('ClusterSecretStore'),
  store('SecretStore'),
  {
    // Its Secret is made once the store is ready, and then it is ready itself.
    apiVersion: API,
    kind: 'ExternalSecret',
    operated: runs,
    isReady,
    reconcile: async (object, world) => {
      const { name, namespace } = object.metadata;
      const { secretStoreRef: { kind = 'SecretStore', name: storeName }, target, data = [] } = object.spec;
      const from = await world.find(API, kind, kind === 'SecretStore' ? namespace : undefined, storeName);
      if (!from || !hasCondition(from, 'Ready')) {
        await world.report(object, { Ready: ['False', 'SecretSyncedError', `the store ${storeName} is not ready`] });
        return;
      }
      const keys = [...data.map(({ secretKey }: { secretKey: string }) => secretKey), ...Object.keys(target?.template?.data ?? {})];
      await world.make(object, {
        apiVersion: 'v1',
        kind: 'Secret',
        type: target?.template?.type,
        metadata: { name: target?.name ?? name, namespace },
        stringData: Object.fromEntries((keys.length === 0 ? ['value'] : keys).map(key => [key, 'played'])),
      });
      await world.report(object, { Ready: ['True', 'SecretSynced', 'secret synced'] });
    },
  },
];
