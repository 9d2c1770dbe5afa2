/**
 * Bundles packages into src/: the CEL parser, which is published as an ES module alone, which jest cannot load before Node 24, and users
 * test their platforms with jest; and the JSON Schema validator, of which a bundle is a tenth of the package.
 */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly outfile: string;
}

const root = join(__dirname, '..');
const BUNDLES: readonly Bundle[] = [
  { name: '@marcbachmann/cel-js', entry: 'lib/index.js', outfile: 'src/synth/cel-js.js' },
  { name: 'ajv', entry: 'dist/ajv.js', outfile: 'src/definitions/ajv.js' },
];

for (const { name, entry, outfile } of BUNDLES) {
  const options = { bundle: true, minify: true, platform: 'node', format: 'cjs', target: 'node20', metafile: true } as const;
  const entryPoint = join(root, 'node_modules', name, entry);
  const { metafile } = buildSync({ ...options, entryPoints: [entryPoint], write: false, outfile: join(root, outfile) });
  const packages = [...new Set(Object.keys(metafile.inputs).map(input => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)![1]))].sort();
  buildSync({
    ...options,
    entryPoints: [entryPoint],
    outfile: join(root, outfile),
    banner: { js: `/*\nBundled by build-tools/bundle.ts.\n\n${packages.map(noticeOf).join('\n\n')}\n*/` },
  });
}

function noticeOf(name: string): string {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8'));
  const file = readdirSync(folder).find(candidate => /^licen[cs]e/i.test(candidate));
  const text = file !== undefined && existsSync(join(folder, file)) ? `\n\n${readFileSync(join(folder, file), 'utf-8').trim()}` : '';
  return `${name} ${version} (${license})${text}`;
}
