/** Faults that are planted in a whole platform, one at a time: each is told once, where it is. */
import { ApiObject, JsonPatch } from 'cdk8s';
import { findingsOf, ObjectFixture } from './check-fixtures';
import {
  Component, components, DeliveredKustomization, DeliveredObject, EksCluster, EksPlatform, EksPlatformProps, Finding, flux, InferredDependency,
  Severity, Strength, Variable,
} from '../../src';
import { examine } from '../../src/checks/examine';
import { Assessor, AssessorOptions } from '../../src/delivery/assessment';

/** The example platform with its application. */
class ExamplePlatform extends EksPlatform {
  public readonly only: EksCluster;

  constructor(props: Partial<EksPlatformProps> = {}) {
    super({
      repository: { url: 'https://github.com/acme/platform', branch: 'main' },
      clusters: [{ name: 'mycluster-0', region: 'eu-west-3', domain: 'priv.cloud.ogenki.io', vpcCidr: '10.0.0.0/16' }],
      ...props,
    });
    this.only = this.cluster('mycluster-0');
    this.only.addApp(this.component('podinfo', 'apps', DEPLOYMENT, { kind: 'Service', name: 'podinfo', fields: { spec: { ports: [{ port: 80 }] } } }));
  }

  /** A component of a namespace. */
  public component(id: string, namespace: string, ...objects: ObjectFixture[]): Component {
    const component = new Component(this, id, { area: 'apps', namespace });
    objects.forEach(({ apiVersion = 'v1', kind = 'ConfigMap', name, fields }, i) => new ApiObject(component, `${i}`, { apiVersion, kind, metadata: { name }, ...fields }));
    return component;
  }
}

const LABELS = { app: 'podinfo' };
const DEPLOYMENT = workload('podinfo', { env: [{ name: 'PODINFO_UI_MESSAGE', value: `Hello from ${Variable.of('cluster_name')}` }] });

function workload(name: string, container: object): ObjectFixture {
  const template = { metadata: { labels: LABELS }, spec: { containers: [{ name, image: 'ghcr.io/stefanprodan/podinfo:6.9.1', ...container }] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, fields: { spec: { selector: { matchLabels: LABELS }, template } } };
}

/** The platform as data, one Kustomization after the other changed, and all that is found then. */
function examineData(
  platform: ExamplePlatform, options: Partial<AssessorOptions>, change: (kustomization: DeliveredKustomization) => DeliveredKustomization,
): { found: Finding[]; inferred: InferredDependency[] } {
  const written = platform.delivery('mycluster-0');
  const changed = { ...written, kustomizations: written.kustomizations.map(change) };
  const assessed = { ...changed, ...new Assessor({ infer: true, partial: false, ...options }).assess(changed) };
  return { found: examine([assessed], [], []), inferred: assessed.inferred };
}

function withoutDependency(name: string, on: string): (kustomization: DeliveredKustomization) => DeliveredKustomization {
  const left = <T extends { readonly name: string }>(list: T[]) => list.filter(dependency => dependency.name !== on);
  return kustomization => kustomization.name !== name ? kustomization : {
    ...kustomization,
    dependsOn: left(kustomization.dependsOn),
    manifest: { ...kustomization.manifest, spec: { ...kustomization.manifest.spec, dependsOn: left(kustomization.manifest.spec.dependsOn) } },
  };
}

/** What is an error, by check and place. */
function errors(found: Finding[]): string[] {
  return found.filter(({ severity }) => severity === Severity.ERROR)
    .map(({ check, kustomization, object }) => [check, kustomization!.split('/')[1], object].filter(part => part !== undefined).join(' › '));
}

const NO_INFERENCE = { inferDependencies: false };

test('the platform without a fault has neither error nor warning; without inference, the webhooks alone are out of order', () => {
  expect(findingsOf(new ExamplePlatform())).toEqual([]);
  const found = new ExamplePlatform(NO_INFERENCE).findings().filter(({ severity }) => severity !== Severity.INFO);
  expect(found.map(({ severity, message }) => `${severity} ${message.split(' (')[0]}`)).toEqual([
    'warning needs the webhook of external-secrets.io', 'warning needs the webhook of cert-manager.io',
  ]);
});

test('a namespace is left out', () => {
  const platform = new ExamplePlatform();
  platform.components.namespaces.node.tryRemoveChild('security');
  expect(errors(platform.findings())).toEqual(['namespace-not-delivered › epis › EKSPodIdentity security/external-secrets']);
});

test('the definitions of a system are left out', () => {
  const platform = new ExamplePlatform();
  platform.components.crds.find(({ node }) => node.id === 'cert-manager')!.node.tryRemoveChild('cert-manager-crds');
  expect(errors(platform.findings())).toEqual(['crd-not-delivered › infrastructure › Certificate infrastructure/platform-tls']);
});

test('the source of the definitions is left out', () => {
  const platform = new ExamplePlatform();
  platform.components.crds.find(({ node }) => node.id === 'cert-manager')!.node.tryRemoveChild('repository');
  expect(errors(platform.findings())).toEqual(['source-not-delivered › crds › Kustomization flux-system/cert-manager-crds']);
});

/** Where a dependency is taken away, what is told then, an order a finding: the edges that are really missing. */
const MISSING_EDGES: readonly [string, string, ...string[]][] = [
  ['crds', 'namespaces', 'namespace-order: let crossplane depend on namespaces'],
  // Crossplane itself needs no definitions, only a namespace; what comes after it needs them.
  ['crossplane', 'crds', 'crd-order: let security depend on crds', 'namespace-order: let crossplane depend on namespaces'],
  ['crossplane-providers', 'crossplane', 'crd-order: let crossplane-providers depend on crossplane'],
  ['crossplane-configuration', 'crossplane-providers', 'crd-order: let crossplane-configuration depend on crossplane-providers'],
  ['epis', 'crossplane-configuration', 'crd-order: let epis depend on crossplane-configuration'],
  ['security', 'epis', 'crd-order: let security depend on crds'],
  ['flux', 'security', 'crd-order: let flux depend on security'],
  ['infrastructure-nodes', 'infrastructure', 'crd-order: let infrastructure-nodes depend on infrastructure'],
  // What these need of each other they wait for by themselves, or another dependency implies it.
  ['infrastructure', 'security'], ['infrastructure', 'epis'],
  ['observability', 'infrastructure'], ['observability', 'security'], ['tooling', 'infrastructure'], ['tooling', 'security'],
  ['apps', 'infrastructure'], ['apps', 'observability'],
];

describe('a dependency is taken away, and inference is off:', () => {
  test('every one of the platform is looked at', () => {
    const { kustomizations } = new ExamplePlatform(NO_INFERENCE).delivery('mycluster-0');
    expect(MISSING_EDGES.map(([from, to]) => `${from} ${to}`).sort()).toEqual(kustomizations.flatMap(({ name, dependsOn }) => dependsOn.map(on => `${name} ${on.name}`)).sort());
  });

  test.each(MISSING_EDGES)('%s no longer waits for %s', (name, on, ...told) => {
    const { found, inferred } = examineData(new ExamplePlatform(NO_INFERENCE), { infer: false }, withoutDependency(name, on));
    const fatal = found.filter(({ severity }) => severity === Severity.ERROR);
    expect(fatal.map(({ check, fix }) => `${check}: ${fix.split(', ')[0]}`)).toEqual(told);
    // With inference on just these come back.
    const back = inferred.filter(({ dependency, because, alsoFor }) => dependency && [because, ...alsoFor].some(({ strength, fact }) =>
      strength !== Strength.READY && !fact.startsWith('webhook ')));
    expect(back.map(({ from, to }) => `let ${from.split('/')[1]} depend on ${to.split('/')[1]}`).sort()).toEqual(told.map(line => line.split(': ')[1]).sort());
  });
});

describe('a health check is taken away:', () => {
  const ungated = (props: Partial<EksPlatformProps>) => {
    const platform = new ExamplePlatform(props);
    platform.only.infrastructure.firstStage.apiObject.addJsonPatch(JsonPatch.remove('/spec/healthChecks'));
    return platform;
  };

  test('without inference it is told', () => {
    const platform = ungated(NO_INFERENCE);
    expect(errors(platform.findings())).toEqual(['crd-order › infrastructure-nodes › EC2NodeClass default']);
    expect(platform.findings()[0].fix).toBe('let infrastructure check the health of HelmRelease karpenter/karpenter, or leave inference on');
  });

  test('with inference it comes back', () => {
    const platform = ungated({});
    expect(errors(platform.findings())).toEqual([]);
    expect(platform.delivery('mycluster-0').kustomizations.find(({ name }) => name === 'infrastructure')!.manifest.spec.healthChecks).toEqual([
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'karpenter', namespace: 'karpenter' },
    ]);
  });
});

test('a layer waits for one that depends on it', () => {
  const platform = new ExamplePlatform();
  platform.only.namespaces.addDependency(platform.only.apps!);
  expect(errors(platform.findings())).toEqual(['dependency-cycle › apps']);
  expect(platform.findings()[0].message).toBe('never becomes ready, because it waits for itself: apps → infrastructure → epis → crossplane-configuration → '
    + 'crossplane-providers → crossplane → crds → namespaces → apps');
});

describe('an ExternalSecret comes before its store:', () => {
  const early = (checkHealth: boolean) => {
    const platform = new ExamplePlatform();
    const store = { kind: 'ClusterSecretStore', name: 'aws-secrets-manager' };
    const component = platform.component('early', 'security',
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'early', fields: { spec: { secretStoreRef: store, dataFrom: [{ extract: { key: 'early' } }] } } },
      workload('early', { envFrom: [{ secretRef: { name: 'early' } }] }));
    platform.only.podIdentities.addComponent(component);
    if (checkHealth) {
      platform.only.podIdentities.firstStage.addHealthCheck(flux.HealthCheck.ofObject(ApiObject.of(component.node.findChild('1'))));
    }
    return platform;
  };

  test('where its layer waits for what needs the Secret, they wait for each other', () => {
    expect(errors(early(true).findings())).toEqual(['reference-order › epis › ExternalSecret security/early']);
  });

  test('where it does not, the Secret comes later', () => {
    expect(errors(early(false).findings())).toEqual([]);
  });
});

test('a custom resource beside the HelmRelease that brings its definition', () => {
  const platform = new ExamplePlatform();
  const spec = { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] } } };
  platform.only.infrastructure.addComponent(platform.component('more-nodes', 'karpenter', { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: 'more', fields: { spec } }));
  expect(errors(platform.findings())).toEqual(['self-deadlock › infrastructure › NodePool more']);
});

test('the same object in two layers', () => {
  const platform = new ExamplePlatform();
  platform.only.tooling!.addComponent(platform.component('again', 'apps', { kind: 'Service', name: 'podinfo', fields: { spec: { ports: [{ port: 80 }] } } }));
  expect(errors(platform.findings())).toEqual(['duplicate-object › tooling › Service apps/podinfo']);
});

describe('a HelmRelease needs a Secret in its values:', () => {
  const row = { from: 'helm.toolkit.fluxcd.io/HelmRelease', at: 'spec.values.secret', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' } as const;
  const isHarbor = ({ kind, name }: DeliveredObject) => kind === 'HelmRelease' && name === 'harbor';
  const withSecret = (strategies: object) => examineData(new ExamplePlatform(), { rows: [row] }, kustomization => ({
    ...kustomization,
    objects: kustomization.objects.map(object => isHarbor(object) ? { ...object, manifest: changed(object.manifest, strategies) } : object),
  })).found;
  const changed = ({ spec, ...others }: any, strategies: object) => ({ ...others, spec: { ...spec, ...strategies, values: { ...spec.values, secret: 'harbor-admin' } } });

  test('without retries it stays failed where the Secret comes later', () => {
    expect(errors(withSecret({ install: undefined, upgrade: undefined }))).toEqual(['release-gives-up › tooling › HelmRelease tooling/harbor']);
  });

  test('with them it does not', () => {
    expect(errors(withSecret({}))).toEqual([]);
  });
});

describe('rights and routes:', () => {
  test('a pod identity for a ServiceAccount that nothing makes', () => {
    const platform = new ExamplePlatform();
    const component = platform.component('rights', 'security');
    new components.PodIdentity(component, 'shop', {
      serviceAccount: { name: 'shop', namespace: 'apps' }, additionalPolicies: { read: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    });
    platform.only.podIdentities.addComponent(component);
    expect(errors(platform.findings())).toEqual(['pod-identity-account › epis › EKSPodIdentity apps/shop']);
  });

  test('a route of a namespace that the Gateway does not allow', () => {
    const platform = new ExamplePlatform();
    const parentRefs = [{ name: 'platform-tailscale-general', namespace: 'infrastructure' }];
    platform.only.tooling!.addComponent(platform.component('hidden', 'karpenter',
      { kind: 'Service', name: 'hidden', fields: { spec: { ports: [{ port: 80 }] } } },
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', name: 'hidden', fields: { spec: { parentRefs, rules: [{ backendRefs: [{ name: 'hidden', port: 80 }] }] } } }));
    expect(errors(platform.findings())).toEqual(['route-not-allowed › tooling › HTTPRoute karpenter/hidden']);
  });
});

describe('variables:', () => {
  test('a variable is renamed, and not everywhere', () => {
    const platform = new ExamplePlatform();
    delete platform.only.variables.cluster_region;
    platform.only.addVariable('region', 'eu-west-3');
    const fatal = platform.findings().filter(({ severity }) => severity === Severity.ERROR);
    expect(fatal.map(({ check, message }) => `${check} ${message.split(' at ')[0]}`)).toEqual(['undefined-variable uses ${cluster_region}']);
  });

  test('a dashboard has a variable of Grafana\'s', () => {
    const platform = new ExamplePlatform();
    const spec = { instanceSelector: { matchLabels: { dashboards: 'grafana' } }, json: '{"datasource": "${DS_PROMETHEUS}"}' };
    platform.only.observability.addComponent(platform.component('dashboards', 'observability',
      { apiVersion: 'grafana.integreatly.org/v1beta1', kind: 'GrafanaDashboard', name: 'requests', fields: { spec } }));
    expect(errors(platform.findings())).toEqual(['foreign-substitution › observability › GrafanaDashboard observability/requests']);
  });

  test('the number of an account in a field for text', () => {
    const platform = new ExamplePlatform();
    platform.only.addVariable('account_id', '123456789012');
    platform.only.apps!.addComponent(platform.component('account', 'apps', { name: 'account', fields: { data: { account: `${Variable.of('account_id')}` } } }));
    expect(errors(platform.findings())).toEqual(['type-changing-variable › apps › ConfigMap apps/account']);
  });
});
