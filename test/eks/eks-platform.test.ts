import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { Area, Component, EksClusterProps, EksPlatform, EksSystem, FluxBootstrap, Testing, components, flux } from '../../src';
import { objectProblems } from '../objects';

const cluster = (name: string, rest: Partial<EksClusterProps> = {}): EksClusterProps =>
  ({ name, region: 'eu-west-3', domain: `${name}.example.com`, vpcCidr: '10.0.0.0/16', ...rest });

function eks(...clusters: EksClusterProps[]): EksPlatform {
  return new EksPlatform({ repository: { url: 'https://github.com/acme/platform' }, clusters });
}

test('one call gives the Kustomizations of every layer', () => {
  const [delivery] = eks(cluster('dev')).deliveries();
  expect(delivery.kustomizations.map(({ name, directory }) => `${name} ${directory}`)).toEqual([
    'crds crds/base',
    'crossplane infrastructure/base/crossplane',
    'crossplane-providers infrastructure/base/crossplane-providers',
    'crossplane-configuration infrastructure/base/crossplane-configuration',
    'epis security/base/epis',
    'flux flux/dev',
    'infrastructure infrastructure/dev',
    'infrastructure-nodes infrastructure/base/karpenter-nodes',
    'namespaces infrastructure/base/namespaces',
    'observability observability/dev',
    'security security/dev',
    'tooling tooling/dev',
  ]);
});

test('clusters share the components and differ by their variables', () => {
  const files = Testing.synth(eks(cluster('dev'), cluster('production', { region: 'eu-central-1', variables: { tier: 'gold' } })));
  expect(Object.keys(files).filter(path => path.includes('/dev/')).map(path => path.replace('/dev/', '/production/')))
    .toEqual(Object.keys(files).filter(path => path.includes('/production/')));
  expect(parse(files['clusters/production/cluster-vars-configmap.yaml']).data).toEqual({
    cluster_name: 'production', cluster_region: 'eu-central-1', domain: 'production.example.com', vpc_cidr: '10.0.0.0/16', tier: 'gold',
  });
  expect(parse(files['clusters/dev/cluster-vars-configmap.yaml']).metadata.name).toBe('eks-dev-vars');
});

test('a change to a component on one cluster leaves the others as they are', () => {
  const platform = eks(cluster('dev'), cluster('production'));
  const before = Testing.synth(platform);
  const victoriaLogs = platform.components.victoriaLogs!;
  platform.cluster('production').observability.addPatch(victoriaLogs, flux.Patch.strategicMerge(
    flux.PatchTarget.object(victoriaLogs.release.apiObject), { spec: { values: { server: { retentionPeriod: '1y' } } } },
  ));
  const after = Testing.synth(platform);
  expect(Object.keys(after).filter(path => after[path] !== before[path])).toEqual(['observability/production/kustomization.yaml']);
});

test('applications come last, with the reasons why', () => {
  const platform = eks(cluster('dev'));
  const shop = new Component(platform, 'shop', { area: Area.APPS, namespace: 'apps' });
  new ApiObject(shop, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(platform.cluster('dev').apps).toBeUndefined();
  platform.addApp(shop);
  expect(platform.cluster('dev').apps!.components).toEqual([shop]);
  expect(Testing.synth(platform)['clusters/dev/apps.yaml']).toContain(`\
  path: ./apps/base/shop
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure # Networking needed
    - name: observability # Monitoring needed
`);
});

test('Flux reconciles the repository that was given, each cluster its own directory', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/fleet', branch: 'production', pullSecret: 'fleet-app' }, clusters: [cluster('dev')],
  });
  Testing.repository(platform).hasObject('FluxInstance', 'flux', {
    spec: {
      sync: {
        kind: 'GitRepository', url: 'https://github.com/acme/fleet', ref: 'refs/heads/production', path: 'clusters/${cluster_name}', pullSecret: 'fleet-app',
      },
    },
  });
});

test('notifications go to the channel that was given', () => {
  const platform = new EksPlatform({ repository: { url: 'https://github.com/acme/platform' }, clusters: [cluster('dev')], slackChannel: '#ops' });
  Testing.repository(platform).hasObject('Provider', 'slack', { spec: { channel: '#ops' } });
});

test('every HelmRelease is tried again until it succeeds', () => {
  const releases = Object.values(Testing.synth(eks(cluster('dev')))).map(content => parse(content)).filter(object => object.kind === 'HelmRelease');
  expect(releases.map(release => release.metadata.name).sort()).toEqual([
    'cert-manager', 'cilium', 'crossplane', 'external-dns', 'external-secrets', 'flux-operator', 'grafana-operator', 'harbor', 'headlamp', 'homepage',
    'karpenter', 'kyverno', 'kyverno-policies', 'victoria-logs-single', 'victoria-metrics-k8s-stack', 'zitadel',
  ]);
  for (const { spec } of releases) {
    expect([spec.install.strategy.name, spec.upgrade.strategy.name]).toEqual(['RetryOnFailure', 'RetryOnFailure']);
  }
});

test('what a cluster needs before Flux is told with the commands for it', () => {
  const platform = eks(cluster('dev'));
  expect(platform.cluster('dev').prerequisites.flatMap(prerequisite => prerequisite.command?.split('\n') ?? [])).toEqual([
    'helm install flux-operator oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --namespace flux-system --create-namespace',
    'flux create secret githubapp flux-system --app-id=<id> --app-installation-owner=<owner> --app-private-key=<file>',
    'cluster_name=dev flux envsubst < flux/base/flux-instance/fluxinstance-flux.yaml | kubectl apply -f -',
  ]);
});

test('a cluster that is not there is told with those that are', () => {
  expect(() => eks(cluster('dev'), cluster('production')).cluster('staging'))
    .toThrow(new Error('the platform has no cluster "staging"; expected one of dev, production.'));
});

test('a cluster name used twice is refused', () => {
  expect(() => eks(cluster('dev'), cluster('dev'))).toThrow(new Error(
    'the platform already has a construct named "dev", so it cannot have a cluster of that name; expected every cluster once: rename one of them.',
  ));
});

test('flux bootstrap installs Flux where it is asked for, and nothing of the operator is delivered', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/platform.git', bootstrap: FluxBootstrap.FLUX_CLI }, clusters: [cluster('dev')],
  });
  expect(platform.cluster('dev').prerequisites.map(prerequisite => prerequisite.command).at(-1))
    .toBe('flux bootstrap github --owner=acme --repository=platform --branch=main --path=clusters/dev');
  expect(Object.keys(Testing.synth(platform)).filter(path => path.startsWith('flux/base/')).map(path => path.split('/')[2]))
    .toEqual(Array(4).fill('notifications'));
});

test('flux bootstrap takes any other Git server by its URL', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://git.example.com/platform', branch: 'live', bootstrap: FluxBootstrap.FLUX_CLI }, clusters: [cluster('dev')],
  });
  expect(platform.cluster('dev').prerequisites.map(prerequisite => prerequisite.command).at(-1))
    .toBe('flux bootstrap git --url=https://git.example.com/platform --branch=live --path=clusters/dev');
});

test('every object is what its definition allows, and every chart has the values that are written', () => {
  const objects = Object.values(Testing.synth(eks(cluster('dev'), cluster('production')))).map(content => parse(content));
  expect(objects.length).toBeGreaterThan(150);
  expect(objects.flatMap(object => objectProblems(object).map(problem => `${object.kind} ${object.metadata?.name}: ${problem}`))).toEqual([]);
});

test('a platform can do without systems, and then nothing of them is left', () => {
  const { CILIUM, GRAFANA, HARBOR, HEADLAMP, HOMEPAGE, KARPENTER, KYVERNO, VICTORIA_LOGS, ZITADEL } = EksSystem;
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/platform' },
    clusters: [cluster('dev')],
    without: [CILIUM, GRAFANA, HARBOR, HEADLAMP, HOMEPAGE, KARPENTER, KYVERNO, VICTORIA_LOGS, ZITADEL],
  });
  const files = Testing.synth(platform);
  expect(Object.keys(files).filter(path => /cilium\/|grafana\/(?!crds|git|kust)|harbor|headlamp|homepage|karpenter\/|kyverno-policies|victorialogs|zitadel|tooling\//.test(path)))
    .toEqual([]);
  expect(platform.cluster('dev').tooling).toBeUndefined();
  expect(platform.deliveries()[0].kustomizations.map(({ name }) => name)).not.toContain('infrastructure-nodes');
});

test('what is said of a system is said to its component', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/platform' },
    clusters: [cluster('dev')],
    databaseHost: 'db.example.com',
    registryBucket: 'acme-images',
    nodeImage: components.Ami.bottlerocket('v1.62.0'),
    externalSecrets: { replicas: 2 },
    versions: { kyverno: { chart: '3.8.3', app: 'v1.18.3' } },
  });
  const repository = Testing.repository(platform);
  repository.hasObject('HelmRelease', 'external-secrets', { spec: { values: { replicaCount: 2 } } });
  repository.hasObject('HelmRelease', 'harbor', {
    spec: {
      values: {
        database: { external: { host: 'db.example.com' } },
        persistence: { imageChartStorage: { s3: { bucket: 'acme-images', existingSecret: 'harbor-s3' } } },
      },
    },
  });
  repository.hasObject('EC2NodeClass', 'default', { spec: { amiSelectorTerms: [{ alias: 'bottlerocket@v1.62.0' }] } });
  repository.hasObject('HelmRelease', 'kyverno-policies', { spec: { chart: { spec: { version: '3.8.3' } } } });
  repository.hasObject('GitRepository', 'kyverno-crds', { spec: { ref: { tag: 'v1.18.3' } } });
});

test('whoever calls AWS has an identity, and whoever tells metrics is asked for them', () => {
  const files = Object.values(Testing.synth(eks(cluster('dev')))).map(content => parse(content));
  const names = (...kinds: string[]) => files.filter(object => kinds.includes(object.kind)).map(object => object.metadata.name).sort();
  expect(names('EKSPodIdentity')).toEqual(['cert-manager', 'external-dns', 'external-secrets', 'karpenter']);
  expect(names('VMServiceScrape', 'VMPodScrape')).toEqual(expect.arrayContaining([
    'cert-manager', 'external-secrets', 'grafana', 'karpenter', 'kyverno-admission-controller',
  ]));
});

test('the certificate of the Gateways is signed by Let\'s Encrypt, to which names are proven in Route 53', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/platform' }, clusters: [cluster('dev')], certificateEmail: 'platform@acme.org',
  });
  const repository = Testing.repository(platform);
  repository.hasObject('ClusterIssuer', 'letsencrypt', {
    spec: { acme: { email: 'platform@acme.org', privateKeySecretRef: { name: 'letsencrypt-account-key' }, solvers: [{ dns01: { route53: {} } }] } },
  });
  repository.hasObject('Certificate', 'platform-tls', {
    metadata: { namespace: 'infrastructure' },
    spec: { secretName: 'platform-tls', dnsNames: ['*.${domain}'], issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
  });
});

test('another issuer can sign it, and then cert-manager does nothing on AWS', () => {
  const platform = new EksPlatform({
    repository: { url: 'https://github.com/acme/platform' },
    clusters: [cluster('dev')],
    certificateIssuer: components.IssuerType.vault({ server: 'https://bao.example.com:8200', path: 'pki/sign/platform', role: 'cert-manager' }),
  });
  const repository = Testing.repository(platform);
  repository.hasObject('Certificate', 'platform-tls', { spec: { issuerRef: { kind: 'ClusterIssuer', name: 'openbao' } } });
  expect(repository.paths).not.toContain('security/base/epis/ekspodidentity-cert-manager.yaml');
});
