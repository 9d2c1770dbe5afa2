/**
 * What the API server says of everything that the library writes: of the objects of the examples, and of every platform that the unit tests of components and
 * of Flux's kinds synthesize. And what it says of the same objects with a change: the same as the check `schema` (docs/checks/schema.md).
 */
import * as fc from 'fast-check';
import { examplePlatforms } from './example-platforms';
import { allDefinitions, kubernetesDefinitions } from './harness/definitions';
import { KubernetesObject } from './harness/kubernetes-api';
import { TestCluster } from './harness/test-cluster';
import { Candidate, changed } from './mutations';
import { definitionOfComposite } from './played/crossplane';
import { runUnitTests, SynthesizedObject, SynthesizedObjects, unitTests } from './synthesized';
import { Definitions } from '../src/definitions/delivered';
import { judge } from '../src/definitions/judgement';
import { metadataDefinition } from '../src/definitions/library';
import { apiVersionName, Definition, Schema } from '../src/definitions/schema';
import { groupKind } from '../src/synth/api-group';

/** The same changes each time, unless another seed is given: `PROPERTY_SEED=$RANDOM PROPERTY_RUNS=6000` looks at others. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 600), seed: Number(process.env.PROPERTY_SEED ?? 1) };

const synthesized = new SynthesizedObjects();
const accepted: SynthesizedObject[] = [];
let cluster: TestCluster;

describe('a platform is synthesized by', () => runUnitTests(unitTests('components', 'flux'), synthesized));

describe('the API server', () => {
  beforeAll(async () => {
    examplePlatforms().forEach((platform, example) => synthesized.add(platform, platform.files(), `the example ${example}`));
    cluster = await TestCluster.start('accepted');
    const { api } = cluster;
    const namespaces = new Set(synthesized.all.flatMap(({ object }) => (object as KubernetesObject).metadata.namespace ?? []));
    await api.define(...allDefinitions());
    await Promise.all([...namespaces].map(name => api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
  });

  afterAll(() => cluster?.stop());

  test('takes every object', async () => {
    const refusals: string[] = [];
    const judged = async (objects: readonly SynthesizedObject[]): Promise<SynthesizedObject[]> => (await Promise.all(objects.map(async of => {
      const { kind, metadata } = of.object as KubernetesObject;
      const refusal = await cluster.api.refusalOf(of.object);
      if (refusal !== undefined) {
        refusals.push(`${kind} ${metadata.name} of ${of.from}: ${refusal}`);
      }
      return refusal === undefined ? [of] : [];
    }))).flat();
    const composites = compositesOf(synthesized.all);
    const ofComposites = new Set([...composites.values()].flat().map(({ object }) => object));
    accepted.push(...await judged(synthesized.all.filter(({ object }) => !ofComposites.has(object))));
    // Platforms may define a type in different ways: these come one after another, and the last one stays.
    const defined = new Map<string, KubernetesObject>();
    const ofDefined = new Map<string, SynthesizedObject[]>();
    for (const [text, objects] of composites) {
      const definition = JSON.parse(text) as KubernetesObject;
      const { name } = definition.metadata;
      const before = defined.get(name);
      if (before) {
        await cluster.api.undefine(before);
      }
      await cluster.api.define(definition);
      defined.set(name, definition);
      ofDefined.set(name, await judged(objects));
    }
    accepted.push(...[...ofDefined.values()].flat());
    console.log(`${synthesized.all.length} objects of ${new Set(synthesized.all.map(({ object }) => groupKind(object))).size} kinds were judged`);
    expect(refusals.sort()).toEqual([]);
  });

  test('serves the versions of Kubernetes\' own kinds that the check says', async () => {
    const apis = Object.values(kubernetesDefinitions()).flatMap(({ properties, [GROUP_VERSION_KIND]: names = [] }) =>
      names.length === 1 && properties?.metadata?.$ref?.endsWith('.ObjectMeta') ? names : []).filter(({ kind }) => !SUBRESOURCES.includes(kind));
    const gone = [['policy', 'v1beta1', 'PodDisruptionBudget'], ['batch', 'v1beta1', 'CronJob'], ['autoscaling', 'v2beta2', 'HorizontalPodAutoscaler'], ['extensions', 'v1beta1', 'Ingress']]
      .map(([group, version, kind]) => ({ group, version, kind }));
    const judged = await Promise.all([...apis, ...gone].map(async ({ group, version, kind }) => {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const said = new Definitions([]).of(apiVersion, kind)?.versions.some(({ name, served }) => served && name === version) ?? false;
      return { api: `${apiVersion} ${kind}`, check: said, server: await cluster.api.serves(apiVersion, kind) };
    }));
    console.log(`${judged.length} versions of kinds were judged, of which ${judged.filter(({ server }) => server).length} are served`);
    expect(judged.length).toBeGreaterThan(60);
    expect(judged.filter(({ check, server }) => check !== server)).toEqual([]);
  });

  test('takes and refuses the same changes of them as the check', async () => {
    const candidates = accepted.flatMap(candidateOf);
    const changes = fc.sample(changed(candidates), RUNS);
    const judged = await Promise.all(changes.map(async ({ of, what, object }) => {
      const said = judge(of.definition, metadataDefinition(), object)!.violations.map(({ message }) => message).join('; ');
      return { kind: groupKind(object), what, builtIn: of.definition.builtIn === true, check: said, server: await cluster.api.refusalOf(object) ?? '' };
    }));
    const refused = judged.filter(({ server }) => server !== '');
    const different = judged.filter(({ check, server }) => (check === '') !== (server === ''));
    console.log(`${judged.length} changes were judged: ${refused.length} are refused, ${different.length} of all in another way by the check`);
    expect(refused.length).toBeGreaterThan(judged.length / 4);
    expect(refused.length).toBeLessThan(judged.length * 3 / 4);
    expect(different.filter(difference => !REASONS.some(isReason => isReason(difference)))).toEqual([]);
  });
});

const GROUP_VERSION_KIND = 'x-kubernetes-group-version-kind';

/** What is asked of an object, and is none by itself. */
const SUBRESOURCES: readonly string[] = ['Eviction', 'Scale', 'TokenRequest'];

/** A change of which the API server says something else than the check; where one says nothing, it takes the object. */
interface Difference {
  readonly kind: string;
  readonly what: string;
  /** Whether the kind is Kubernetes' own. */
  readonly builtIn: boolean;
  readonly check: string;
  readonly server: string;
}

/** Why they may say something else. */
const REASONS: readonly ((difference: Difference) => boolean)[] = [
  // Kubernetes holds its own kinds to rules that are written in Go, and in no schema; one of its types is a boolean or a mapping, for which schemas have no word.
  ({ builtIn, check, server }) => builtIn && check === '' && (server.includes(' is invalid: ') || server.endsWith('boolean or JSON schema expected')),
  // What is required of them and not there, it takes for empty: a LimitRange without limits.
  ({ builtIn, check, server }) => builtIn && server === '' && check.split('; ').every(message => message.endsWith(', which its definition requires')),
  // Of a number with more than 32 bits it takes the last 32.
  ({ builtIn, check, server }) => builtIn && server === '' && check.endsWith('a value of the format int32 expected'),
];

/** Objects of composite types, by the definition that Crossplane makes for them: their platform's, or where that has none the first. */
function compositesOf(objects: readonly SynthesizedObject[]): Map<string, SynthesizedObject[]> {
  const types = objects.map(({ object }) => object as KubernetesObject).filter(({ kind }) => kind === 'CompositeResourceDefinition');
  const composites = new Map<string, SynthesizedObject[]>();
  for (const synthesizedObject of objects) {
    const type = synthesizedObject.definedBy ?? types.find(({ spec: { group, names } }) => groupKind(synthesizedObject.object) === `${group}/${names.kind}`);
    if (type?.kind === 'CompositeResourceDefinition') {
      const text = JSON.stringify(definitionOfComposite(type as KubernetesObject));
      composites.set(text, [...composites.get(text) ?? [], { ...synthesizedObject, definedBy: type }]);
    }
  }
  return composites;
}

interface Judged extends Candidate {
  readonly definition: Definition;
}

/** An object with what the check holds it to; none where that is not known. */
function candidateOf({ object, definedBy }: SynthesizedObject): Judged[] {
  const metadata = metadataDefinition();
  const definition = new Definitions(definedBy ? [definedBy] : []).of(String(object.apiVersion), String(object.kind));
  const schema = definition?.versions.find(({ name }) => name === apiVersionName(String(object.apiVersion)))?.schema;
  if (!definition || !schema) {
    return [];
  }
  const definitions: Definition['definitions'] = { ...metadata.definitions, ...definition.definitions };
  const resolve = (given: Schema): Schema => given.$ref === undefined ? given : definitions[given.$ref.slice(given.$ref.lastIndexOf('/') + 1)] ?? {};
  return [{ object, definition, resolve, schema: { ...schema, properties: { ...schema.properties, metadata: metadata.versions[0].schema! } } }];
}
