/** What the library writes, as Flux applies it: of the examples, and of every platform that a unit test makes. */
import { readdirSync } from 'fs';
import { join } from 'path';
import { Delivery, Platform } from 'cdk8s-strata';
import { parse } from 'yaml';
import { applied } from '../src/checks/support/applied';
import { variableValues } from '../src/delivery/substituted';
import { groupKind } from '../src/synth/api-group';
import { substituteObject } from '../src/synth/envsubst';
import { JsonObject, stringsIn } from '../src/synth/json';

const TESTS = join(__dirname, '..', 'test');

/** An object, and what wrote it first. */
export interface SynthesizedObject {
  readonly object: JsonObject;
  readonly from: string;
  /** What defines its kind, if its platform does. */
  readonly definedBy?: JsonObject;
}

/** Objects as Flux applies them: what is written twice is here once. */
export class SynthesizedObjects {
  private readonly found = new Map<string, SynthesizedObject>();

  public get all(): readonly SynthesizedObject[] {
    return [...this.found.values()];
  }

  /**
   * Adds what a platform delivers to its clusters, and the objects of components that it delivers to none.
   *
   * @param files what it synthesizes
   * @param from name of the platform
   */
  public add(platform: Platform, files: { readonly [path: string]: string }, from: string): void {
    const deliveries = platform.deliveries();
    const delivered = new Set(deliveries.flatMap(({ kustomizations }) => kustomizations.flatMap(({ objects }) => objects.map(({ file }) => file))));
    const others = Object.keys(files).filter(path => !path.startsWith('clusters/') && !delivered.has(path)).map(path => parse(files[path]) as JsonObject);
    this.addAll(others.filter(({ apiVersion }) => !String(apiVersion).startsWith('kustomize.config.k8s.io/')).map(object => withAnyValues(object)), from);
    deliveries.forEach(delivery => this.addAll(appliedIn(delivery), `${from} › ${delivery.cluster}`));
  }

  private addAll(objects: readonly JsonObject[], from: string): void {
    const defined = new Map(objects.flatMap(object => definedKinds(object).map(kind => [kind, object])));
    for (const object of objects) {
      const definedBy = defined.get(groupKind(object));
      const text = JSON.stringify([object, definedBy]);
      if (!this.found.has(text)) {
        this.found.set(text, { object, from, definedBy });
      }
    }
  }
}

/** The kinds that an object defines: `group/Kind`. */
function definedKinds({ spec }: any): string[] {
  return spec?.names?.kind === undefined ? [] : [`${spec.group}/${spec.names.kind}`];
}

/** What Flux applies on a cluster. */
function appliedIn(delivery: Delivery): JsonObject[] {
  const { kustomizations, beside } = delivery;
  return [
    ...[...kustomizations, ...beside].map(({ manifest }) => manifest as JsonObject),
    ...kustomizations.flatMap(kustomization => {
      const values = variableValues(delivery, kustomization);
      return applied(kustomization).map(({ manifest }) => values.size === 0 ? manifest : withAnyValues(manifest, values));
    }),
  ];
}

/** Values of variables that a test does not say, where not every text will do. */
const VALUES: ReadonlyMap<string, string> = new Map(Object.entries({
  vpc_cidr: '10.0.0.0/16', subnet: 'subnet-0a1b2c', security_group: 'sg-0a1b2c', ami: 'ami-0a1b2c',
}));

/** An object as a cluster gets it: where a variable has no value, with one. */
function withAnyValues(manifest: JsonObject, values: ReadonlyMap<string, string> = new Map()): JsonObject {
  const names = stringsIn(manifest).flatMap(({ text }) => [...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name));
  const all = new Map(names.map(name => [name, values.get(name) ?? VALUES.get(name) ?? 'x']));
  const { object, error } = substituteObject(manifest, all);
  if (error !== undefined) {
    throw new Error(`${String(manifest.kind)}: ${error}`);
  }
  return object;
}

/** The files of unit tests below these folders of `test/`. */
export function unitTests(...folders: readonly string[]): string[] {
  return folders.flatMap(folder => readdirSync(join(TESTS, folder), { recursive: true, encoding: 'utf-8' }).filter(file => file.endsWith('.test.ts')).sort()
    .map(file => join(folder, file)));
}

/**
 * Has unit tests run here as they are, beside the tests of this suite, and keeps what they synthesize without an error.
 *
 * @param files their paths in `test/`
 * @param objects where it is kept
 */
export function runUnitTests(files: readonly string[], objects: SynthesizedObjects): void {
  const { files: synthesize } = Platform.prototype;
  beforeAll(() => {
    Platform.prototype.files = function (this: Platform) {
      const synthesized = synthesize.call(this);
      objects.add(this, synthesized, expect.getState().currentTestName!);
      return synthesized;
    };
  });
  afterAll(() => {
    Platform.prototype.files = synthesize;
  });
  // Snapshots are held against the tests' own.
  expect.extend({ toMatchSnapshot: () => ({ pass: true, message: () => '' }) });
  describe.each(files)('%s', file => {
    jest.requireActual(join(TESTS, file));
  });
}
