import { ALWAYS_THERE } from './always-there';
import { appliedObjects } from './applied-objects';
import { DeliveredFacts, DeliveredKustomization, DeliveredReference, Delivery } from './delivery';
import { factsOf, identityOf } from './object-facts';
import { idText, ObjectId, objectId } from './object-id';
import { Declaration, Provision } from './provisions';
import { ReferenceTable } from './references';
import { Plan, PlannedKustomization } from './rules';
import { JsonObject, mapStrings } from '../synth/json';

/** The Kustomization of the bootstrap, which applies the cluster's directory. */
const ROOT = objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'flux-system');

/** What decides in which order things happen on a cluster, from what is delivered to it. */
export function planOf(delivery: Delivery, references: ReferenceTable): Plan {
  const own = new OwnNames(delivery);
  const delivered = delivery.kustomizations.map(kustomization => ({
    manifest: own.inKustomization(kustomization.manifest), objects: appliedObjects(kustomization).map(object => own.inDelivered(object, references)),
  }));
  const beside = delivery.beside.map(({ manifest }) => own.inObject(manifest));
  const root = { manifest: rootManifest(delivery.source), objects: [...beside, ...delivered.map(({ manifest }) => manifest)] };
  const kustomizations = [root, ...delivered, ...delivered.flatMap(({ objects }) => nestedIn(objects, own))];
  return {
    kustomizations,
    declared: delivery.kustomizations.flatMap(declarationsOf),
    assumed: assumptionsOf(delivery, kustomizations, own),
    references,
  };
}

/** The name that every cluster has for its own variables, so that clusters which differ by it alone have the same plan. */
const VARIABLES = 'variables-of-the-cluster';

/** Names that are another one on every cluster. */
class OwnNames {
  constructor(private readonly delivery: Delivery) {}

  public of(kind: string, name: string): string {
    return kind === 'ConfigMap' && name === this.delivery.variablesName ? VARIABLES : name;
  }

  public inObject(manifest: JsonObject): JsonObject {
    const { kind, metadata } = manifest as { kind: string; metadata: { name: string } };
    return { ...manifest, metadata: { ...metadata, name: this.of(kind, metadata.name) } };
  }

  /** An object that may read the variables, too. */
  public inDelivered(manifest: JsonObject, references: ReferenceTable): JsonObject {
    const { variablesName } = this.delivery;
    const reads = factsOf(manifest, references).needs.some(({ to: { kind, name } }) => kind === 'ConfigMap' && name === variablesName);
    return !reads ? manifest : { ...mapStrings(manifest, text => text === variablesName ? VARIABLES : text), metadata: manifest.metadata };
  }

  public inKustomization(manifest: JsonObject): JsonObject {
    const spec = (manifest.spec ?? {}) as JsonObject;
    const { substituteFrom } = (spec.postBuild ?? {}) as { substituteFrom?: { kind: string; name: string }[] };
    return !substituteFrom ? manifest : {
      ...manifest,
      spec: { ...spec, postBuild: { substituteFrom: substituteFrom.map(source => ({ ...source, name: this.of(source.kind, source.name) })) } },
    };
  }
}

function rootManifest({ kind, name, namespace }: DeliveredReference): JsonObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: ROOT.name, namespace: ROOT.namespace! },
    spec: { sourceRef: { kind, name, ...namespace === undefined ? {} : { namespace } } },
  };
}

/** Kustomizations that are themselves delivered: what they apply is in another source, and not known. */
function nestedIn(objects: readonly JsonObject[], own: OwnNames): PlannedKustomization[] {
  return objects.filter(({ apiVersion, kind }) => kind === 'Kustomization' && String(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/'))
    .map(manifest => ({ manifest: own.inKustomization(manifest) }));
}

function declarationsOf({ provides }: DeliveredKustomization): Declaration[] {
  return provides.map(({ by, ...facts }) => ({ by: by.map(reference => idText(idOf(reference))), provision: provisionOf(facts) }));
}

function provisionOf({ objects, apis, controllers, webhooks }: DeliveredFacts): Provision {
  return { objects: objects.map(idOf), apis, controllers, webhooks };
}

function idOf({ apiVersion, kind, name, namespace }: DeliveredReference): ObjectId {
  return objectId(apiVersion, kind, name, namespace);
}

/** What was said to be there, together with its kind and its namespace, and what is there on every cluster. */
function assumptionsOf({ assumed, source }: Delivery, kustomizations: readonly PlannedKustomization[], own: OwnNames): Provision {
  const delivered = new Set(kustomizations.flatMap(({ objects = [] }) => objects.map(object => idText(identityOf(object)))));
  const there = assumed.objects.map(reference => idOf({ ...reference, name: own.of(reference.kind, reference.name) }));
  const ownSource = idOf(source);
  return {
    objects: [
      ...ALWAYS_THERE.objects, ROOT, ...delivered.has(idText(ownSource)) ? [] : [ownSource], ...there,
      ...there.flatMap(({ namespace }) => namespace === undefined ? [] : [objectId('v1', 'Namespace', namespace)]),
    ],
    apis: [...ALWAYS_THERE.apis, ...assumed.apis, ...there.map(({ group, kind }) => `${group}/${kind}`)],
    controllers: assumed.controllers,
    webhooks: assumed.webhooks,
  };
}
