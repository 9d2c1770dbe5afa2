/**
 * Every YAML snippet of the platform document, in the document's order, and what this library writes in its place: the same text
 * where the README's table says "as written", otherwise what the table says, with the reason.
 */
import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { Area, Cluster, Component, EksPlatform, Layer, Platform, Testing, Variable, components, flux, layers } from '../src';

/** A component with one object, where it does not matter which. */
function anything(scope: Platform | Cluster, id: string, area: string, text = 'text'): Component {
  const component = new Component(scope, id, { area, namespace: 'default' });
  new ApiObject(component, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data: { text } });
  return component;
}

/** The document's layers, with as little in them as they can have. */
class DocumentPlatform {
  public readonly platform = Testing.platform();
  public readonly cluster = new Cluster(this.platform, 'mycluster-0', {
    variablesPrefix: 'eks',
    variables: { cluster_name: 'mycluster-0', cluster_region: 'eu-west-3', domain: 'priv.cloud.ogenki.io', vpc_cidr: '10.0.0.0/16' },
  });
  public readonly identities = new components.PodIdentities(this.platform, 'epis');
  public readonly namespaces = new layers.Namespaces(this.cluster, 'namespaces', {
    components: [new components.Namespaces(this.platform, 'namespaces', { names: ['apps'] })],
  });
  public readonly crds = new layers.Crds(this.cluster, 'crds', { components: [anything(this.platform, 'crd', Area.CRDS)] });
  public readonly crossplane = new layers.Crossplane(this.cluster, 'crossplane', {
    components: [new components.Crossplane(this.platform, 'crossplane')],
  });
  public readonly epis = new layers.PodIdentities(this.cluster, 'epis', { components: [this.identities] });
  public readonly security = new layers.Security(this.cluster, 'security', { components: this.two('security') });
  public readonly infrastructure = new layers.Infrastructure(this.cluster, 'infrastructure', { components: this.two('infrastructure') });
  public readonly observability = new layers.Observability(this.cluster, 'observability', { components: this.two('observability') });
  public readonly apps = new layers.Apps(this.cluster, 'apps', { components: this.two('apps') });

  constructor() {
    for (const [name, namespace] of [['external-secrets', 'security'], ['external-dns', 'kube-system']]) {
      new components.PodIdentity(this.identities, name, {
        serviceAccount: components.ServiceAccountReference.fromName(name, namespace), statements: [components.Statement.allow({ actions: ['sts:GetCallerIdentity'] })],
      });
    }
    this.crds.addDependency(this.namespaces, { because: 'Wait for namespaces' });
    this.crossplane.addDependency(this.crds, { because: 'CRDs must exist' });
    this.epis.addDependency(this.crossplane, { because: 'Crossplane must be ready' });
    this.security.addDependency(this.epis, { because: 'IAM roles for External Secrets' });
    this.infrastructure.addDependency(this.security, { because: 'External Secrets needed' });
    this.infrastructure.addDependency(this.epis, { because: 'IAM roles needed' });
    this.observability.addDependency(this.infrastructure, { because: 'Gateway, DNS needed' });
    this.observability.addDependency(this.security, { because: 'Secrets, certificates needed' });
    this.apps.addDependency(this.infrastructure, { because: 'Networking needed' });
    this.apps.addDependency(this.observability, { because: 'Monitoring needed' });
  }

  public file(path: string): string {
    return Testing.synth(this.platform)[path];
  }

  private two(area: string): Component[] {
    return [anything(this.platform, `${area}-one`, area), anything(this.platform, `${area}-two`, area)];
  }
}

/** The example platform, whose files hold the snippets and, where the systems need it, more. */
const example = Testing.synth(new EksPlatform({
  repository: { url: 'https://github.com/acme/platform' },
  clusters: [{ name: 'mycluster-0', region: 'eu-west-3', domain: 'priv.cloud.ogenki.io', vpcCidr: '10.0.0.0/16' }],
}));

/** What the systems of the example platform add to the document's Kustomizations. */
const substitution = { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'eks-mycluster-0-vars' }] } };

function expectInExample(path: string, snippet: string, additions: object): void {
  const expected = parse(snippet);
  expect(parse(example[path])).toEqual({ ...expected, spec: { ...expected.spec, ...additions } });
}

const NAMESPACES = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: namespaces
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/namespaces
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

test('namespaces.yaml: as written', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/namespaces.yaml')).toBe(NAMESPACES);
  expectInExample('clusters/mycluster-0/namespaces.yaml', NAMESPACES, {});
});

const CRDS = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crds
  namespace: flux-system
spec:
  interval: 10m
  path: ./crds/base
  prune: false # Never prune CRDs to avoid data loss
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: namespaces # Wait for namespaces
`;

test('crds.yaml: as written, and health checks on the Kustomizations that bring definitions from elsewhere', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/crds.yaml')).toBe(CRDS);
  expectInExample('clusters/mycluster-0/crds.yaml', CRDS, {
    healthChecks: ['cert-manager', 'external-secrets', 'gateway-api', 'grafana-operator', 'kyverno', 'victoria-metrics'].map(name => ({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: `${name}-crds`, namespace: 'flux-system',
    })),
  });
});

const CROSSPLANE = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: crossplane
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/crossplane
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: crds # CRDs must exist
  healthChecks:
    - apiVersion: apps/v1
      kind: Deployment
      name: crossplane
      namespace: crossplane-system
`;

test('crossplane.yaml: as written, for the controller; providers and configuration are stages of their own', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/crossplane.yaml')).toBe(CROSSPLANE);
  expectInExample('clusters/mycluster-0/crossplane.yaml', CROSSPLANE, {});
  expect(parse(example['clusters/mycluster-0/crossplane-providers.yaml']).spec.dependsOn).toEqual([{ name: 'crossplane' }]);
  expect(parse(example['clusters/mycluster-0/crossplane-configuration.yaml']).spec.dependsOn).toEqual([{ name: 'crossplane-providers' }]);
});

test('epis.yaml: one health check for each identity instead of *, and CEL where Flux reads it', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/epis.yaml')).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: epis
  namespace: flux-system
spec:
  interval: 10m
  path: ./security/base/epis
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: crossplane # Crossplane must be ready
  healthChecks:
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      name: external-dns
      namespace: kube-system
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      name: external-secrets
      namespace: security
  healthCheckExprs:
    - apiVersion: cloud.ogenki.io/v1alpha1
      kind: EKSPodIdentity
      failed: status.conditions.exists(c, c.type == 'Synced' && c.status == 'False')
      current: status.conditions.exists(c, c.type == 'Synced' && c.status == 'True') && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')
  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: eks-mycluster-0-vars
`);
});

test('epis.yaml of the example waits for the last stage of crossplane', () => {
  expect(example['clusters/mycluster-0/epis.yaml']).toContain('    - name: crossplane-configuration # Crossplane must be ready\n');
});

const SECURITY = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: security
  namespace: flux-system
spec:
  interval: 10m
  path: ./security/mycluster-0
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: epis # IAM roles for External Secrets
`;

test('security.yaml: as written, substitution where its components use variables, and checks of the operators whose webhooks others need', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/security.yaml')).toBe(SECURITY);
  expectInExample('clusters/mycluster-0/security.yaml', SECURITY, {
    ...substitution,
    healthChecks: ['external-secrets', 'cert-manager'].map(name => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, namespace: 'security' })),
  });
});

const INFRASTRUCTURE = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/mycluster-0
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: security # External Secrets needed
    - name: epis # IAM roles needed
`;

test('infrastructure.yaml: as written, substitution where its components use variables, and a check of Karpenter, whose APIs the nodes need', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/infrastructure.yaml')).toBe(INFRASTRUCTURE);
  expectInExample('clusters/mycluster-0/infrastructure.yaml', INFRASTRUCTURE, {
    ...substitution, healthChecks: [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'karpenter', namespace: 'karpenter' }],
  });
});

const OBSERVABILITY = `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: observability
  namespace: flux-system
spec:
  interval: 10m
  path: ./observability/mycluster-0
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure # Gateway, DNS needed
    - name: security # Secrets, certificates needed
`;

test('observability.yaml: as written, and substitution where its components use variables', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/observability.yaml')).toBe(OBSERVABILITY);
  expectInExample('clusters/mycluster-0/observability.yaml', OBSERVABILITY, substitution);
});

test('apps.yaml: as written', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/apps.yaml')).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/mycluster-0
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure # Networking needed
    - name: observability # Monitoring needed
`);
});

const VARIABLES = `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: eks-mycluster-0-vars
  namespace: flux-system
data:
  cluster_name: mycluster-0
  cluster_region: eu-west-3
  domain: priv.cloud.ogenki.io
  vpc_cidr: 10.0.0.0/16
`;

test('cluster-vars-configmap.yaml: as written', () => {
  expect(new DocumentPlatform().file('clusters/mycluster-0/cluster-vars-configmap.yaml')).toBe(VARIABLES);
  expect(example['clusters/mycluster-0/cluster-vars-configmap.yaml']).toBe(VARIABLES);
});

test('postBuild of infrastructure: substituteFrom alone, because an inline value would beat it with the text ${domain}', () => {
  const document = new DocumentPlatform();
  document.infrastructure.addComponent(anything(document.platform, 'dns', Area.INFRASTRUCTURE, `${Variable.of('domain')} of ${Variable.of('cluster_name')}`));
  expect(document.file('clusters/mycluster-0/infrastructure.yaml')).toBe(`${INFRASTRUCTURE}\
  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: eks-mycluster-0-vars
`);
});

const GATEWAY = `\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: platform-tailscale-general
  namespace: infrastructure
spec:
  gatewayClassName: cilium-tailscale
  listeners:
    - name: https
      hostname: "*.\${domain}"
      port: 443
      protocol: HTTPS
`;

test('the Gateway: as written, for an object of one\'s own', () => {
  const { platform, infrastructure } = new DocumentPlatform();
  const component = new Component(platform, 'gapi', { area: Area.INFRASTRUCTURE, namespace: 'infrastructure' });
  new ApiObject(component, 'platform-tailscale-general', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    spec: {
      gatewayClassName: 'cilium-tailscale',
      listeners: [{ name: 'https', hostname: `*.${Variable.of('domain')}`, port: 443, protocol: 'HTTPS' }],
    },
  });
  infrastructure.addComponent(component);
  expect(Testing.synth(platform)['infrastructure/base/gapi/gateway-platform-tailscale-general.yaml']).toBe(GATEWAY);
});

test('the Gateway of the example: as written, and a certificate, without which it serves nothing', () => {
  const [listener] = parse(GATEWAY).spec.listeners;
  expectInExample('infrastructure/base/gapi/gateway-platform-tailscale-general.yaml', GATEWAY, {
    listeners: [{
      ...listener,
      tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'platform-tls' }] },
      allowedRoutes: {
        namespaces: {
          from: 'Selector',
          selector: {
            matchExpressions: [
              { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['apps', 'observability', 'security', 'tooling'] },
            ],
          },
        },
      },
    }],
  });
});

test('postBuild of apps from a Secret that has to exist: as written', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'mycluster-0');
  new layers.Apps(cluster, 'apps', {
    components: [anything(cluster, 'shop', Area.APPS)],
    postBuild: { substituteFrom: [flux.VariableSource.secret('app-secrets', { optional: false })] },
  });
  expect(Testing.synth(platform)['clusters/mycluster-0/apps.yaml']).toBe(`\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/mycluster-0
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  postBuild:
    substituteFrom:
      - kind: Secret
        name: app-secrets
        optional: false
`);
});

test('the health check on a HelmRelease: as written', () => {
  const platform = Testing.platform();
  const cilium = new components.Cilium(platform, 'cilium');
  new layers.Infrastructure(new Cluster(platform, 'mycluster-0'), 'infrastructure', {
    components: [cilium], healthChecks: [flux.HealthCheck.ofObject(cilium.release.apiObject)],
  });
  expect(Testing.synth(platform)['clusters/mycluster-0/infrastructure.yaml']).toContain(`\
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: cilium
      namespace: kube-system
`);
});

test('the Alert: as written', () => {
  expect(example['flux/base/notifications/slack-alert.yaml']).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: slack
  namespace: flux-system
spec:
  providerRef:
    name: slack
  eventSeverity: info
  eventSources:
    - kind: Kustomization
      name: "*"
    - kind: HelmRelease
      name: "*"
`);
});

test('the Provider: as written', () => {
  expect(example['flux/base/notifications/slack-provider.yaml']).toBe(`\
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: slack
  namespace: flux-system
spec:
  type: slack
  channel: "#gitops-notifications"
  secretRef:
    name: slack-webhook-url
`);
});

test('the ExternalSecret: external-secrets.io/v1, because v1beta1 is no longer served, and a cluster-wide store', () => {
  const platform = Testing.platform();
  const component = new Component(platform, 'myapp', { area: Area.APPS });
  new components.ExternalSecret(component, 'api-key', {
    metadata: { namespace: 'apps' }, store: components.ClusterSecretStore.fromName('aws-secrets-manager'), data: { key: '/apps/myapp/api-key' },
  });
  expect(Testing.synth(platform)['apps/base/myapp/externalsecret-api-key.yaml']).toBe(`\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: api-key
  namespace: apps
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: aws-secrets-manager
  target:
    name: api-key
  data:
    - secretKey: key
      remoteRef:
        key: /apps/myapp/api-key
`);
});

test('the directory structure: every file and folder of the document', () => {
  const paths = Object.keys(example);
  const kustomizationOf = (...directories: string[]) => directories.map(directory => `${directory}/kustomization.yaml`);
  expect(paths).toEqual(expect.arrayContaining([
    ...kustomizationOf('flux/base/flux-operator', 'flux/base/flux-instance', 'flux/base/notifications', 'flux/mycluster-0'),
    ...['namespaces', 'crds', 'crossplane', 'epis', 'security', 'infrastructure', 'observability', 'tooling']
      .map(layer => `clusters/mycluster-0/${layer}.yaml`),
    ...kustomizationOf(...['namespaces', 'crossplane', 'cilium', 'gapi', 'external-dns'].map(name => `infrastructure/base/${name}`)),
    ...kustomizationOf('infrastructure/mycluster-0'),
    ...kustomizationOf(...['epis', 'external-secrets', 'cert-manager', 'kyverno', 'zitadel'].map(name => `security/base/${name}`)),
    ...kustomizationOf('security/mycluster-0'),
    ...kustomizationOf(...['victoriametrics', 'victorialogs', 'grafana'].map(name => `observability/base/${name}`)),
    ...kustomizationOf('observability/mycluster-0'),
    ...kustomizationOf(...['harbor', 'headlamp', 'homepage'].map(name => `tooling/base/${name}`)),
    ...kustomizationOf('tooling/mycluster-0'),
  ]));
  expect(new Set(paths.map(path => path.split('/')[0])))
    .toEqual(new Set(['clusters', 'crds', 'flux', 'infrastructure', 'observability', 'security', 'tooling']));
});

test('the graph: every arrow of the document is an order that the layers keep', () => {
  const document = new DocumentPlatform();
  const [{ kustomizations }] = document.platform.deliveries();
  const before = (name: string): Set<string> => {
    const direct = kustomizations.find(kustomization => kustomization.name === name)!.dependsOn.map(dependency => dependency.name);
    return new Set(direct.flatMap(dependency => [dependency, ...before(dependency)]));
  };
  for (const [first, then] of [
    ['namespaces', 'crds'], ['crds', 'crossplane'], ['crossplane', 'epis'], ['epis', 'security'], ['epis', 'infrastructure'],
    ['epis', 'observability'], ['observability', 'apps'], ['infrastructure', 'apps'], ['security', 'infrastructure'], ['security', 'observability'],
  ]) {
    expect({ then, after: before(then).has(first) }).toEqual({ then, after: true });
  }
});

test('a layer that the document does not name is a Layer with an area', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'mycluster-0'), 'storage', { components: [anything(platform, 'rook', 'storage')] });
  Testing.repository(platform).hasKustomization('storage', { path: './storage/base/rook' });
});
