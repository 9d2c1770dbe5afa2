import { Severity } from '../../src';
import { DeliveredKustomization, Delivery } from '../../src/delivery/delivery';
import { SummaryInput, summarize } from '../../src/report/summary';
import { emptyDelivery } from '../delivery/delivery-fixtures';

function delivery(cluster: string, objects: number[]): Delivery {
  return {
    ...emptyDelivery(cluster),
    kustomizations: objects.map((size, i): DeliveredKustomization => ({
      name: `k${i}`,
      namespace: 'flux-system',
      layer: `k${i}`,
      constructPath: `${cluster}/k${i}`,
      file: `clusters/${cluster}/k${i}.yaml`,
      directory: `apps/k${i}`,
      source: 'GitRepository flux-system/flux-system',
      dependsOn: [],
      provides: [],
      variables: {},
      variablesElsewhere: [],
      manifest: {},
      objects: Array.from({ length: size }, (_, j) => ({
        apiVersion: 'v1', kind: 'ConfigMap', name: `c${j}`, file: `apps/k${i}/c${j}.yaml`, constructPath: `${cluster}/k${i}/c${j}`, manifest: {},
      })),
    })),
  };
}

/** A summary of a platform on which the checks found nothing, if nothing else is said. */
function summarized(input: Omit<SummaryInput, 'findings' | 'color'> & Partial<SummaryInput>): string {
  return summarize({ findings: [], color: false, ...input });
}

test('a summary tells what was written and what each cluster needs first', () => {
  expect(summarized({
    outdir: 'dist',
    files: { 'apps/a.yaml': '', 'clusters/dev/a.yaml': '', 'clusters/dev/b.yaml': '', 'clusters/prod/a.yaml': '' },
    deliveries: [delivery('dev', [1, 2]), delivery('prod', [1])],
    prerequisites: {
      dev: [
        { what: 'Flux', because: 'nothing is reconciled without it', command: 'flux install \\\n  --version=2.9.0' },
        { what: 'the key of the GitHub App', object: { kind: 'Secret', namespace: 'flux-system', name: 'github' } },
        { what: 'the storage class', object: { kind: 'StorageClass', name: 'gp3' }, because: 'volumes are made of it' },
      ],
    },
  })).toBe(`Wrote 4 files to dist:
  apps/           1 file
  clusters/       3 files

Cluster dev: 2 Kustomizations with 3 objects.
Before Flux starts there, it needs:
  - Flux (nothing is reconciled without it)
      flux install \\
        --version=2.9.0
  - the key of the GitHub App, Secret flux-system/github
  - the storage class, StorageClass gp3 (volumes are made of it)

Cluster prod: 1 Kustomization with 1 object.
`);
});

test('a platform without clusters is files alone', () => {
  expect(summarized({ outdir: 'out', files: { 'flux/a.yaml': '' }, deliveries: [], prerequisites: {} }))
    .toBe('Wrote 1 file to out:\n  flux/           1 file\n');
});

test('a cluster without Kustomizations has none, and nothing is said of needs', () => {
  expect(summarized({ outdir: 'out', files: {}, deliveries: [delivery('dev', [])], prerequisites: { dev: [], other: [{ what: 'x' }] } }))
    .toBe('Wrote 0 files to out:\n\nCluster dev: 0 Kustomizations with 0 objects.\n');
});

test('a summary tells which dependencies do not wait for the same commit', () => {
  const dev = delivery('dev', [1, 1]);
  const [first, second] = dev.kustomizations;
  const dependsOn = [{ name: 'k0', namespace: 'flux-system' }, { name: 'elsewhere', namespace: 'flux-system' }];
  const other = { ...second, source: 'ExternalArtifact flux-system/apps', dependsOn };
  expect(summarized({ outdir: 'dist', files: {}, deliveries: [{ ...dev, kustomizations: [first, other] }], prerequisites: {} })).toContain(
    'Cluster dev: 2 Kustomizations with 2 objects.\n'
    + '  k1 waits for k0, which reads another source: until it is ready, not until it has the same commit.\n',
  );
});

test('a summary tells warnings and what was accepted, and counts the rest', () => {
  const finding = { check: 'workers-held', severity: Severity.INFO, cluster: 'dev', message: 'is slow', fix: 'wait' };
  const findings = [
    finding,
    { ...finding, check: 'release-gives-up', severity: Severity.WARNING, message: 'gives up' },
    { ...finding, check: 'secret-in-git', severity: Severity.ERROR, message: 'is known', acceptedBecause: 'it is a test' },
  ];
  const text = summarized({ outdir: 'out', files: {}, deliveries: [], prerequisites: {}, findings });
  expect(text).toBe(`\
Wrote 0 files to out:

warning release-gives-up  dev
  the cluster gives up
  mend: wait

accepted secret-in-git  dev
  the cluster is known
  because: it is a test

The checks have 1 info on top: platform.findings().
`);
});
