import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { flux, Layer, LayerProps } from '../../src';

const CHECK = 'reference-order';

/** A layer with variables of a ConfigMap that another layer delivers. */
function variablesElsewhere(inferDependencies: boolean): { checked: CheckedPlatform; apps: Layer; settings: Layer } {
  const checked = new CheckedPlatform({ inferDependencies });
  const settings = checked.layer('settings', [checked.component('settings', { name: 'settings', namespace: 'flux-system' })]);
  const postBuild = { substituteFrom: [flux.VariableSource.configMap('settings')] };
  return { checked, settings, apps: checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], postBuild }) };
}

test('refuses variables whose ConfigMap is not waited for', () => {
  expect(variablesElsewhere(false).checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/apps: needs the ConfigMap flux-system/settings (spec.postBuild.substituteFrom), which may come too late: it is sure to be there once settings `
    + 'is ready, and apps does not wait for that → let apps depend on settings, or leave inference on',
  ]);
});

test('takes them where inference is on, and where the layer waits', () => {
  expect(variablesElsewhere(true).checked.findings()).toEqual([]);
  const { checked, apps, settings } = variablesElsewhere(false);
  apps.addDependency(settings);
  expect(checked.findings()).toEqual([]);
});

const STORE: ObjectFixture = { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault', fields: { spec: {} } };
const SECRET: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'session', fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } } },
};
const DEPLOYMENT: ObjectFixture = {
  apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', fields: { spec: { template: { spec: { containers: [{ envFrom: [{ secretRef: { name: 'session' } }] }] } } } },
};

/** Secrets in a layer before the one with their store. */
function secretsFirst(wait: boolean): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'the External Secrets Operator', apis: [{ group: 'external-secrets.io' }], controllers: ['external-secrets.io'] });
  const apps = checked.layer('apps', [checked.component('web', SECRET, DEPLOYMENT)], { dependsOn: [checked.namespaces], wait });
  checked.layer('stores', [checked.component('stores', STORE)], { dependsOn: [apps] });
  return checked;
}

test('refuses a layer that waits for a Secret whose store comes after it, and tells each step', () => {
  const checked = secretsFirst(true);
  expect(checked.findings(CHECK)).toEqual([
    'error dev › flux-system/apps › ExternalSecret apps/session: needs the ClusterSecretStore vault (spec.secretStoreRef), which comes with stores, and stores comes only after apps '
    + '→ move it to a stage or a layer of its own, which depends on stores, or let apps be ready without it',
  ]);
  expect(checked.platform.findings().find(({ check }) => check === CHECK)!.evidence).toEqual([
    'ClusterSecretStore vault is ready only once Kustomization flux-system/stores has applied its objects',
    'Kustomization flux-system/stores has applied its objects only once Kustomization flux-system/apps is ready',
    'Kustomization flux-system/apps is ready only once ExternalSecret apps/session is ready',
    'ExternalSecret apps/session is ready only once ClusterSecretStore vault is ready',
    '5 objects and Kustomizations never become ready',
  ]);
});

test('takes the same where the layer is ready before them', () => {
  expect(secretsFirst(false).findings(CHECK)).toEqual([]);
});

/**
 * An identity provider behind a gateway, in the layer with the issuer of the gateway's certificate; the gateway's layer comes after that
 * one. Each needs something of the other, and waits for it by itself.
 */
function identityProvider(props: LayerProps): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.cluster.assume({
    what: 'the controllers',
    apis: [{ group: 'cert-manager.io' }, { group: 'gateway.networking.k8s.io' }],
    controllers: ['cert-manager.io', 'gateway.networking.k8s.io'],
  });
  const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', name: 'letsencrypt', fields: { spec: {} } };
  const gatewayApi = 'gateway.networking.k8s.io/v1';
  const provider = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'identity', fields: { spec: {} } },
    { apiVersion: gatewayApi, kind: 'HTTPRoute', name: 'identity', fields: { spec: { parentRefs: [{ name: 'general' }] } } },
  ];
  const gateway = [
    { apiVersion: gatewayApi, kind: 'GatewayClass', name: 'class', fields: { spec: {} } },
    {
      apiVersion: gatewayApi,
      kind: 'Gateway',
      name: 'general',
      fields: { spec: { gatewayClassName: 'class', listeners: [{ tls: { certificateRefs: [{ name: 'tls' }] } }] } },
    },
    { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'tls', fields: { spec: { secretName: 'tls', issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } } } },
  ];
  const security = checked.layer('security', [checked.component('security', issuer, ...provider)], { dependsOn: [checked.namespaces], ...props });
  checked.layer('infrastructure', [checked.component('gateway', ...gateway)], { dependsOn: [security] });
  return checked;
}

test.each([
  ['neither layer waits for their health', {}], ['Flux sees nothing of the health that it waits for', { wait: true }],
])('takes layers whose objects need each other, where %s', (_, props) => {
  const checked = identityProvider(props);
  expect(checked.findings(CHECK)).toEqual([]);
  expect(checked.platform.delivery('dev').requirements.filter(({ at }) => at === 'spec.parentRefs[]').map(({ verdict }) => verdict)).toEqual(['settles']);
});

test('shows the circle where one of them judges their health', () => {
  const current = "status.parents.exists(parent, parent.conditions.exists(condition, condition.type == 'Accepted' && condition.status == 'True'))";
  const checked = identityProvider({ wait: true, healthCheckExprs: [flux.HealthCheckExpression.of({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', current })] });
  expect(checked.findings(CHECK)).toEqual([
    'error dev › flux-system/security › HTTPRoute apps/identity: needs the Gateway apps/general (spec.parentRefs[]), which comes with infrastructure, and infrastructure comes only '
    + 'after security → move it to a stage or a layer of its own, which depends on infrastructure, or let security be ready without it',
  ]);
  expect(checked.platform.findings().find(({ check }) => check === CHECK)!.evidence).toEqual([
    'Gateway apps/general exists only once Kustomization flux-system/infrastructure has applied its objects',
    'Kustomization flux-system/infrastructure has applied its objects only once Kustomization flux-system/security is ready',
    'Kustomization flux-system/security is ready only once HTTPRoute apps/identity is ready',
    'HTTPRoute apps/identity is ready only once Gateway apps/general exists',
    '6 objects and Kustomizations never become ready',
  ]);
});

test('warns where a webhook may not answer yet, and inference is off', () => {
  const checked = new CheckedPlatform({ inferDependencies: false });
  checked.cluster.assume({ what: 'the definitions', apis: [{ group: 'external-secrets.io' }] });
  const operator = checked.component('operator', { ...DEPLOYMENT, name: 'operator', fields: { spec: {} } });
  operator.declare({ controllers: ['external-secrets.io'], webhooks: ['external-secrets.io'] });
  const security = checked.layer('security', [operator], { dependsOn: [checked.namespaces] });
  checked.layer('stores', [checked.component('stores', STORE)], { dependsOn: [security] });
  expect(checked.findings(CHECK)).toEqual([
    'warning dev › flux-system/stores › ClusterSecretStore vault: needs the webhook of external-secrets.io (apiVersion), which may come too late: Deployment apps/operator brings '
    + 'it, and security is ready before that → let security check the health of Deployment apps/operator, or leave inference on',
  ]);
});
