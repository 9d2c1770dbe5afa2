import { APPLY_STAGES, ApplyStage, compareWritten } from './apply-stages';
import { CONTROLLED_GROUPS } from './controllers';
import { Rule } from './events';
import { isJudged, isUnseen, JudgedKind } from './judged-kinds';
import { factsOf, identityOf, ObjectFacts } from './object-facts';
import { idText, objectId, ObjectId } from './object-id';
import { Declaration, groupsOfUser, Provision, userOf } from './provisions';
import { Strength } from './reference-rows';
import { ReferenceTable } from './references';
import { apiGroup } from '../synth/api-group';
import { Json, JsonObject, valueAt } from '../synth/json';

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
  /** What was said of objects beside what their kinds tell. */
  readonly declared: readonly Declaration[];
  /** What is there, and ready, before Flux starts. */
  readonly assumed: Provision;
  /**
   * Events that have happened before.
   *
   * @default - none but what is assumed
   */
  readonly given?: readonly string[];
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
  /** Whether its absence matters only while it is being installed: a webhook that is registered and does not answer yet. */
  readonly passing?: boolean;
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
/** The controller of an API group runs. */
export const controller = (group: string): string => `controller ${group}`;
/** The webhook of an API group answers. */
export const webhook = (group: string): string => `webhook ${group}`;
/** A user or a group, as the API server names it, may do something. */
export const rights = (subject: string): string => `rights ${subject}`;
/** An object's controller has done what it is there for; what it makes may not be ready yet. */
const brought = (text: string): string => `brought ${text}`;
/** Flux begins to build the Kustomization: everything that it waits for is there. */
export const tried = (id: ObjectId): string => `tried ${idText(id)}`;
const built = (id: ObjectId): string => `built ${idText(id)}`;
/** The dry run of all objects of a stage has passed: they are written, one after the other. */
export const applied = (id: ObjectId, stage: ApplyStage): string => `applied ${stage} ${idText(id)}`;
const settled = (id: ObjectId, stage: ApplyStage): string => `settled ${stage} ${idText(id)}`;

/** One rule for each thing that Flux, Kubernetes and the operators do. */
export function rulesOf(plan: Plan): RuleSet {
  const rules: Rule[] = [...assumptions(plan.assumed), ...(plan.given ?? []).map(then => ({ then, needs: [] }))];
  const requirements: Requirement[] = [];
  const groups = groupsOf(plan);
  const byObject = new Map<string, string[]>();
  for (const kustomization of plan.kustomizations) {
    const id = identityOf(kustomization.manifest);
    const objects = kustomization.objects?.map(manifest => factsOf(manifest, plan.references));
    const own = requirementsOf(kustomization.manifest, id, objects ?? [], groups);
    requirements.push(...own);
    own.filter(({ object, strength, passing }) => object && strength === 'ready' && !passing).forEach(({ object, fact }) =>
      add(byObject, idText(object!), fact));
    rules.push(...kustomizationRules(kustomization.manifest, objects, id, own));
  }
  for (const { objects = [] } of plan.kustomizations) {
    objects.forEach(manifest => rules.push(...objectRules(factsOf(manifest, plan.references), byObject)));
  }
  rules.push(...plan.declared.flatMap(({ by, provision }) => [...provisionRules(provision, by), ...ownRights(provision)]));
  return { rules: [...rules, ...wholeGroups(rules, requirements), ...rightsByGroup(rules, plan)], requirements };
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) {
    list.push(value);
  } else {
    lists.set(key, [value]);
  }
}

/** API groups that matter to their objects: those that need a controller, and those that a webhook looks at. */
interface Groups {
  readonly controlled: ReadonlySet<string>;
  readonly validated: ReadonlySet<string>;
}

function groupsOf({ kustomizations, declared, assumed, references }: Plan): Groups {
  const provisions = [
    ...declared.map(({ provision }) => provision),
    ...kustomizations.flatMap(({ objects = [] }) => objects.map(manifest => factsOf(manifest, references).provision)),
  ];
  return {
    controlled: new Set([
      ...CONTROLLED_GROUPS, ...[...provisions, assumed].flatMap(({ controllers = [], controlled = [] }) => [...controllers, ...controlled]),
    ]),
    validated: new Set(provisions.flatMap(({ webhooks = [] }) => webhooks)),
  };
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

function assumptions(assumed: Provision): Rule[] {
  const { objects, apis, controllers = [], webhooks = [] } = assumed;
  const there = [...objects.flatMap(id => [exists(id), ready(id)]), ...apis.map(api), ...controllers.map(controller), ...webhooks.map(webhook)];
  return [...there.map(then => ({ then, needs: [] })), ...ownRights(assumed)];
}

/** Whoever makes a ServiceAccount elsewhere gives it its rights, too. */
function ownRights({ objects }: Provision): Rule[] {
  return objects.filter(({ group, kind }) => group === '' && kind === 'ServiceAccount')
    .map(id => ({ then: rights(userOf(id)), needs: [exists(id)], atOnce: true }));
}

/** What the groups may that the ServiceAccount of a Kustomization is in, it may itself. */
function rightsByGroup(rules: readonly Rule[], { kustomizations }: Plan): Rule[] {
  const given = new Set(rules.map(({ then }) => then).filter(event => event.startsWith('rights ')));
  const accounts = given.size === 0 ? [] : kustomizations.flatMap(({ manifest }) => accountOf(manifest, identityOf(manifest)) ?? []);
  return accounts.flatMap(account => groupsOfUser(account).map(rights).filter(group => given.has(group))
    .map(group => ({ then: rights(userOf(account)), needs: [group], atOnce: true })));
}

/** The moment at which Flux begins to apply a stage. */
function momentBefore(id: ObjectId, stage: ApplyStage): string {
  const index = APPLY_STAGES.indexOf(stage);
  return index === 0 ? built(id) : settled(id, APPLY_STAGES[index - 1]);
}

/** What a Kustomization goes through: tried, built, apply stage after apply stage, ready. */
function kustomizationRules(
  manifest: JsonObject, objects: readonly ObjectFacts[] | undefined, id: ObjectId, requirements: readonly Requirement[],
): Rule[] {
  const counting = requirements.filter(({ passing }) => !passing);
  const of = (strength: Strength, moment: string, awaited = false) => counting
    .filter(requirement => requirement.strength === strength && requirement.moment === moment && (requirement.awaited ?? false) === awaited)
    .map(({ fact }) => fact);
  const start = [
    { then: tried(id), needs: [exists(id), ...of('build', tried(id), true)] },
    { then: built(id), needs: [tried(id), ...of('build', tried(id))] },
  ];
  if (!objects) {
    return [...start, { then: ready(id), needs: [built(id)] }];
  }
  const judging = judgedBy(manifest);
  const stages = APPLY_STAGES.flatMap((stage): Rule[] => {
    const written = objects.filter(object => object.stage === stage).map(object => object.id).sort(compareWritten);
    return [
      { then: applied(id, stage), needs: [momentBefore(id, stage), ...of('apply', momentBefore(id, stage))] },
      ...written.map((object, i) => ({ then: exists(object), needs: [applied(id, stage), ...written.slice(Math.max(0, i - 1), i).map(exists)] })),
      // The last stage is not waited for.
      waiting(settled(id, stage), [applied(id, stage), ...written.slice(-1).map(exists)], stage === 'rest' ? [] : written, judging),
    ];
  });
  return [...start, ...stages, waiting(ready(id), [settled(id, 'rest')], gatesOf(manifest, objects, id), judging)];
}

/** Something that waits for objects' health: whether Flux can tell that one is not ready decides whether anything follows from having waited. */
function waiting(then: string, after: readonly string[], objects: readonly ObjectId[], judging: readonly JudgedKind[]): Rule {
  return {
    then,
    needs: [...after, ...objects.map(id => isJudged(id, judging) ? ready(id) : exists(id))],
    uncertain: objects.filter(id => !isJudged(id, judging) && !isUnseen(id)).map(ready),
  };
}

/** Kinds whose health the Kustomization judges by expressions. */
function judgedBy({ spec }: JsonObject): JudgedKind[] {
  const { healthCheckExprs } = spec as { healthCheckExprs?: { apiVersion: string; kind?: string }[] };
  return (healthCheckExprs ?? []).map(({ apiVersion, kind }) => ({ group: apiGroup(apiVersion), kind }));
}

/** What a Kustomization waits for after it has applied everything. */
function gatesOf({ spec }: JsonObject, objects: readonly ObjectFacts[], own: ObjectId): ObjectId[] {
  const { wait, healthChecks } = spec as { wait?: boolean; healthChecks?: { apiVersion?: string; kind: string; name: string; namespace?: string }[] };
  const waited = wait
    ? objects.map(({ id }) => id)
    : (healthChecks ?? []).map(({ apiVersion = 'apps/v1', kind, name, namespace }) => objectId(apiVersion, kind, name, namespace));
  return waited.filter(gate => idText(gate) !== idText(own));
}

/** An object becomes ready by itself or by its controller, and then what it brings is there. */
function objectRules({ id, text, provision }: ObjectFacts, needs: ReadonlyMap<string, string[]>): Rule[] {
  return [
    { then: brought(text), needs: [exists(id), ...needs.get(text) ?? []] },
    ...isKustomization(id) ? [] : [{ then: ready(id), needs: [brought(text)] }],
    ...provisionRules(provision, [text]),
  ];
}

/** What follows from objects: what they make is there with them, and ready some time later; what Kubernetes makes in every namespace is there a moment later. */
function provisionRules({ objects, apis, controllers = [], webhooks = [], rights: subjects = [] }: Provision, by: readonly string[]): Rule[] {
  // A Kustomization brings nothing before it has applied its objects.
  const isBrought = by.map(text => /^kustomize[^/]*\/Kustomization /.test(text) ? `ready ${text}` : brought(text));
  const isReady = by.map(text => `ready ${text}`);
  const atOnce = !by.every(text => text.startsWith('/Namespace '));
  return [
    ...objects.map(id => ({ then: exists(id), needs: isBrought, atOnce })),
    ...objects.map(id => ({ then: ready(id), needs: [exists(id), ...isBrought] })),
    ...apis.map(kind => ({ then: api(kind), needs: isBrought, atOnce: true })),
    ...[...controllers.map(controller), ...webhooks.map(webhook)].map(then => ({ then, needs: isReady, atOnce: true })),
    ...subjects.map(subject => ({ then: rights(subject), needs: by.map(text => `exists ${text}`), atOnce: true })),
  ];
}

/** What a Kustomization needs by itself, and what each of its objects needs. */
function requirementsOf(manifest: JsonObject, id: ObjectId, objects: readonly ObjectFacts[], groups: Groups): Requirement[] {
  const account = accountOf(manifest, id);
  return [
    ...buildRequirements(manifest, id),
    ...accountRequirements(id, account),
    ...objects.flatMap(object => objectRequirements(object, id, account, groups)),
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
      awaited('spec.dependsOn', ready(objectId(KUSTOMIZATION, 'Kustomization', String(name), textOf(other) ?? namespace)))),
    ...list('/spec/postBuild/substituteFrom').filter(({ optional }) => optional !== true).map(({ kind, name }) =>
      requirement('spec.postBuild.substituteFrom', exists(objectId('v1', String(kind), String(name), namespace)))),
    ...typeof decryption === 'string' ? [requirement('spec.decryption.secretRef', exists(objectId('v1', 'Secret', decryption, namespace)))] : [],
  ];
}

/** Flux acts as a ServiceAccount that is not there, too. It looks for it only before it deletes something. */
function accountRequirements(kustomization: ObjectId, account: ObjectId | undefined): Requirement[] {
  return account ? [{ kustomization, fact: exists(account), at: 'spec.serviceAccountName', strength: 'soft', moment: tried(kustomization) }] : [];
}

/** The ServiceAccount that Flux acts as when it applies. */
function accountOf({ spec }: JsonObject, { namespace }: ObjectId): ObjectId | undefined {
  const { serviceAccountName } = spec as { serviceAccountName?: string };
  return serviceAccountName === undefined ? undefined : objectId('v1', 'ServiceAccount', serviceAccountName, namespace);
}

function objectRequirements(
  { id: object, stage, api: kind, needs }: ObjectFacts, kustomization: ObjectId, account: ObjectId | undefined, groups: Groups,
): Requirement[] {
  const moment = momentBefore(kustomization, stage);
  const requirement = (at: string, fact: string, strength: Strength): Requirement => ({ kustomization, object, fact, at, strength, moment });
  const { group } = object;
  return [
    requirement('apiVersion', api(kind), 'apply'),
    ...groups.validated.has(group) ? [{ ...requirement('apiVersion', webhook(group), 'apply'), passing: true }] : [],
    ...groups.controlled.has(group) ? [requirement('apiVersion', controller(group), 'ready')] : [],
    ...account ? [requirement('spec.serviceAccountName', rights(userOf(account)), 'apply')] : [],
    ...needs.map(({ to, ready: isReady, at, strength }) => requirement(at, isReady ? ready(to) : exists(to), strength)),
  ];
}

/** Namespace and name of the Kustomization that an event is of; none for any other event. */
export function kustomizationOf(event: string): string | undefined {
  return /kustomize\.toolkit\.fluxcd\.io\/Kustomization (\S+)$/.exec(event)?.[1];
}

function isKustomization({ group, kind }: ObjectId): boolean {
  return group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization';
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
