/**
 * How long it takes to load the library, beside what its users load anyway, and to compile it. Prints figures, judges nothing.
 *
 * Usage: npx projen compile && npx projen bench
 */
import { execFileSync } from 'child_process';
import { join } from 'path';

const RUNS = 21;
const root = join(__dirname, '..');

/** Milliseconds that a fresh process needs to load modules, without its own start. */
function load(modules: readonly string[]): number {
  const script = `const start = process.hrtime.bigint(); ${modules.map(name => `require(${JSON.stringify(name)});`).join(' ')}`
    + ' process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));';
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf-8' }));
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];
}

const others = ['cdk8s', 'cdk8s-plus-28'];
const runs = Array.from({ length: RUNS }, () => ({ others: load(others), all: load([...others, join(root, 'lib', 'src', 'index.js')]) }));
const base = median(runs.map(run => run.others));
const all = median(runs.map(run => run.all));
console.log(`loading cdk8s and cdk8s-plus-28       ${base.toFixed(0)} ms (median of ${RUNS})`);
console.log(`loading them and cdk8s-strata         ${all.toFixed(0)} ms, ${(all - base).toFixed(0)} ms more (budget 150 ms), ${(all / base).toFixed(2)} times as long`);

const start = process.hrtime.bigint();
execFileSync('npx', ['projen', 'compile'], { cwd: root, stdio: 'ignore' });
console.log(`npx projen compile                    ${(Number(process.hrtime.bigint() - start) / 1e9).toFixed(1)} s (budget 60 s)`);
