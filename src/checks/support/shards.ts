import { applied, textAt } from './applied';
import { fluxInstance } from './flux-instance';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../../delivery/delivery';
import { apiGroup } from '../../synth/api-group';
import { JsonObject, valueAt } from '../../synth/json';

const USUAL_KEY = 'sharding.fluxcd.io/key';

/** How the controllers of a cluster share their objects. */
export interface Sharding {
  /** The label that names the shard. */
  readonly key: string;
  /** The shards that controllers run for; undefined where it is not known. */
  readonly shards?: readonly string[];
}

/** How a cluster is sharded, as far as a FluxInstance that is delivered there tells. */
export function shardingOf(delivery: Delivery): Sharding {
  const instance = fluxInstance(delivery);
  const sharding = (instance && valueAt(instance.object.manifest, '/spec/sharding') || {}) as { key?: string; shards?: string[] };
  return { key: sharding.key ?? USUAL_KEY, shards: instance && (sharding.shards ?? []) };
}

/** The shard that an object is labelled with. */
export function shardOf({ metadata }: JsonObject, { key }: Sharding): string | undefined {
  return (metadata as { labels?: Record<string, string> } | undefined)?.labels?.[key];
}

/** The shard of the HelmChart that helm-controller makes for a HelmRelease. */
export function chartShardOf(release: JsonObject, { key }: Sharding): string | undefined {
  return (valueAt(release, '/spec/chart/metadata/labels') as Record<string, string> | undefined)?.[key];
}

/** Groups whose controllers share their objects between shards; notification-controller's are not among them. */
const SHARDED_GROUPS: ReadonlySet<string> = new Set([
  'helm.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'source.extensions.fluxcd.io', 'source.toolkit.fluxcd.io',
]);

/** An object that a shard may be responsible for. */
export interface ShardedObject {
  readonly kustomization: DeliveredKustomization;
  /** @default - the Kustomization itself */
  readonly object?: DeliveredObject;
  readonly manifest: JsonObject;
}

/** Every Kustomization of a cluster, and every object that is Flux's. */
export function shardedObjects({ kustomizations }: Delivery): ShardedObject[] {
  return kustomizations.flatMap(kustomization => [
    { kustomization, manifest: kustomization.manifest as JsonObject },
    ...applied(kustomization).filter(({ apiVersion }) => SHARDED_GROUPS.has(apiGroup(apiVersion)))
      .map(object => ({ kustomization, object, manifest: object.manifest as JsonObject })),
  ]);
}

/** The source of a chart, as it is referred to: by a HelmRelease in `spec.chart.spec`, by a HelmChart in `spec`. */
export function chartSourceOf(manifest: JsonObject): { readonly kind: string; readonly name: string; readonly namespace: string } | undefined {
  const at = manifest.kind === 'HelmChart' ? '/spec/sourceRef' : '/spec/chart/spec/sourceRef';
  const [kind, name] = [textAt(manifest, `${at}/kind`), textAt(manifest, `${at}/name`)];
  const own = textAt(manifest, '/metadata/namespace') ?? '';
  return kind === undefined || name === undefined ? undefined : { kind, name, namespace: textAt(manifest, `${at}/namespace`) ?? own };
}
