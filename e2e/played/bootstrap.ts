import { Delivery } from 'cdk8s-strata';
import { chartObjects } from './stand-ins';
import { apiGroup } from '../../src/synth/api-group';
import { definitionsOfApis } from '../harness/definitions';
import { Internet } from '../harness/internet';
import { KubernetesApi, KubernetesObject } from '../harness/kubernetes-api';

/** What a cluster has before Flux starts, as the platform assumes it: definitions, and what its commands install. */
export async function prepare(api: KubernetesApi, delivery: Delivery): Promise<void> {
  const { assumed, kustomizations, source } = delivery;
  await api.define(...definitionsOfApis([...assumed.apis, 'fluxcd.controlplane.io/FluxInstance']));
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } });
  // The source of the repository comes when Flux is pointed at it.
  for (const { apiVersion, kind, name, namespace } of assumed.objects.filter(object => object.kind !== source.kind)) {
    if (kind === 'Secret') {
      await api.apply({ apiVersion, kind, metadata: { name, namespace }, stringData: { played: 'played' } });
    } else if (kind === 'Deployment') {
      // `helm install`, which the HelmRelease of the same name takes over.
      const provisions = kustomizations.flatMap(({ provides }) => provides)
        .filter(({ by }) => by.some(release => release.kind === 'HelmRelease' && release.name === name));
      const objects = chartObjects(name, namespace!, provisions) as KubernetesObject[];
      await Promise.all(objects.map(object => api.apply(ownedByHelm(object, name, namespace!))));
    } else if (kind === 'FluxInstance') {
      await api.apply(fluxInstanceIn(delivery)!);
    } else if (kind === 'Namespace' || kind === 'ServiceAccount') {
      await api.apply({ apiVersion, kind, metadata: { name, namespace } });
    } else if (!apiGroup(apiVersion).endsWith('.toolkit.fluxcd.io')) {
      // Flux's own are made by whoever assumes them.
      throw new Error(`the platform assumes ${kind} ${name}, which nothing here plays; expected a Secret, a Deployment, a FluxInstance, a Namespace or a ServiceAccount.`);
    }
  }
}

/** The FluxInstance of a cluster, with its variables: what the command of the prerequisites applies. */
function fluxInstanceIn({ kustomizations, variables }: Delivery): KubernetesObject | undefined {
  const manifest = kustomizations.flatMap(({ objects }) => objects).find(({ kind }) => kind === 'FluxInstance')?.manifest;
  return manifest && JSON.parse(JSON.stringify(manifest).replace(/\$\{(\w+)\}/g, (_, name) => variables[name]));
}

function ownedByHelm(object: KubernetesObject, release: string, namespace: string): object {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
    },
  };
}

/**
 * Points Flux at the repository: the source and the Kustomization that the cluster's FluxInstance says, or those of `flux bootstrap` where it has none. The
 * repository is read without credentials.
 *
 * @param repository host and path
 */
export async function pointAt(api: KubernetesApi, internet: Internet, repository: string, delivery: Delivery): Promise<void> {
  const { name, namespace } = delivery.source;
  const byDefault = { url: internet.urlOf(repository), ref: 'refs/heads/main', path: `clusters/${delivery.cluster}` };
  const instance = fluxInstanceIn(delivery)?.spec;
  const { url, ref, path } = instance?.sync ?? byDefault;
  // The operator lets the one Kustomization that it makes act as its controller where tenants are kept apart.
  const account = instance?.cluster?.multitenant ? { serviceAccountName: 'kustomize-controller' } : {};
  await api.apply({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { interval: '1m', url, ref: { name: ref } },
  });
  await api.apply({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'flux-system', namespace: 'flux-system' },
    spec: { interval: '10m', path, prune: true, sourceRef: { kind: 'GitRepository', name, namespace }, ...account },
  });
}
