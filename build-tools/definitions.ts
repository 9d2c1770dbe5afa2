/**
 * Packs crds/ into src/definitions/data/, which the library reads at synth: a file for each API group, and one for Kubernetes.
 *
 * Usage: npx projen definitions
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'zlib';
import { parse } from 'yaml';

interface IndexEntry {
  readonly project: string;
  readonly repository: string;
  readonly version: string;
  readonly licence: string;
  readonly definitions: string[];
}

const source = join(__dirname, '..', 'crds');
const target = join(__dirname, '..', 'src', 'definitions', 'data');
mkdirSync(target, { recursive: true });

const indexText = readFileSync(join(source, 'index.yaml'), 'utf-8');
const index = parse(indexText) as IndexEntry[];
const kubernetesVersion = /kubernetes\/kubernetes (v[\d.]+)/.exec(indexText)![1];

const groups: Record<string, object> = {};
for (const { project, repository, version, definitions } of index) {
  for (const name of definitions) {
    const [plural, ...labels] = name.split('.');
    const group = labels.join('.');
    const { spec } = parse(readFileSync(join(source, project, `${group}_${plural}.yaml`), 'utf-8'));
    groups[group] = { ...groups[group], [spec.names.kind]: { origin: `${repository.split('/').pop()} ${version.split(/[,;]/)[0]}`, scope: spec.scope, versions: versionsOf(spec.versions) } };
  }
}

/** The version that is stored comes first. */
function versionsOf(versions: any[]): object[] {
  return [...versions].sort((a, b) => Number(b.storage) - Number(a.storage))
    .map(({ name, served, schema }) => ({ name, served, ...served ? { schema: schema.openAPIV3Schema } : {} }));
}

const packed = {
  ...groups,
  kubernetes: { origin: `Kubernetes ${kubernetesVersion}`, definitions: JSON.parse(readFileSync(join(source, 'kubernetes', 'api.json'), 'utf-8')) },
};
const files = Object.entries(packed).map(([name, content]) => pack(`${name}.json.br`, content));
const notice = 'NOTICE.md';
writeFileSync(join(target, notice), noticeText());
readdirSync(target).filter(name => ![...files, notice].includes(name)).forEach(name => rmSync(join(target, name)));

/** A compressor of another version may give other bytes: a file whose content is right stays. */
function pack(name: string, content: object): string {
  const path = join(target, name);
  const text = JSON.stringify(content);
  if (!existsSync(path) || unpacked(path) !== text) {
    writeFileSync(path, brotliCompressSync(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
    }));
  }
  return name;
}

function unpacked(path: string): string | undefined {
  try {
    return brotliDecompressSync(readFileSync(path)).toString();
  } catch {
    return undefined;
  }
}

function noticeText(): string {
  const rows = index.map(({ repository, version, licence }) => `| ${repository} | ${version} | ${licence} |`);
  return [
    '# Definitions of other projects',
    '',
    'The files beside this one hold the schemas of the CustomResourceDefinitions and of the Kubernetes API that these projects publish, without',
    'their descriptions. Each stays under the licence of its project. They are made from `crds/` by `npx projen definitions`.',
    '',
    '| project | version | licence |',
    '| --- | --- | --- |',
    ...[...new Set(rows)],
    `| https://github.com/kubernetes/kubernetes | ${kubernetesVersion} | Apache-2.0 |`,
    '',
  ].join('\n');
}
