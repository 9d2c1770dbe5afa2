/**
 * Bundles the CEL parser into src/synth/cel-js.js. It is published as an ES module alone, which jest cannot load before Node 24, and
 * users test their platforms with jest.
 */
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { buildSync } from 'esbuild';

const PACKAGE = '@marcbachmann/cel-js';

const folder = join(__dirname, '..', 'node_modules', PACKAGE);
const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8'));
const text = readFileSync(join(folder, 'LICENSE'), 'utf-8').trim();

buildSync({
  entryPoints: [join(folder, 'lib', 'index.js')],
  outfile: join(dirname(__dirname), 'src', 'synth', 'cel-js.js'),
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  banner: { js: `/*\n${PACKAGE} ${version} (${license}), bundled by build-tools/bundle-cel.ts.\n\n${text}\n*/` },
});
