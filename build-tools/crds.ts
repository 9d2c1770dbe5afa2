/**
 * Takes upstream's CustomResourceDefinitions into crds/: those that crds/index.yaml names, without descriptions.
 *
 * Usage: npx projen crds <folder>
 *
 * The folder holds upstream's YAML files, in any structure, with one or more definitions each.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Document, parse, parseAllDocuments } from 'yaml';
import { withoutDescriptions } from './without-descriptions';

interface IndexEntry {
  readonly project: string;
  readonly definitions: string[];
}

const target = join(__dirname, '..', 'crds');
const [source] = process.argv.slice(2);
if (!source) {
  throw new Error('expected the folder with upstream\'s definitions: npx projen crds <folder>');
}

const upstream = new Map<string, object>();
for (const name of readdirSync(source, { recursive: true, encoding: 'utf-8' }).filter(path => /\.ya?ml$/.test(path)).sort()) {
  for (const document of parseAllDocuments(readFileSync(join(source, name), 'utf-8'))) {
    const definition = document.toJS();
    if (definition?.kind === 'CustomResourceDefinition') {
      upstream.set(definition.metadata.name, definition);
    }
  }
}

const index = parse(readFileSync(join(target, 'index.yaml'), 'utf-8')) as IndexEntry[];
for (const { project, definitions } of index) {
  mkdirSync(join(target, project), { recursive: true });
  for (const name of definitions) {
    const definition = upstream.get(name);
    if (!definition) {
      throw new Error(`${source} has no CustomResourceDefinition ${name}, which crds/index.yaml names for ${project}`);
    }
    const [plural, ...group] = name.split('.');
    const text = new Document(withoutDescriptions(definition), { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
    writeFileSync(join(target, project, `${group.join('.')}_${plural}.yaml`), text);
  }
}
