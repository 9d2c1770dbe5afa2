/** Builds the programs that the end-to-end tests run, those that are missing, one after the other. */
import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, renameSync } from 'fs';
import { dirname } from 'path';
import { folderOf, placeOf, Program, PROGRAMS, versionOf } from './harness/programs';

const NEEDED = [1, 26];

function main(): void {
  const missing = PROGRAMS.filter(program => !existsSync(placeOf(program)));
  if (missing.length === 0) {
    return;
  }
  requireGo();
  const minutes = Math.ceil(missing.reduce((sum, { seconds }) => sum + seconds, 0) / 60);
  console.log(`Building ${missing.map(({ name }) => name).join(', ')}: about ${minutes} minutes on two cores where nothing is in Go's caches.`);
  missing.forEach(build);
}

function requireGo(): void {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf-8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const version = stdout?.match(/^go(\d+)\.(\d+)/)?.slice(1).map(Number);
  if (!version || version[0] < NEEDED[0] || version[0] === NEEDED[0] && version[1] < NEEDED[1]) {
    console.error(`The end-to-end tests build Kubernetes and Flux with Go ${NEEDED.join('.')} or newer, and there is ${version ? `Go ${version.join('.')}` : 'none'} `
      + 'in the PATH: install it from https://go.dev/dl.');
    process.exit(1);
  }
}

/** With a quarter of the garbage collections that the compiler would do: they are a quarter of its work. */
function build(program: Program): void {
  const start = Date.now();
  const place = placeOf(program);
  const unfinished = `${place}.${process.pid}`;
  const flags = ['-s', '-w', ...Object.entries(program.linked ?? {}).map(([name, value]) => `-X ${name}=${value}`)];
  mkdirSync(dirname(place), { recursive: true });
  process.stdout.write(`  ${program.name} ${versionOf(program)} … `);
  const { status, stderr } = spawnSync('go', ['build', '-p', '2', '-trimpath', `-ldflags=${flags.join(' ')}`, '-o', unfinished, program.package], {
    cwd: folderOf(program),
    encoding: 'utf-8',
    env: { ...process.env, CGO_ENABLED: '0', GOGC: '400', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
  });
  if (status !== 0) {
    console.error(`failed:\n${stderr}`);
    process.exit(1);
  }
  renameSync(unfinished, place);
  console.log(`${Math.round((Date.now() - start) / 1000)} s`);
}

main();
