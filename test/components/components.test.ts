import { parse } from 'yaml';
import { Testing, components } from '../../src';

test('a user\'s chart values win over the component\'s, field by field', () => {
  const platform = Testing.platform();
  new components.ExternalSecrets(platform, 'external-secrets', { values: { serviceAccount: { annotations: { team: 'platform' } }, replicaCount: 2 } });
  expect(parse(Testing.synth(platform)['security/base/external-secrets/helmrelease.yaml']).spec.values).toEqual({
    installCRDs: false,
    serviceAccount: { name: 'external-secrets', annotations: { team: 'platform' } },
    replicaCount: 2,
  });
});

test('the store of External Secrets is of the cluster and not of the operator\'s namespace', () => {
  const platform = Testing.platform();
  new components.ExternalSecrets(platform, 'external-secrets', { storeName: 'vault' });
  expect(parse(Testing.synth(platform)['security/base/external-secrets/clustersecretstore.yaml']).metadata).toEqual({ name: 'vault' });
});

test('a chart of an OCI registry comes from a repository of that type', () => {
  const platform = Testing.platform();
  new components.Karpenter(platform, 'karpenter');
  expect(parse(Testing.synth(platform)['infrastructure/base/karpenter/helmrepository.yaml']).spec)
    .toEqual({ interval: '1h', type: 'oci', url: 'oci://public.ecr.aws/karpenter' });
});

test('a chart without values has no empty ones', () => {
  const platform = Testing.platform();
  new components.Headlamp(platform, 'headlamp');
  expect(Object.keys(parse(Testing.synth(platform)['tooling/base/headlamp/helmrelease.yaml']).spec)).not.toContain('values');
});

test('definitions from Git are never pruned and nothing else is fetched', () => {
  const platform = Testing.platform();
  new components.GitCrds(platform, 'kyverno', { url: 'https://github.com/kyverno/kyverno', tag: 'v1.18.2', path: 'config/crds' });
  Testing.repository(platform).hasObject('Kustomization', 'kyverno-crds', {
    spec: { path: './config/crds', prune: false, sourceRef: { kind: 'GitRepository', name: 'kyverno-crds' } },
  });
  Testing.repository(platform).hasObject('GitRepository', 'kyverno-crds', { spec: { ref: { tag: 'v1.18.2' }, ignore: '/*\n!/config/crds\n' } });
});
