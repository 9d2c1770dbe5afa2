import { ApplyStage, applyStageOf } from './apply-stages';
import { idText, ObjectId, objectId } from './object-id';
import { Provision, provisionOf } from './provisions';
import { Strength } from './reference-rows';
import { ReferenceTable, referencesOf } from './references';
import { isClusterScoped } from '../synth/cluster-scoped';
import { isJsonObject, JsonObject } from '../synth/json';
import { memoized } from '../synth/memoized';

/** Something that an object needs, wherever it is delivered. */
export interface Need {
  /** What is needed. */
  readonly to: ObjectId;
  /** Whether the object that is needed has to be ready, or only to exist. */
  readonly ready: boolean;
  /** Where the need is said. */
  readonly at: string;
  readonly strength: Strength;
}

/** What an object says by itself, whatever delivers it. */
export interface ObjectFacts {
  readonly id: ObjectId;
  /** The identity as a text. */
  readonly text: string;
  readonly stage: ApplyStage;
  /** Its API, as `group/Kind`. */
  readonly api: string;
  readonly needs: readonly Need[];
  readonly provision: Provision;
}

/** By table and by object, so that one that many clusters share is read once. */
const readBy = memoized((table: ReferenceTable) => memoized((manifest: JsonObject) => read(manifest, table)));

/** What an object says by itself. */
export function factsOf(manifest: JsonObject, table: ReferenceTable): ObjectFacts {
  return readBy(table)(manifest);
}

function read(manifest: JsonObject, table: ReferenceTable): ObjectFacts {
  const id = identityOf(manifest);
  const { group, kind, namespace } = id;
  return {
    id,
    text: idText(id),
    stage: applyStageOf(manifest),
    api: `${group}/${kind}`,
    needs: [
      ...namespace === undefined || isClusterScoped(`${group}/v1`, kind) ? [] : [
        { to: objectId('v1', 'Namespace', namespace), ready: false, at: 'metadata.namespace', strength: 'apply' as const },
      ],
      ...referencesOf(manifest, table).map(({ to, at, row }) => ({ to, ready: row.needs === 'ready', at, strength: row.strength })),
    ],
    provision: provisionOf(`${group}/${kind}`, manifest),
  };
}

/** The identity of a manifest. */
export function identityOf(manifest: JsonObject): ObjectId {
  const { name, namespace } = (isJsonObject(manifest.metadata) ? manifest.metadata : {}) as { name?: string; namespace?: string };
  return objectId(String(manifest.apiVersion), String(manifest.kind), name ?? '', namespace);
}
