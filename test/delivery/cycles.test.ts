import { emptyDelivery } from './delivery-fixtures';
import { findCycles, kustomizationId } from '../../src/delivery/cycles';
import { DeliveredDependency, DeliveredKustomization, Delivery } from '../../src/delivery/delivery';

function kustomization(name: string, dependsOn: DeliveredDependency[], namespace = 'flux-system'): DeliveredKustomization {
  return {
    name,
    namespace,
    dependsOn,
    layer: name,
    constructPath: `dev/${name}`,
    file: `clusters/dev/${name}.yaml`,
    directory: `apps/${name}`,
    source: 'GitRepository flux-system/flux-system',
    objects: [],
    provides: [],
    variables: {},
    variablesElsewhere: [],
    manifest: {},
  };
}

/** A delivery, from each Kustomization's name to the names that it waits for. */
function delivery(graph: Record<string, string>): Delivery {
  return {
    ...emptyDelivery('dev'),
    kustomizations: Object.entries(graph).map(([name, targets]) =>
      kustomization(name, targets.split(' ').filter(target => target !== '').map(target => ({ name: target, namespace: 'flux-system' })))),
  };
}

/** Cycles as text: `a → b → a`. */
function cyclesOf(graph: Delivery): string[] {
  return findCycles(graph).map(cycle => [...cycle.map(edge => edge.from.name), cycle[cycle.length - 1].dependency.name].join(' → '));
}

test('an empty delivery has no cycle', () => {
  expect(findCycles(delivery({}))).toEqual([]);
});

test('what can be put in an order has no cycle', () => {
  expect(cyclesOf(delivery({ crds: '', crossplane: 'crds', epis: 'crossplane crds', security: 'epis crds' }))).toEqual([]);
});

test('a Kustomization that waits for itself is a cycle', () => {
  expect(cyclesOf(delivery({ a: 'a' }))).toEqual(['a → a']);
});

test('two that wait for each other are a cycle', () => {
  expect(cyclesOf(delivery({ b: 'a', a: 'b' }))).toEqual(['a → b → a']);
});

test('a cycle tells each edge with its reason', () => {
  const a = kustomization('a', [{ name: 'b', namespace: 'flux-system', because: 'CRDs of b' }]);
  const b = kustomization('b', [{ name: 'a', namespace: 'flux-system' }]);
  expect(findCycles({ ...emptyDelivery('dev'), kustomizations: [a, b] })).toEqual([[
    { from: a, dependency: { name: 'b', namespace: 'flux-system', because: 'CRDs of b' } },
    { from: b, dependency: { name: 'a', namespace: 'flux-system' } },
  ]]);
});

test('what only waits for a cycle, or is only waited for, is not in it', () => {
  expect(cyclesOf(delivery({ before: '', a: 'b before', b: 'a', behind: 'a', further: 'behind' }))).toEqual(['a → b → a']);
});

test('the shortest way round is told', () => {
  expect(cyclesOf(delivery({ a: 'b c', b: 'c', c: 'a' }))).toEqual(['a → c → a', 'b → c → a → b']);
});

test('every Kustomization that is in a cycle is named, also where cycles meet', () => {
  expect(cyclesOf(delivery({ a: 'b', b: 'a c', c: 'b' }))).toEqual(['a → b → a', 'c → b → c']);
  expect(cyclesOf(delivery({ a: 'b', b: 'a b' }))).toEqual(['a → b → a']);
});

test('no cycle is told twice', () => {
  expect(cyclesOf(delivery({ c: 'a', b: 'c', a: 'b' }))).toEqual(['a → b → c → a']);
});

test('cycles that are apart are told one by one, in the order of their names', () => {
  expect(cyclesOf(delivery({ z: 'y', y: 'z', self: 'self', b: 'a', a: 'b' }))).toEqual(['a → b → a', 'self → self', 'y → z → y']);
});

test('a dependency that does not exist is no cycle', () => {
  expect(cyclesOf(delivery({ a: 'nobody', b: 'a nobody' }))).toEqual([]);
});

test('a dependency that does not exist hides no cycle', () => {
  expect(cyclesOf(delivery({ a: 'nobody b', b: 'a' }))).toEqual(['a → b → a']);
});

test('a dependency that is there twice counts once', () => {
  expect(cyclesOf(delivery({ a: '', b: 'a a', c: 'b b' }))).toEqual([]);
});

test('the same name in another namespace is another Kustomization', () => {
  const kustomizations = [
    kustomization('a', [{ name: 'a', namespace: 'two' }], 'one'),
    kustomization('a', [], 'two'),
  ];
  expect(findCycles({ ...emptyDelivery('dev'), kustomizations })).toEqual([]);
});

test('a long chain is no burden, and a long circle is found', () => {
  const names = Array.from({ length: 1000 }, (_, i) => `k${String(i).padStart(4, '0')}`);
  const chain = Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? '']));
  expect(cyclesOf(delivery(chain))).toEqual([]);
  expect(cyclesOf(delivery({ ...chain, k0999: 'k0000' }))).toEqual([[...names, 'k0000'].join(' → ')]);
});

test('a Kustomization is named with its namespace', () => {
  expect(kustomizationId({ name: 'crds', namespace: 'flux-system' })).toBe('flux-system/crds');
});

test('of all that lies on a cycle in any graph of four, something is told, and nothing else', () => {
  const names = ['a', 'b', 'c', 'd'];
  for (let edges = 0; edges < 2 ** 16; edges += 7) {
    const graph = Object.fromEntries(names.map((name, i) => [name, names.filter((_, j) => Math.floor(edges / 2 ** (4 * i + j)) % 2 === 1).join(' ')]));
    const told = findCycles(delivery(graph)).map(cycle => cycle.map(edge => edge.from.name));
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      graph[from].split(' ').filter(name => name !== '' && !seen.has(name)).forEach(name => reached(name, seen.add(name)));
      return seen;
    };
    expect([...new Set(told.flat())].sort()).toEqual(names.filter(name => reached(name).has(name)));
    expect(new Set(told.map(cycle => [...cycle].sort().join(' '))).size).toBe(told.length);
  }
});
