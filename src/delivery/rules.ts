import { APPLY_STAGES, ApplyStage, applyStageOf } from './apply-stages';
import { Rule } from './events';
import { idText, objectId, ObjectId } from './object-id';
import { Provision, provisionOf } from './provisions';
import { Strength } from './reference-rows';
import { ReferenceTable, referencesOf } from './references';
import { isClusterScoped } from '../synth/cluster-scoped';
import { isJsonObject, Json, JsonObject, valueAt } from '../synth/json';

/** A Kustomization, and the objects that its path builds. */
export interface PlannedKustomization {
  /** The Flux Kustomization itself. */
  readonly manifest: JsonObject;

  /**
   * What it applies.
   *
   * @default - not known: it reads another source
   */
  readonly objects?: readonly JsonObject[];
}

/** Everything that decides in which order things happen on a cluster. */
export interface Plan {
  readonly kustomizations: readonly PlannedKustomization[];
  /** What was said of objects beside what their kinds tell, by the text of their identity. */
  readonly declared: ReadonlyMap<string, Provision>;
  /** What is there, and ready, before Flux starts. */
  readonly assumed: Provision;
  readonly references: ReferenceTable;
}

/** Something that has to be there for an object or a Kustomization. */
export interface Requirement {
  /** Identity of the Kustomization. */
  readonly kustomization: ObjectId;
  /** The object that needs it; none where the Kustomization itself does. */
  readonly object?: ObjectId;
  /** The event that has to have happened. */
  readonly fact: string;
  /** Where the need is said: `spec.secretStoreRef`, `metadata.namespace`, `apiVersion`. */
  readonly at: string;
  readonly strength: Strength;
  /** The moment at which it is first needed: what has not happened by then makes something fail, or wait. */
  readonly moment: string;
  /** Whether Flux itself waits for it before that moment, without failing: `dependsOn`, the source. */
  readonly awaited?: boolean;
}

/** What was found in a plan: the rules, and what each thing needs. */
export interface RuleSet {
  readonly rules: Rule[];
  readonly requirements: Requirement[];
}

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';

export const exists = (id: ObjectId): string => `exists ${idText(id)}`;
export const ready = (id: ObjectId): string => `ready ${idText(id)}`;
export const api = (kind: string): string => `api ${kind}`;
/** Flux begins to build the Kustomization: everything that it waits for is there. */
export const tried = (id: ObjectId): string => `tried ${idText(id)}`;
const built = (id: ObjectId): string => `built ${idText(id)}`;
export const applied = (id: ObjectId, stage: ApplyStage): string => `applied ${stage} ${idText(id)}`;
const settled = (id: ObjectId, stage: ApplyStage): string => `settled ${stage} ${idText(id)}`;

/** One rule for each thing that Flux, Kubernetes and the operators do. */
export function rulesOf(plan: Plan): RuleSet {
  const rules: Rule[] = [...assumptions(plan.assumed)];
  const requirements: Requirement[] = [];
  for (const kustomization of plan.kustomizations) {
    const id = identityOf(kustomization.manifest);
    const own = requirementsOf(kustomization, id, plan.references);
    requirements.push(...own);
    rules.push(...kustomizationRules(kustomization, id, own));
    for (const manifest of kustomization.objects ?? []) {
      rules.push(...objectRules(manifest, id, own, plan));
    }
  }
  return { rules: [...rules, ...wholeGroups(rules, requirements)], requirements };
}

/** Where all of an API group is provided, each of its kinds is. */
function wholeGroups(rules: readonly Rule[], requirements: readonly Requirement[]): Rule[] {
  const groups = new Set(rules.map(({ then }) => then).filter(event => event.startsWith('api ') && event.endsWith('/*')));
  const needed = new Set(requirements.map(({ fact }) => fact).filter(fact => fact.startsWith('api ')));
  return [...needed].flatMap(fact => {
    const group = `${fact.slice(0, fact.indexOf('/'))}/*`;
    return groups.has(group) ? [{ then: fact, needs: [group], atOnce: true }] : [];
  });
}

function assumptions({ objects, apis }: Provision): Rule[] {
  return [
    ...objects.flatMap(id => [{ then: exists(id), needs: [] }, { then: ready(id), needs: [] }]),
    ...apis.map(kind => ({ then: api(kind), needs: [] })),
  ];
}

/** The moment at which Flux begins to apply a stage. */
function momentBefore(id: ObjectId, stage: ApplyStage): string {
  const index = APPLY_STAGES.indexOf(stage);
  return index === 0 ? built(id) : settled(id, APPLY_STAGES[index - 1]);
}

/** What a Kustomization goes through: tried, built, apply stage after apply stage, ready. */
function kustomizationRules({ manifest, objects }: PlannedKustomization, id: ObjectId, requirements: readonly Requirement[]): Rule[] {
  const of = (strength: Strength, moment: string, awaited = false) => requirements
    .filter(requirement => requirement.strength === strength && requirement.moment === moment && (requirement.awaited ?? false) === awaited)
    .map(({ fact }) => fact);
  const start = [
    { then: tried(id), needs: [exists(id), ...of('build', tried(id), true)] },
    { then: built(id), needs: [tried(id), ...of('build', tried(id))] },
  ];
  if (!objects) {
    return [...start, { then: ready(id), needs: [built(id)] }];
  }
  const stages = APPLY_STAGES.flatMap((stage): Rule[] => [
    { then: applied(id, stage), needs: [momentBefore(id, stage), ...of('apply', momentBefore(id, stage))] },
    // The last stage is not waited for.
    {
      then: settled(id, stage),
      needs: [applied(id, stage), ...stage === 'rest' ? [] : objects.filter(object => applyStageOf(object) === stage).map(object => ready(identityOf(object)))],
    },
  ]);
  return [...start, ...stages, { then: ready(id), needs: [settled(id, 'rest'), ...gatesOf(manifest, objects, id)] }];
}

/** What a Kustomization waits for after it has applied everything. */
function gatesOf({ spec }: JsonObject, objects: readonly JsonObject[], own: ObjectId): string[] {
  const { wait, healthChecks } = spec as { wait?: boolean; healthChecks?: { apiVersion?: string; kind: string; name: string; namespace?: string }[] };
  const gates = wait
    ? objects.map(identityOf)
    : (healthChecks ?? []).map(({ apiVersion = 'apps/v1', kind, name, namespace }) => objectId(apiVersion, kind, name, namespace));
  return gates.map(ready).filter(gate => gate !== ready(own));
}

/** An object is there once its stage is applied, becomes ready by itself or by its controller, and then brings what it provides. */
function objectRules(manifest: JsonObject, kustomization: ObjectId, requirements: readonly Requirement[], { declared }: Plan): Rule[] {
  const id = identityOf(manifest);
  const own = idText(id);
  const needed = requirements.filter(({ object, strength }) => strength === 'ready' && object && idText(object) === own).map(({ fact }) => fact);
  const { objects, apis } = provisionOf(`${id.group}/${id.kind}`, manifest, declared.get(own));
  return [
    { then: exists(id), needs: [applied(kustomization, applyStageOf(manifest))], atOnce: true },
    ...isKustomization(id) ? [] : [{ then: ready(id), needs: [exists(id), ...needed] }],
    ...objects.flatMap(provided => [
      { then: exists(provided), needs: [ready(id)], atOnce: true },
      { then: ready(provided), needs: [ready(id)], atOnce: true },
    ]),
    ...apis.map(kind => ({ then: api(kind), needs: [ready(id)], atOnce: true })),
  ];
}

/** What a Kustomization needs by itself, and what each of its objects needs. */
function requirementsOf({ manifest, objects = [] }: PlannedKustomization, id: ObjectId, references: ReferenceTable): Requirement[] {
  return [
    ...buildRequirements(manifest, id),
    ...objects.flatMap(object => objectRequirements(object, id, accountOf(manifest, id), references)),
  ];
}

function buildRequirements(manifest: JsonObject, id: ObjectId): Requirement[] {
  const { namespace } = id;
  const spec = manifest.spec as JsonObject;
  const requirement = (at: string, fact: string): Requirement => ({ kustomization: id, fact, at, strength: 'build', moment: tried(id) });
  const awaited = (at: string, fact: string): Requirement => ({ ...requirement(at, fact), awaited: true });
  const source = spec.sourceRef as { kind: string; name: string; namespace?: string };
  const list = (pointer: string) => (valueAt(manifest, pointer) ?? []) as JsonObject[];
  const decryption = valueAt(manifest, '/spec/decryption/secretRef/name');
  return [
    awaited('spec.sourceRef', ready(objectId('source.toolkit.fluxcd.io/v1', source.kind, source.name, source.namespace ?? namespace))),
    ...list('/spec/dependsOn').map(({ name, namespace: other }) =>
      awaited('spec.dependsOn', ready(objectId(KUSTOMIZATION, 'Kustomization', String(name), text(other) ?? namespace)))),
    ...list('/spec/postBuild/substituteFrom').filter(({ optional }) => optional !== true).map(({ kind, name }) =>
      requirement('spec.postBuild.substituteFrom', exists(objectId('v1', String(kind), String(name), namespace)))),
    ...typeof decryption === 'string' ? [requirement('spec.decryption.secretRef', exists(objectId('v1', 'Secret', decryption, namespace)))] : [],
  ];
}

/** The ServiceAccount that Flux acts as when it applies. */
function accountOf({ spec }: JsonObject, { namespace }: ObjectId): ObjectId | undefined {
  const { serviceAccountName } = spec as { serviceAccountName?: string };
  return serviceAccountName === undefined ? undefined : objectId('v1', 'ServiceAccount', serviceAccountName, namespace);
}

function objectRequirements(manifest: JsonObject, kustomization: ObjectId, account: ObjectId | undefined, references: ReferenceTable): Requirement[] {
  const object = identityOf(manifest);
  const moment = momentBefore(kustomization, applyStageOf(manifest));
  const requirement = (at: string, fact: string, strength: Strength): Requirement => ({ kustomization, object, fact, at, strength, moment });
  const { group, kind, namespace } = object;
  return [
    requirement('apiVersion', api(`${group}/${kind}`), 'apply'),
    ...namespace === undefined || isClusterScoped(`${group}/v1`, kind) ? [] : [requirement('metadata.namespace', exists(objectId('v1', 'Namespace', namespace)), 'apply')],
    ...account ? [requirement('spec.serviceAccountName', exists(account), 'apply')] : [],
    ...referencesOf(manifest, references).map(({ to, at, row }) => requirement(at, row.needs === 'ready' ? ready(to) : exists(to), row.strength)),
  ];
}

/** The identity of a manifest. */
export function identityOf(manifest: JsonObject): ObjectId {
  const { name, namespace } = (isJsonObject(manifest.metadata) ? manifest.metadata : {}) as { name?: string; namespace?: string };
  return objectId(String(manifest.apiVersion), String(manifest.kind), name ?? '', namespace);
}

function isKustomization({ group, kind }: ObjectId): boolean {
  return group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization';
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
