import { Delivery } from '../../src/delivery/delivery';

/** A cluster to which nothing is delivered. */
export function emptyDelivery(cluster: string): Delivery {
  return {
    cluster,
    kustomizations: [],
    beside: [],
    source: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
    variablesName: `${cluster}-vars`,
    variables: {},
    assumed: { objects: [], apis: [], controllers: [], webhooks: [] },
    partial: false,
    requirements: [],
    obstacles: [],
    inferred: [],
  };
}
