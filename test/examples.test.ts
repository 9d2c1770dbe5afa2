/** The repositories that the examples synthesize, as they are committed: what Flux would read. */
import { cpSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { byIdentity, BuiltObject, generateKustomization, kustomizeBuild } from './kustomize';
import { objectProblems } from './objects';
import { temporaryFolder } from './temporary-folder';

const EXAMPLES = join(__dirname, '..', 'examples');

interface FluxKustomization extends BuiltObject {
  readonly spec: { readonly path: string; readonly sourceRef: { readonly name: string } };
}

const clusters = readdirSync(EXAMPLES).flatMap(example => readdirSync(join(EXAMPLES, example, 'gitops', 'clusters')).map(cluster => ({ example, cluster })));

/** A copy, because kustomize wants a file in `clusters/<cluster>` that only Flux makes. */
const copies = new Map(readdirSync(EXAMPLES).map(example => {
  const copy = temporaryFolder();
  cpSync(join(EXAMPLES, example, 'gitops'), copy, { recursive: true });
  return [example, copy];
}));

describe.each(clusters)('$example, $cluster', ({ example, cluster }) => {
  const root = copies.get(example)!;
  const directory = join(root, 'clusters', cluster);
  generateKustomization(directory);
  const built = kustomizeBuild(directory);
  const kustomizations = built.filter((object): object is FluxKustomization => object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'));
  const delivered = [directory, ...kustomizations.map(({ spec }) => join(root, spec.path))].flatMap(kustomizeBuild);

  test('every Flux path builds, and delivers something', () => {
    expect(kustomizations.length).toBeGreaterThan(8);
    expect(kustomizations.map(({ spec }) => spec.sourceRef.name)).toEqual(kustomizations.map(() => 'flux-system'));
    expect(kustomizations.filter(({ spec }) => kustomizeBuild(join(root, spec.path)).length === 0)).toEqual([]);
  });

  test('nothing is delivered twice', () => {
    expect(Object.keys(byIdentity(delivered))).toHaveLength(delivered.length);
  });

  test('every object is what its definition allows, every value is one that its chart has, and none is a secret', () => {
    expect(delivered.flatMap(object => objectProblems(object).map(problem => `${object.kind} ${object.metadata.name}: ${problem}`))).toEqual([]);
  });
});

test('no text looks like a key or a token', () => {
  const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[baprs]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./;
  const files = [...copies.values()].flatMap(copy => readdirSync(copy, { recursive: true, encoding: 'utf-8' }).filter(path => path.endsWith('.yaml')).map(path => join(copy, path)));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(path => secret.test(readFileSync(path, 'utf-8')))).toEqual([]);
  expect(files.filter(path => parse(readFileSync(path, 'utf-8')).kind === 'Secret')).toEqual([]);
});
