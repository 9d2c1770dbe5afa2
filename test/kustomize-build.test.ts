import { join } from 'path';
import { byIdentity, generateKustomization, kustomizeBuild } from './kustomize';
import { EksPlatform, Testing } from '../src';

function synthesized(clusters: string[]): EksPlatform {
  const platform = new EksPlatform({
    outdir: Testing.platform().outdir,
    repository: { url: 'https://github.com/acme/platform' },
    clusters: clusters.map((name, i) => ({ name, region: 'eu-west-3', domain: `${name}.example.com`, vpcCidr: `10.${i}.0.0/16` })),
  });
  platform.synth();
  return platform;
}

test.each([
  ['one cluster', ['mycluster-0']],
  ['three clusters', ['dev', 'production', 'staging']],
])('kustomize builds exactly what each Kustomization delivers, for %s', (_, names) => {
  const platform = synthesized(names);
  const deliveries = platform.deliveries();
  expect(deliveries.map(delivery => delivery.cluster)).toEqual(names);
  for (const { cluster, kustomizations } of deliveries) {
    for (const { directory, objects } of kustomizations) {
      expect(byIdentity(kustomizeBuild(join(platform.outdir, directory)))).toEqual(byIdentity(objects.map(object => object.manifest)));
    }
    const clusterDirectory = join(platform.outdir, 'clusters', cluster);
    generateKustomization(clusterDirectory);
    expect(kustomizeBuild(clusterDirectory).filter(object => object.kind === 'Kustomization').map(object => object.metadata.name).sort())
      .toEqual(kustomizations.map(kustomization => kustomization.name).sort());
  }
});
