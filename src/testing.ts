import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import { parse } from 'yaml';
import { Platform, PlatformProps } from './platform';
import { isJsonObject, Json, JsonObject, pointerSegment } from './synth/json';

/** Where an assertion looks. */
export interface AssertionOptions {
  /**
   * Name of the cluster.
   *
   * @default - the platform's only cluster
   */
  readonly cluster?: string;
}

/** Helpers for tests of platforms, and of constructs for them. */
export class Testing {
  /**
   * A platform for a test of single constructs: its output goes to a directory of its own, and what it does not deliver is taken to be on
   * the clusters (`partial`).
   */
  public static platform(props: PlatformProps = {}): Platform {
    return new Platform({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-strata-')), partial: true, ...props });
  }

  /** The repository that a platform synthesizes: path → content. A snapshot of it tells every change. */
  public static synth(platform: Platform): { [path: string]: string } {
    return platform.files();
  }

  /** The same, for assertions on single objects. */
  public static repository(platform: Platform): SynthesizedRepository {
    return new SynthesizedRepository(platform.files());
  }

  private constructor() {}
}

/** A repository that was synthesized in memory, and assertions on it. Each throws an error that says what was found. */
export class SynthesizedRepository {
  /** Paths of its files, sorted. */
  public readonly paths: string[];

  private readonly objects = new Map<string, JsonObject>();

  /** @param files path → content */
  constructor(files: { [path: string]: string }) {
    this.paths = Object.keys(files);
    for (const [path, content] of Object.entries(files)) {
      this.objects.set(path, parse(content));
    }
  }

  /**
   * The object in a file.
   *
   * @throws where there is no such file
   */
  public object(path: string): any {
    const object = this.objects.get(path);
    if (!object) {
      throw new Error(`the repository has no file "${path}"; it has:\n${this.paths.map(known => `  ${known}`).join('\n')}`);
    }
    return object;
  }

  /**
   * Asserts that a cluster has a Kustomization whose `spec` has these fields; fields that are not given may be anything.
   *
   * @param name name of the Kustomization
   * @param spec fields of its `spec`; mappings are compared field by field, lists as a whole
   */
  public hasKustomization(name: string, spec: { [field: string]: any } = {}, options: AssertionOptions = {}): void {
    const kustomizations = [...this.objects].filter(([path, object]) =>
      path.startsWith(options.cluster ? `clusters/${options.cluster}/` : 'clusters/') && object.kind === 'Kustomization' && nameOf(object) === name);
    if (kustomizations.length !== 1) {
      const place = options.cluster ? `cluster "${options.cluster}"` : 'the repository';
      throw new Error(`expected one Kustomization "${name}" in ${place}, found ${kustomizations.length}`
        + `${kustomizations.length > 1 ? ': say which cluster\'s with { cluster: … }' : ''}`);
    }
    const [path, object] = kustomizations[0];
    assertFields(`Kustomization "${name}" in ${path}`, { spec }, object);
  }

  /**
   * Asserts that the repository has an object with these fields; fields that are not given may be anything.
   *
   * @param fields of the object, for example `{ metadata: { namespace: 'security' }, spec: { … } }`
   */
  public hasObject(kind: string, name: string, fields: { [field: string]: any } = {}): void {
    const found = [...this.objects].filter(([, object]) => object.kind === kind && nameOf(object) === name);
    const different = found.map(([path, object]) => differences(fields, object).map(difference => `${path}: ${difference}`));
    if (!different.some(list => list.length === 0)) {
      throw new Error(found.length === 0
        ? `the repository has no ${kind} "${name}"`
        : `${kind} "${name}" is not as expected:\n${different.flat().map(line => `  ${line}`).join('\n')}`);
    }
  }
}

function nameOf(object: JsonObject): Json | undefined {
  return isJsonObject(object.metadata) ? object.metadata.name : undefined;
}

function assertFields(what: string, expected: JsonObject, object: JsonObject): void {
  const lines = differences(expected, object);
  if (lines.length > 0) {
    throw new Error(`${what} is not as expected:\n${lines.map(line => `  ${line}`).join('\n')}`);
  }
}

/** Where an object differs from the fields that are expected of it. */
function differences(expected: JsonObject, actual: Json | undefined, pointer = ''): string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    const at = `${pointer}/${pointerSegment(key)}`;
    const found = isJsonObject(actual) ? actual[key] : undefined;
    if (isJsonObject(value) && (isJsonObject(found) || Object.keys(value).length > 0)) {
      return differences(value, found, at);
    }
    return isDeepStrictEqual(found, value) ? [] : [`${at} is ${JSON.stringify(found) ?? 'missing'}; expected ${JSON.stringify(value) ?? 'no such field'}`];
  });
}
