/** Faults that are planted in a whole platform, one at a time: each is told once, where it is. What real controllers do: `e2e/planted.test.ts`. */
import { findingsOf } from './check-fixtures';
import {
  CLUSTER, Edge, errorsIn, ExamplePlatform, FAULTS, IMPLIED_EDGES, MISSING_EDGES, missing, NO_INFERENCE, plant, PlantedFault, Planting,
  SETTLING_EDGES, UNGATED, without, withoutEdges,
} from './planted-faults';
import { InferredDependency, Severity, Strength } from '../../src';

test('the platform without a fault has neither error nor warning; without inference, the webhooks alone are out of order', () => {
  expect(findingsOf(new ExamplePlatform())).toEqual([]);
  const found = new ExamplePlatform(NO_INFERENCE).findings().filter(({ severity }) => severity !== Severity.INFO);
  expect(found.map(({ severity, message }) => `${severity} ${message.split(' (')[0]}`)).toEqual([
    'warning needs the webhook of external-secrets.io', 'warning needs the webhook of cert-manager.io',
  ]);
});

describe.each(Object.entries<PlantedFault>(FAULTS))('%s:', (_, { systems, told, mend = {}, ...planting }) => {
  test('it is told', () => {
    expect(errorsIn(plant(planting).findings)).toEqual([told]);
  });

  test('it is told on a platform without the systems that it is not about', () => {
    expect(errorsIn(plant(planting, { without: without(systems) }).findings)).toEqual([told]);
  });

  test('mended, it is not', () => {
    expect(errorsIn(plant(mend).findings)).toEqual([]);
  });
});

test('with inference, a health check that is taken away comes back', () => {
  const { delivery } = plant(UNGATED.mend!);
  expect(delivery.kustomizations.find(({ name }) => name === 'infrastructure')!.manifest.spec.healthChecks).toEqual([
    { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'karpenter', namespace: 'karpenter' },
  ]);
});

describe('a dependency is taken away, and inference is off:', () => {
  /** What is told, as far as it is an error, and what would be added if inference were on. */
  const found = (planting: Planting) => {
    const { delivery: { inferred }, findings } = plant(planting, NO_INFERENCE);
    return {
      told: findings.filter(({ severity }) => severity === Severity.ERROR).map(({ check, fix }) => `${check}: ${fix.split(', ')[0]}`),
      back: inferred.filter(isNeeded).map(({ from, to }) => inWords([from.split('/')[1], to.split('/')[1]])).sort(),
    };
  };
  const inWords = ([from, to]: Edge) => `let ${from} depend on ${to}`;
  const isNeeded = ({ dependency, because, alsoFor }: InferredDependency) => dependency && [because, ...alsoFor].some(({ strength, fact }) =>
    strength !== Strength.READY && !fact.startsWith('webhook '));

  test('every one of the platform is looked at', () => {
    const { kustomizations } = new ExamplePlatform(NO_INFERENCE).delivery(CLUSTER);
    const edges = [...MISSING_EDGES.map(({ edge }) => edge), ...IMPLIED_EDGES, ...SETTLING_EDGES];
    expect(edges.map(edge => edge.join(' ')).sort()).toEqual(kustomizations.flatMap(({ name, dependsOn }) => dependsOn.map(on => `${name} ${on.name}`)).sort());
  });

  test.each(MISSING_EDGES.map(fault => [...fault.edge, fault] as const))('%s no longer waits for %s: it is told, and would come back', (_, __, fault) => {
    expect(found(missing(fault))).toEqual({
      told: fault.told.map(([check, edge]) => `${check}: ${inWords(edge)}`), back: fault.told.map(([, edge]) => inWords(edge)).sort(),
    });
    expect(found(missing(fault).mend)).toEqual({ told: [], back: [] });
  });

  test.each([...IMPLIED_EDGES, ...SETTLING_EDGES])('%s no longer waits for %s: nothing is missing', (...edge) => {
    expect(found(withoutEdges([edge]))).toEqual({ told: [], back: [] });
  });
});
