/** A whole platform, and faults that are planted in it, one at a time: how, what is told of each, and what mends it. */
import { ApiObject, JsonPatch } from 'cdk8s';
import { ObjectFixture } from './check-fixtures';
import {
  Component, components, DeliveredKustomization, DeliveredObject, Delivery, EksCluster, EksPlatform, EksPlatformProps, EksSystem, Finding, flux,
  Severity, Variable,
} from '../../src';
import { examine } from '../../src/checks/examine';
import { Assessor, AssessorOptions } from '../../src/delivery/assessment';

export const CLUSTER = 'mycluster-0';

/** The example platform with its application. */
export class ExamplePlatform extends EksPlatform {
  public readonly only: EksCluster;

  constructor(props: Partial<EksPlatformProps> = {}) {
    super({
      repository: { url: 'https://github.com/acme/platform', branch: 'main' },
      clusters: [{ name: CLUSTER, region: 'eu-west-3', domain: 'priv.cloud.ogenki.io', vpcCidr: '10.0.0.0/16' }],
      ...props,
    });
    this.only = this.cluster(CLUSTER);
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

/** What is done to the example platform. */
export interface Planting {
  /** @default - none */
  readonly props?: Partial<EksPlatformProps>;
  /** What the program does beside. @default - nothing */
  readonly program?: (platform: ExamplePlatform) => void;
  /** What is changed in what the program delivers, as an edit of its files would. @default - nothing */
  readonly data?: DataChange;
}

export interface DataChange {
  readonly change: (kustomization: DeliveredKustomization) => DeliveredKustomization;
  /** How the changed data is assessed: nothing is written of what is inferred then. */
  readonly options: Partial<AssessorOptions>;
}

/** An error as it is told. */
export interface Told {
  /** `check › Kustomization › object`. */
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

/** A fault, what is told of it, and what mends it. */
export interface PlantedFault extends Planting {
  /** The one error that is told. */
  readonly told: Told;
  /** What is done to the platform in its place. @default - nothing: the platform as it is has no fault */
  readonly mend?: Planting;
  /** Systems without which the platform would not have the fault. @default - none of those that a platform can do without */
  readonly systems?: readonly EksSystem[];
}

/** A platform with something planted in it, and all that is known of it. */
export interface Planted {
  readonly platform: ExamplePlatform;
  readonly delivery: Delivery;
  readonly findings: Finding[];
}

/** Plants something in an example platform with further props. */
export function plant({ props, program, data }: Planting, further: Partial<EksPlatformProps> = {}): Planted {
  const platform = new ExamplePlatform({ ...further, ...props });
  program?.(platform);
  const delivery = platform.delivery(CLUSTER);
  if (!data) {
    return { platform, delivery, findings: platform.findings() };
  }
  const changed = { ...delivery, kustomizations: delivery.kustomizations.map(data.change) };
  const assessed = { ...changed, ...new Assessor({ infer: true, partial: false, ...data.options }).assess(changed) };
  return { platform, delivery: assessed, findings: examine([assessed], [], []) };
}

/** The systems that a platform does without, where only some of those that it can do without are wanted. */
export function without(wanted: readonly EksSystem[] = []): EksSystem[] {
  return Object.values(EksSystem).filter(system => !wanted.includes(system));
}

export function errorsIn(findings: readonly Finding[]): Told[] {
  return findings.filter(({ severity }) => severity === Severity.ERROR).map(({ check, kustomization, object, message, fix }) =>
    ({ at: [check, kustomization!.split('/')[1], object].filter(part => part !== undefined).join(' › '), message, fix }));
}

export const NO_INFERENCE = { inferDependencies: false };

/** From a Kustomization to the one that it waits for. */
export type Edge = readonly [from: string, to: string];

/** Dependencies that are taken away where nothing adds them again, and those that are put in their place. */
export function withoutEdges(taken: readonly Edge[], added: readonly Edge[] = []): Planting {
  const change = (kustomization: DeliveredKustomization): DeliveredKustomization => {
    const { name, namespace, dependsOn, manifest } = kustomization;
    const on = added.filter(([from]) => from === name).map(([, to]) => to);
    const left = <T extends { readonly name: string }>(list: T[]) =>
      list.filter(dependency => !taken.some(([from, to]) => from === name && to === dependency.name));
    return taken.concat(added).every(([from]) => from !== name) ? kustomization : {
      ...kustomization,
      dependsOn: [...left(dependsOn), ...on.map(to => ({ name: to, namespace }))],
      manifest: { ...manifest, spec: { ...manifest.spec, dependsOn: [...left(manifest.spec.dependsOn), ...on.map(to => ({ name: to }))] } },
    };
  };
  return { data: { change, options: { infer: false } } };
}

/** A dependency that is taken away, and what is told then, an order a finding. */
export interface MissingEdge {
  readonly edge: Edge;
  /** Check and the dependency that it tells to add. */
  readonly told: readonly (readonly [check: string, edge: Edge])[];
}

/** The edges that are really missing where they are taken away. */
export const MISSING_EDGES: readonly MissingEdge[] = [
  { edge: ['crds', 'namespaces'], told: [['namespace-order', ['crossplane', 'namespaces']]] },
  // Crossplane itself needs no definitions, only a namespace; what comes after it needs them.
  { edge: ['crossplane', 'crds'], told: [['crd-order', ['security', 'crds']], ['namespace-order', ['crossplane', 'namespaces']]] },
  { edge: ['crossplane-providers', 'crossplane'], told: [['crd-order', ['crossplane-providers', 'crossplane']]] },
  { edge: ['crossplane-configuration', 'crossplane-providers'], told: [['crd-order', ['crossplane-configuration', 'crossplane-providers']]] },
  { edge: ['epis', 'crossplane-configuration'], told: [['crd-order', ['epis', 'crossplane-configuration']]] },
  { edge: ['security', 'epis'], told: [['crd-order', ['security', 'crds']]] },
  { edge: ['flux', 'security'], told: [['crd-order', ['flux', 'security']]] },
  { edge: ['infrastructure-nodes', 'infrastructure'], told: [['crd-order', ['infrastructure-nodes', 'infrastructure']]] },
];

/** Those of which nothing is told: another dependency implies them. */
export const IMPLIED_EDGES: readonly Edge[] = [
  ['infrastructure', 'epis'], ['observability', 'security'], ['tooling', 'security'], ['apps', 'infrastructure'],
];

/** Those of which nothing is told, although what they put in order may come in another one: what these need of each other they wait for by themselves. */
export const SETTLING_EDGES: readonly Edge[] = [
  ['infrastructure', 'security'], ['observability', 'infrastructure'], ['tooling', 'infrastructure'], ['apps', 'observability'],
];

/** The edge as the fault that it is where it is taken away. */
export function missing({ edge, told }: MissingEdge): Planting & { readonly mend: Planting } {
  return { ...withoutEdges([edge]), mend: withoutEdges([edge], told.map(([, added]) => added)) };
}

const withoutHealthChecks = (platform: ExamplePlatform): void =>
  platform.only.infrastructure.firstStage.apiObject.addJsonPatch(JsonPatch.remove('/spec/healthChecks'));

/** With inference, which brings the health check back, there is no fault. */
export const UNGATED: PlantedFault = {
  props: NO_INFERENCE,
  program: withoutHealthChecks,
  told: {
    at: 'crd-order › infrastructure-nodes › EC2NodeClass default',
    message: 'needs the API karpenter.k8s.aws/EC2NodeClass (apiVersion), which may come too late: HelmRelease karpenter/karpenter brings it, and infrastructure is ready before that',
    fix: 'let infrastructure check the health of HelmRelease karpenter/karpenter, or leave inference on',
  },
  mend: { program: withoutHealthChecks },
  systems: [EksSystem.KARPENTER],
};

const certManagerDefinitions = (platform: ExamplePlatform): Component => platform.components.crds.find(({ node }) => node.id === 'cert-manager')!;

export const NAMESPACE_LEFT_OUT: PlantedFault = {
  program: platform => platform.components.namespaces.node.tryRemoveChild('security'),
  told: {
    at: 'namespace-not-delivered › epis › EKSPodIdentity security/external-secrets',
    message: 'needs the Namespace security (metadata.namespace), which nothing on this cluster delivers',
    fix: 'add it to the Namespaces component of a layer that comes before, or call cluster.assume(…) where it is there before Flux',
  },
};

export const DEFINITIONS_LEFT_OUT: PlantedFault = {
  program: platform => certManagerDefinitions(platform).node.tryRemoveChild('cert-manager-crds'),
  told: {
    at: 'crd-not-delivered › infrastructure › Certificate infrastructure/platform-tls',
    message: 'needs the APIs cert-manager.io/Certificate, cert-manager.io/ClusterIssuer (apiVersion), which nothing on this cluster delivers',
    fix: 'deliver its definitions in the crds layer, say with `apis` or component.declare(…) which component brings them, or call cluster.assume(…) where they are there before Flux',
  },
};

export const SOURCE_LEFT_OUT: PlantedFault = {
  program: platform => certManagerDefinitions(platform).node.tryRemoveChild('repository'),
  told: {
    at: 'source-not-delivered › crds › Kustomization flux-system/cert-manager-crds',
    message: 'needs the GitRepository flux-system/cert-manager-crds (spec.sourceRef), which nothing on this cluster delivers',
    fix: 'make the source in the component that refers to it, or call cluster.assume(…) where it is there before Flux',
  },
};

export const CYCLE: PlantedFault = {
  program: ({ only }) => only.namespaces.addDependency(only.apps!),
  told: {
    at: 'dependency-cycle › apps',
    message: 'never becomes ready, because it waits for itself: apps → infrastructure → epis → crossplane-configuration → crossplane-providers → crossplane → crds → namespaces → apps',
    fix: 'take one of these dependencies away, or move what needs it to a layer of its own',
  },
};

const earlySecret = (checkHealth: boolean) => (platform: ExamplePlatform): void => {
  const store = { kind: 'ClusterSecretStore', name: 'aws-secrets-manager' };
  const component = platform.component('early', 'security',
    { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'early', fields: { spec: { secretStoreRef: store, dataFrom: [{ extract: { key: 'early' } }] } } },
    workload('early', { envFrom: [{ secretRef: { name: 'early' } }] }));
  platform.only.podIdentities.addComponent(component);
  if (checkHealth) {
    platform.only.podIdentities.firstStage.addHealthCheck(flux.HealthCheck.ofObject(ApiObject.of(component.node.findChild('1'))));
  }
};

/** Where its layer does not wait for what needs the Secret, the Secret comes later. */
export const EARLY_SECRET: PlantedFault = {
  program: earlySecret(true),
  told: {
    at: 'reference-order › epis › ExternalSecret security/early',
    message: 'needs the ClusterSecretStore aws-secrets-manager (spec.secretStoreRef), which comes with security, and security comes only after epis',
    fix: 'move it to a stage or a layer of its own, which depends on security, or let epis be ready without it',
  },
  mend: { program: earlySecret(false) },
};

const moreNodes = (stage: 'firstStage' | 'lastStage') => (platform: ExamplePlatform): void => {
  const spec = { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] } } };
  platform.only.infrastructure[stage].addComponent(platform.component('more-nodes', 'karpenter', { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', name: 'more', fields: { spec } }));
};

export const BESIDE_ITS_DEFINITION: PlantedFault = {
  program: moreNodes('firstStage'),
  told: {
    at: 'self-deadlock › infrastructure › NodePool more',
    message: 'needs the API karpenter.sh/NodePool (apiVersion), which never comes: its own Kustomization would bring it, and Flux tries out all objects of a Kustomization before it writes any',
    fix: 'bring it with a stage or a layer before',
  },
  mend: { program: moreNodes('lastStage') },
  systems: [EksSystem.KARPENTER],
};

export const TWICE: PlantedFault = {
  program: platform => platform.only.tooling!.addComponent(
    platform.component('again', 'apps', { kind: 'Service', name: 'podinfo', fields: { spec: { ports: [{ port: 80 }] } } })),
  told: {
    at: 'duplicate-object › tooling › Service apps/podinfo',
    message: 'is applied by flux-system/apps, too, from apps/base/podinfo/service-podinfo.yaml: the last one to write wins, again and again, and when one of them leaves it out it may be deleted',
    fix: 'leave it out of one of them',
  },
  systems: [EksSystem.HOMEPAGE],
};

/** Harbor with a Secret in its values that its pods need, and what its HelmRelease does after a failure. */
function secretInValues(strategies: object): DataChange {
  const isHarbor = ({ kind, name }: DeliveredObject) => kind === 'HelmRelease' && name === 'harbor';
  const changed = ({ spec, ...others }: any) => ({ ...others, spec: { ...spec, ...strategies, values: { ...spec.values, secret: 'harbor-admin' } } });
  return {
    options: { rows: [{ from: 'helm.toolkit.fluxcd.io/HelmRelease', at: 'spec.values.secret', to: '/Secret', namespace: 'same', needs: 'exists', strength: 'ready' }] },
    change: kustomization => ({
      ...kustomization, objects: kustomization.objects.map(object => isHarbor(object) ? { ...object, manifest: changed(object.manifest) } : object),
    }),
  };
}

export const GIVES_UP: PlantedFault = {
  data: secretInValues({ install: undefined, upgrade: undefined }),
  told: {
    at: 'release-gives-up › tooling › HelmRelease tooling/harbor',
    message: 'stays failed after its first failed attempt, until something in it changes, and needs the Secret tooling/harbor-admin (spec.values.secret), which may come too late',
    fix: 'give install and upgrade the strategy RetryOnFailure',
  },
  mend: { data: secretInValues({}) },
  systems: [EksSystem.HARBOR],
};

const rights = (platform: ExamplePlatform): void => {
  const component = platform.component('rights', 'security');
  new components.PodIdentity(component, 'shop', {
    serviceAccount: { name: 'shop', namespace: 'apps' }, additionalPolicies: { read: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  });
  platform.only.podIdentities.addComponent(component);
};

export const RIGHTS_OF_NOBODY: PlantedFault = {
  program: rights,
  told: {
    at: 'pod-identity-account › epis › EKSPodIdentity apps/shop',
    message: 'gives rights on AWS to the ServiceAccount apps/shop, which nothing on this cluster makes: it becomes ready, and no pod gets the rights',
    fix: 'correct the name or the namespace, deliver the ServiceAccount, or say with component.declare(…) which component brings it about',
  },
  mend: {
    program: platform => {
      rights(platform);
      platform.only.apps!.addComponent(platform.component('shop', 'apps', { kind: 'ServiceAccount', name: 'shop' }));
    },
  },
};

const route = (namespace: string) => (platform: ExamplePlatform): void => {
  const parentRefs = [{ name: 'platform-tailscale-general', namespace: 'infrastructure' }];
  platform.only.tooling!.addComponent(platform.component('hidden', namespace,
    { kind: 'Service', name: 'hidden', fields: { spec: { ports: [{ port: 80 }] } } },
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', name: 'hidden', fields: { spec: { parentRefs, rules: [{ backendRefs: [{ name: 'hidden', port: 80 }] }] } } }));
};

/** A route of a namespace that the Gateway does not allow. */
export const REFUSED_ROUTE: PlantedFault = {
  program: route('karpenter'),
  told: {
    at: 'route-not-allowed › tooling › HTTPRoute karpenter/hidden',
    message: 'attaches to the Gateway infrastructure/platform-tailscale-general, which refuses it: the listener https allows routes of namespaces with other labels than karpenter has',
    fix: 'attach it to another Gateway or listener, or let this one allow it',
  },
  mend: { program: route('tooling') },
  systems: [EksSystem.HOMEPAGE],
};

/** A variable that is renamed, and not everywhere. */
export const RENAMED_VARIABLE: PlantedFault = {
  program: ({ only }) => {
    delete only.variables.cluster_region;
    only.addVariable('region', 'eu-west-3');
  },
  told: {
    at: 'undefined-variable › crossplane-configuration › EnvironmentConfig cluster',
    message: 'uses ${cluster_region} at /data/region, which has no value on this cluster: the build of the whole Kustomization fails',
    fix: 'add "cluster_region" to the cluster\'s variables',
  },
};

const dashboard = (json: string) => (platform: ExamplePlatform): void => {
  const spec = { instanceSelector: { matchLabels: { dashboards: 'grafana' } }, json };
  platform.only.observability.addComponent(platform.component('dashboards', 'observability',
    { apiVersion: 'grafana.integreatly.org/v1beta1', kind: 'GrafanaDashboard', name: 'requests', fields: { spec } }));
};

/** A dashboard with a variable of Grafana's. */
export const FOREIGN_VARIABLE: PlantedFault = {
  program: dashboard('{"datasource": "${DS_PROMETHEUS}"}'),
  told: {
    at: 'foreign-substitution › observability › GrafanaDashboard observability/requests',
    message: 'has ${DS_PROMETHEUS} at /spec/json, which is no variable of this cluster: Flux takes it for its own, and the build of the whole Kustomization fails',
    fix: 'write Variable.literal(…) around the text, which then stays as it is, or add "DS_PROMETHEUS" to the cluster\'s variables where it is for Flux',
  },
  mend: { program: dashboard(Variable.literal('{"datasource": "${DS_PROMETHEUS}"}')) },
  systems: [EksSystem.GRAFANA],
};

const account = (quoted: boolean) => (platform: ExamplePlatform): void => {
  const number = Variable.of('account_id');
  const quote = Variable.of('quote');
  platform.only.addVariable('account_id', '123456789012');
  if (quoted) {
    platform.only.addVariable('quote', '"');
  }
  platform.only.apps!.addComponent(platform.component('account', 'apps', { name: 'account', fields: { data: { account: quoted ? `${quote}${number}${quote}` : `${number}` } } }));
};

/** The number of an account in a field for text. */
export const NUMBER_FOR_TEXT: PlantedFault = {
  program: account(false),
  told: {
    at: 'type-changing-variable › apps › ConfigMap apps/account',
    message: 'has ${account_id} at /data/account, which becomes a number with this cluster\'s values',
    fix: 'put text before or behind the variable, or write "${quote}…${quote}" with a variable "quote" whose value is one double quote',
  },
  mend: { program: account(true) },
};

/** All but the edges, by what is wrong. */
export const FAULTS = {
  'a namespace is left out': NAMESPACE_LEFT_OUT,
  'the definitions of a system are left out': DEFINITIONS_LEFT_OUT,
  'the source of the definitions is left out': SOURCE_LEFT_OUT,
  'a health check is taken away, and inference is off': UNGATED,
  'a layer waits for one that depends on it': CYCLE,
  'a layer waits for what needs a Secret whose store comes after it': EARLY_SECRET,
  'a custom resource is beside the HelmRelease that brings its definition': BESIDE_ITS_DEFINITION,
  'the same object is in two layers': TWICE,
  'a HelmRelease that needs a Secret in its values does not try again': GIVES_UP,
  'a pod identity is for a ServiceAccount that nothing makes': RIGHTS_OF_NOBODY,
  'a route is of a namespace that the Gateway does not allow': REFUSED_ROUTE,
  'a variable is renamed, and not everywhere': RENAMED_VARIABLE,
  'a dashboard has a variable of Grafana\'s': FOREIGN_VARIABLE,
  'the number of an account is in a field for text': NUMBER_FOR_TEXT,
} satisfies Record<string, PlantedFault>;

export type FaultTitle = keyof typeof FAULTS;
