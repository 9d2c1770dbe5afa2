/**
 * Takes what the catalogue's charts know as values into test/charts/: the keys of each chart's values and the type of each, without
 * their texts. The tests hold the values that components write to them.
 *
 * Usage: npx projen charts <folder>
 *
 * The folder has upstream's charts, each in a directory of its name, at the versions that test/charts/index.yaml names.
 */
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse, stringify } from 'yaml';

interface IndexEntry {
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  /** Charts in this folder whose values are below a key of the chart's own. */
  readonly subcharts?: Record<string, string>;
  /** A chart in this folder whose values are among the chart's own: a library. */
  readonly library?: string;
  /** What the templates read and the file of values does not list, as a tree of the same form. */
  readonly templates?: object;
  readonly written?: boolean;
}

const target = join(__dirname, '..', 'test', 'charts');
const [source] = process.argv.slice(2);
if (!source) {
  throw new Error('expected the folder with upstream\'s charts: npx projen charts <folder>');
}

for (const entry of parse(readFileSync(join(target, 'index.yaml'), 'utf-8')) as IndexEntry[]) {
  const { chart, version, appVersion, subcharts = {}, library, templates = {} } = entry;
  if (entry.written || !existsSync(join(source, chart))) {
    console.log(`${chart}: left as it is`);
    continue;
  }
  const own = library === undefined ? valuesOf(chart) : merged(valuesOf(library), valuesOf(chart));
  const whole = Object.entries(subcharts).reduce((tree, [key, name]) => merged(tree, { [key]: valuesOf(name) }), own);
  const values = merged(whole, templates as Tree);
  writeFileSync(join(target, `${chart}.yaml`), stringify({ chart, version, appVersion, values }, { lineWidth: 0, aliasDuplicateObjects: false }));
}

/** Keys to the type of their value, or to the keys below them. `map`: any key. */
interface Tree {
  [key: string]: string | Tree;
}

function valuesOf(chart: string): Tree {
  return typesIn(parse(readFileSync(join(source, chart, 'values.yaml'), 'utf-8')) ?? {}) as Tree;
}

function typesIn(value: unknown): string | Tree {
  if (Array.isArray(value)) {
    return 'list';
  }
  if (value === null) {
    return 'any';
  }
  if (typeof value !== 'object') {
    return typeof value;
  }
  const entries = Object.entries(value);
  return entries.length === 0 ? 'map' : Object.fromEntries(entries.map(([key, item]) => [key, typesIn(item)]));
}

/** The second tree on top of the first. */
function merged(a: Tree, b: Tree): Tree {
  const tree = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = tree[key];
    tree[key] = typeof own === 'object' && typeof value === 'object' ? merged(own, value) : value;
  }
  return tree;
}
