import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { KubernetesApi } from '../harness/kubernetes-api';

const TOKEN = { apiVersion: 'v1', kind: 'Secret', name: 'token', namespace: 'flux-system' };

/** A Receiver in `flux-system`, with the token that is there before Flux. */
export function receiver(name: string, resources: readonly object[], metadata?: ObjectFixture['metadata']): ObjectFixture {
  return {
    apiVersion: 'notification.toolkit.fluxcd.io/v1',
    kind: 'Receiver',
    name,
    namespace: TOKEN.namespace,
    metadata,
    fields: { spec: { type: 'generic', secretRef: { name: TOKEN.name }, resources } },
  };
}

export function assumeToken({ cluster }: CheckedPlatform): void {
  cluster.assume({ what: 'the token of the Receivers', object: TOKEN });
}

export async function makeToken(api: KubernetesApi): Promise<void> {
  const { apiVersion, kind, ...metadata } = TOKEN;
  await api.apply({ apiVersion, kind, metadata, stringData: { token: 'played' } });
}
