/**
 * How long the checks take: of the platform of examples/fleet (three clusters), and of the nine-layer platform on a thousand clusters.
 * Prints figures, judges nothing.
 *
 * Usage: npx tsx bench/checks.ts
 */
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { EksPlatform } from '../src';
import { examine } from '../src/checks/examine';
import { Assessor } from '../src/delivery/assessment';
import { Delivery } from '../src/delivery/delivery';

function platform(clusters: number): EksPlatform {
  return new EksPlatform({
    outdir: mkdtempSync(join(tmpdir(), 'cdk8s-strata-bench-')),
    repository: { url: 'https://github.com/acme/platform' },
    clusters: Array.from({ length: clusters }, (_, i) =>
      ({ name: `cluster-${i}`, region: 'eu-west-3', domain: `c${i}.example.com`, vpcCidr: `10.${i % 256}.0.0/16` })),
  });
}

/** Milliseconds. */
function timed<T>(work: () => T): readonly [number, T] {
  const start = process.hrtime.bigint();
  const result = work();
  return [Number(process.hrtime.bigint() - start) / 1e6, result];
}

function check(deliveries: readonly Delivery[]): readonly [number, number] {
  const assessor = new Assessor({ infer: true, partial: false });
  const [assessed] = timed(() => deliveries.map(delivery => assessor.assess(delivery)));
  const [examined] = timed(() => examine(deliveries, [], []));
  return [assessed, examined];
}

console.log('clusters  synthesis of all  proof      checks     both, each cluster  memory');
for (const clusters of [3, 3, 10, 100, 1000]) {
  const [whole, deliveries] = timed(() => platform(clusters).deliveries());
  const [assessed, examined] = check(deliveries);
  const memory = process.memoryUsage().rss / 2 ** 20;
  console.log([
    String(clusters).padEnd(8), `${whole.toFixed(0)} ms`.padEnd(16), `${assessed.toFixed(0)} ms`.padEnd(9), `${examined.toFixed(0)} ms`.padEnd(9),
    `${((assessed + examined) / clusters).toFixed(2)} ms`.padEnd(18), `${memory.toFixed(0)} MB`,
  ].join('  '));
}
