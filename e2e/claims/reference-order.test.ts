/** Something that comes after what refers to it (docs/checks/reference-order.md). */
import { flux, LayerProps } from 'cdk8s-strata';
import { chart, release } from './operator';
import { allRights, DEPLOYER, serviceAccount } from './rights';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { workload } from '../played/operator';

const CHECK = 'reference-order';

const inferred = (program: Program): Program => props => program({ ...props, inferDependencies: true });

/** A layer with variables of a ConfigMap that another layer delivers. */
const variables = (waits: boolean): Program => props => {
  const checked = new CheckedPlatform(props);
  const settings = checked.layer('settings', [checked.component('settings', { name: 'settings', namespace: 'flux-system', fields: { data: { colour: 'blue' } } })]);
  const postBuild = { substituteFrom: [flux.VariableSource.configMap('settings')] };
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], postBuild });
  waits && apps.addDependency(settings);
  return checked;
};

const ACCOUNT = serviceAccount(DEPLOYER);
const BINDING = allRights('ClusterRoleBinding', DEPLOYER);

/** A layer that acts as a ServiceAccount, whose rights another layer delivers: with the account, or after it. */
const acting = (...accountFirst: ObjectFixture[]) => (waits: boolean): Program => props => {
  const checked = new CheckedPlatform(props);
  accountFirst.length > 0 && checked.namespaces.addComponent(checked.component('account', ...accountFirst));
  const accounts = checked.layer('accounts', [checked.component('accounts', BINDING, ...accountFirst.length > 0 ? [] : [ACCOUNT])]);
  const apps = checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], serviceAccountName: DEPLOYER.name });
  waits && apps.addDependency(accounts);
  return checked;
};

const account = acting();
const rights = acting(ACCOUNT);
const FORBIDDEN = /^ConfigMap\/apps\/web dry-run failed \(Forbidden\): .*User "system:serviceaccount:flux-system:deployer" cannot/;

test.each([
  ['variables', variables, /^post build failed for '.*substitute from 'ConfigMap\/settings' error: configmaps "settings" not found/],
  ['account', account, FORBIDDEN],
  ['rights', rights, FORBIDDEN],
] as const)('the %s that a Kustomization itself needs: the attempt fails, and a later one does not', async (name, program, message) => {
  await Scene.play(`${CHECK}-${name}`, program(false), [CHECK], async scene => {
    await scene.fails('apps', message);
    scene.release();
    await scene.converges();
  }, { late: ['settings', 'accounts'] });
});

test.each([
  ['variables', 'named', variables(true)], ['variables', 'inferred', inferred(variables(false))],
  ['account', 'named', account(true)], ['account', 'inferred', inferred(account(false))],
  ['rights', 'inferred', inferred(rights(false))],
])('the %s that a Kustomization itself needs: with the dependency %s, nothing fails', async (name, mend, program) => {
  await Scene.play(`${CHECK}-${name}-${mend}`, program, [], async scene => {
    await scene.says('apps', /^dependency 'flux-system\/(settings|accounts)' is not ready/);
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { late: ['settings', 'accounts'] });
});

/** Runs operators before Flux, which are played from then on. */
function operators(...names: string[]): SceneOptions {
  return {
    before: async api => {
      await Promise.all(names.map(name => api.apply(workload({ kind: 'Deployment', name, namespace: 'default', release: name, startSeconds: 0 }))));
    },
  };
}

const STORE: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault', fields: { spec: { provider: { fake: { data: [] } } } },
};
const SECRET: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  name: 'session',
  fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'key', remoteRef: { key: 'session' } }] } },
};

/** A Deployment that takes longer to start than an operator to look at something. */
function deployment(name: string, startSeconds = 15): ObjectFixture {
  const { metadata: { labels }, spec } = workload({ kind: 'Deployment', name, namespace: 'apps', release: name, startSeconds }) as unknown as {
    readonly metadata: { readonly labels: { [label: string]: string } }; readonly spec: object;
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, metadata: { labels }, fields: { spec } };
}

/** Secrets in a layer before or after the one with their store. */
function secrets(order: 'before' | 'after', wait: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.cluster.assume({ what: 'the External Secrets Operator', apis: [{ group: 'external-secrets.io' }], controllers: ['external-secrets.io'] });
    const apps = checked.layer('apps', [checked.component('web', SECRET, deployment('web'))], { dependsOn: [checked.namespaces], wait });
    const stores = checked.layer('stores', [checked.component('stores', STORE)], { dependsOn: [checked.namespaces] });
    order === 'before' ? stores.addDependency(apps) : apps.addDependency(stores);
    return checked;
  };
}

test('secrets before their store, in a layer that waits for them, wait for ever', async () => {
  const options = operators('external-secrets');
  const seconds = await Scene.converges(`${CHECK}-secrets-mended`, secrets('after', true), options);
  await Scene.play(`${CHECK}-secrets-deadlock`, secrets('before', true), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/^health check failed after .*: timeout waiting for: \[ExternalSecret\/apps\/session status: 'InProgress'/);
    await scene.says('stores', /^dependency 'flux-system\/apps' is not ready/);
    await scene.push(secrets('after', true));
    await scene.converges();
  }, options);
});

test('the same in a layer that does not wait for them settles, and nothing fails', async () => {
  await Scene.play(`${CHECK}-secrets-settle`, secrets('before', false), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, operators('external-secrets'));
});

const GATEWAY_API = 'gateway.networking.k8s.io/v1';


/** Health of a route, which Flux cannot tell by itself. */
const ROUTE_HEALTH = flux.HealthCheckExpression.of({
  apiVersion: GATEWAY_API,
  kind: 'HTTPRoute',
  current: "status.parents.exists(parent, parent.conditions.exists(condition, condition.type == 'Accepted' && condition.status == 'True'))",
});

/** An identity provider behind a gateway, in the layer with the issuer of the gateway's certificate; the gateway's layer comes after that one. */
function identityProvider(security: LayerProps): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    checked.cluster.assume({
      what: 'the controllers',
      apis: [{ group: 'cert-manager.io' }, { group: 'gateway.networking.k8s.io' }],
      controllers: ['cert-manager.io', 'gateway.networking.k8s.io'],
    });
    const provider: ObjectFixture[] = [
      { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', name: 'letsencrypt', fields: { spec: { selfSigned: {} } } },
      deployment('identity'),
      { kind: 'Service', name: 'identity', fields: { spec: { ports: [{ port: 80 }] } } },
      {
        apiVersion: GATEWAY_API,
        kind: 'HTTPRoute',
        name: 'identity',
        fields: { spec: { parentRefs: [{ name: 'general' }], rules: [{ backendRefs: [{ name: 'identity', port: 80 }] }] } },
      },
    ];
    const listener = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'tls' }] } };
    const certificate = { secretName: 'tls', dnsNames: ['example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } };
    const gateway: ObjectFixture[] = [
      { apiVersion: GATEWAY_API, kind: 'GatewayClass', name: 'class', fields: { spec: { controllerName: 'io.cilium/gateway-controller' } } },
      { apiVersion: GATEWAY_API, kind: 'Gateway', name: 'general', fields: { spec: { gatewayClassName: 'class', listeners: [listener] } } },
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'tls', fields: { spec: certificate } },
    ];
    const first = checked.layer('security', [checked.component('security', ...provider)], { dependsOn: [checked.namespaces], ...security });
    checked.layer('infrastructure', [checked.component('gateway', ...gateway)], { dependsOn: [first] });
    return checked;
  };
}

test.each([
  ['whose layer is ready without it', 'ungated', {}], ['whose layer waits for all health that Flux sees', 'unseen', { wait: true }],
])('an identity provider behind its gateway, %s, settles, and nothing fails', async (_, name, security) => {
  await Scene.play(`${CHECK}-identity-${name}`, identityProvider(security), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, operators('cert-manager'));
});

test('an identity provider whose layer judges the health of its route waits for ever', async () => {
  const options = operators('cert-manager');
  const seconds = await Scene.converges(`${CHECK}-identity-mended`, identityProvider({}), options);
  await Scene.play(`${CHECK}-identity-deadlock`, identityProvider({ wait: true, healthCheckExprs: [ROUTE_HEALTH] }), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('security')[0].message).toMatch(/^health check failed after .*: timeout waiting for: \[HTTPRoute\/apps\/identity status: 'InProgress'/);
    await scene.says('infrastructure', /^dependency 'flux-system\/security' is not ready/);
    await scene.push(identityProvider({}));
    await scene.converges();
  }, options);
});

/** An operator in a layer that does not wait for it, and its store in a layer after that one. */
const operatorAndStore: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.cluster.assume({ what: 'the definitions', apis: [{ group: 'external-secrets.io' }] });
  const operator = checked.component('operator', release('external-secrets'), chart('external-secrets'));
  const brings = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'external-secrets', namespace: 'apps' }];
  operator.declare({ objects: brings, controllers: ['external-secrets.io'], webhooks: ['external-secrets.io'] });
  const security = checked.layer('security', [operator], { dependsOn: [checked.namespaces] });
  checked.layer('stores', [checked.component('stores', STORE)], { dependsOn: [security] });
  return checked;
};

test('a webhook refuses between being installed and answering, and what it refused comes with a later attempt', async () => {
  await Scene.play(`${CHECK}-webhook`, operatorAndStore, [CHECK], async scene => {
    await scene.run.history.watch([['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration']]);
    await scene.run.until('the webhook is installed', 5, () => scene.object('ValidatingWebhookConfiguration', 'apps-external-secrets'));
    scene.release();
    await scene.fails('stores', /^ClusterSecretStore\/vault dry-run failed.*failed calling webhook "played\.e2e\.example\.com"/);
    await scene.converges();
  }, { late: ['stores'], startSeconds: 60 });
});

test('with what is inferred, the webhook answers before it is asked', async () => {
  await Scene.play(`${CHECK}-webhook-inferred`, inferred(operatorAndStore), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  }, { startSeconds: 15 });
});
