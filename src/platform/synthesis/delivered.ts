import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { RenderedComponent, RenderedObject } from './render';
import { DeliveredFacts, DeliveredObject, DeliveredProvision, DeliveredReference } from '../../delivery/delivery';
import { ProvidedApi } from '../../flux/provided-api';
import { JsonObject } from '../../synth/json';
import { Cluster } from '../cluster';
import { ComponentProvision } from '../component';

/** An object as it is delivered: with the patches of a layer, or as its component has it. */
export function deliveredObject({ construct, file }: RenderedObject, manifest: JsonObject): DeliveredObject {
  const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
  const { apiVersion, kind } = construct;
  return { apiVersion, kind, name, namespace, file, constructPath: construct.node.path, manifest };
}

/** What a component brings about, as far as it was said: of it, and of its HelmReleases and Kustomizations. */
export function provisionsOf({ component, objects }: RenderedComponent): DeliveredProvision[] {
  const references = new Map(objects.map(({ construct, manifest }) => [construct, referenceOf(manifest)]));
  const releases = objects.filter(({ construct }) => construct.kind === 'HelmRelease').map(({ construct }) => construct);
  const usual = releases.length > 0 ? releases : objects.map(({ construct }) => construct);
  const by = (constructs: readonly IConstruct[]) => constructs.flatMap(construct => references.get(ApiObject.of(construct)) ?? []);
  return [
    ...objects.flatMap(({ construct }) => {
      const apis = providedApis(construct);
      return apis.length === 0 ? [] : [{ ...facts({ apis }), by: by([construct]) }];
    }),
    ...component._provisions.map(provision => {
      const { byProvided } = provision;
      return { ...facts(provision), by: [...by(provision.by ?? (byProvided ? [] : usual)), ...byProvided ?? []] };
    }),
  ].filter(({ objects: made, apis, controllers, webhooks }) => made.length + apis.length + controllers.length + webhooks.length > 0);
}

/** The prerequisites of a cluster, as far as they are on the cluster. */
export function assumedFacts({ prerequisites }: Cluster): DeliveredFacts {
  return facts({
    objects: prerequisites.flatMap(({ object }) => object ?? []),
    apis: prerequisites.flatMap(({ apis = [] }) => apis),
    controllers: prerequisites.flatMap(({ controllers = [] }) => controllers),
  });
}

function facts({ objects = [], apis = [], controllers = [], webhooks = [] }: ComponentProvision): DeliveredFacts {
  return { objects, apis: apis.flatMap(apiNames), controllers, webhooks };
}

function apiNames({ group, kinds = ['*'] }: ProvidedApi): string[] {
  return kinds.map(kind => `${group}/${kind}`);
}

/** APIs that the construct around an object says that it installs. */
function providedApis(object: ApiObject): ProvidedApi[] {
  const scope = object.node.scope as { providedApis?: ProvidedApi[] } | undefined;
  return scope?.providedApis ?? [];
}

function referenceOf(manifest: JsonObject): DeliveredReference {
  const { name, namespace } = manifest.metadata as { name: string; namespace?: string };
  return { apiVersion: String(manifest.apiVersion), kind: String(manifest.kind), name, namespace };
}
