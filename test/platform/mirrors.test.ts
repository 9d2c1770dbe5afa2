import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { Component, Mirror, Testing } from '../../src';

/** The spec of an object as a platform with mirrors writes it. */
function mirrored(apiVersion: string, kind: string, spec: object, ...mirrors: Mirror[]): object {
  const platform = Testing.platform({ mirrors });
  new ApiObject(new Component(platform, 'stand', { area: 'apps' }), 'one', { apiVersion, kind, spec });
  return parse(Testing.synth(platform)[`apps/base/stand/${kind.toLowerCase()}-one.yaml`]).spec;
}

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const github = { from: 'https://github.com', to: 'https://git.example.com/github' };
const ghcr = { from: 'oci://ghcr.io', to: 'oci://registry.example.com/ghcr', insecure: true };

test.each<[string, string, object, Mirror, object]>([
  [SOURCE, 'GitRepository', { url: 'https://github.com/acme/platform' }, github, { url: 'https://git.example.com/github/acme/platform' }],
  [SOURCE, 'OCIRepository', { url: 'oci://ghcr.io/acme/chart' }, ghcr, { url: 'oci://registry.example.com/ghcr/acme/chart', insecure: true }],
  [SOURCE, 'HelmRepository', { url: 'oci://ghcr.io/acme' }, ghcr, { url: 'oci://registry.example.com/ghcr/acme', insecure: true }],
  [SOURCE, 'Bucket', { endpoint: 's3.amazonaws.com' }, { from: 's3.amazonaws.com', to: 'minio.example.com', insecure: true }, { endpoint: 'minio.example.com', insecure: true }],
  ['image.toolkit.fluxcd.io/v1', 'ImageRepository', { image: 'ghcr.io/acme/app' }, { from: 'ghcr.io', to: 'registry.example.com' }, { image: 'registry.example.com/acme/app' }],
  ['pkg.crossplane.io/v1', 'Provider', { package: 'xpkg.crossplane.io/x/p:v1' }, { from: 'xpkg.crossplane.io', to: 'r.example.com' }, { package: 'r.example.com/x/p:v1' }],
])('the URL of a %s %s is rewritten', (apiVersion, kind, spec, mirror, expected) => {
  expect(mirrored(apiVersion, kind, spec, mirror)).toEqual(expected);
});

test('a FluxInstance has three places', () => {
  const spec = { distribution: { registry: 'ghcr.io/fluxcd', artifact: 'oci://ghcr.io/manifests' }, sync: { url: 'https://github.com/acme/platform' } };
  expect(mirrored('fluxcd.controlplane.io/v1', 'FluxInstance', spec, github, ghcr, { from: 'ghcr.io/fluxcd', to: 'registry.example.com/flux' })).toEqual({
    distribution: { registry: 'registry.example.com/flux', artifact: 'oci://registry.example.com/ghcr/manifests' },
    sync: { url: 'https://git.example.com/github/acme/platform' },
  });
});

test('the longest prefix counts', () => {
  const acme = { from: 'https://github.com/acme', to: 'https://acme.example.com' };
  expect(mirrored(SOURCE, 'GitRepository', { url: 'https://github.com/acme/platform' }, github, acme)).toEqual({ url: 'https://acme.example.com/platform' });
});

test('a prefix ends at a slash', () => {
  const url = 'https://github.company.com/acme/platform';
  expect(mirrored(SOURCE, 'GitRepository', { url }, { from: 'https://github.com', to: 'https://x' }, { from: 'https://github.company.com/ac', to: 'https://x' }))
    .toEqual({ url });
});

test('a URL that no mirror has and a kind that has no URL stay as they are', () => {
  expect(mirrored(SOURCE, 'GitRepository', { url: 'https://gitlab.com/acme/platform' }, github)).toEqual({ url: 'https://gitlab.com/acme/platform' });
  expect(mirrored('example.com/v1', 'Page', { url: 'https://github.com/acme' }, github)).toEqual({ url: 'https://github.com/acme' });
});
