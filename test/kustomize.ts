import { execFileSync } from 'child_process';
import { existsSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { kubectl } from './binaries';

/** An object as kustomize builds it. */
export interface BuiltObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What `kubectl kustomize` builds from a directory. */
export function kustomizeBuild(directory: string): BuiltObject[] {
  const output = execFileSync(kubectl(), ['kustomize', directory], { encoding: 'utf-8', maxBuffer: 256 * 1024 * 1024 });
  return parseAllDocuments(output).map(document => document.toJS() as BuiltObject);
}

/**
 * What Flux does before it builds a directory without a `kustomization.yaml`: makes one that lists every YAML file.
 * `clusters/<cluster>/` is such a directory.
 */
export function generateKustomization(directory: string): void {
  const path = join(directory, 'kustomization.yaml');
  if (!existsSync(path)) {
    const resources = readdirSync(directory).filter(name => name.endsWith('.yaml')).sort();
    writeFileSync(path, JSON.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }));
  }
}

/** Objects by what identifies them. */
export function byIdentity<T extends BuiltObject>(objects: readonly T[]): Record<string, T> {
  return Object.fromEntries(objects.map(object => [
    [object.apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name].join(' '), object,
  ]));
}
