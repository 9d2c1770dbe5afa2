/** A reference to something that nobody delivers (docs/checks/reference-not-delivered.md). */
import { flux } from 'cdk8s-strata';
import { allRights, DEPLOYER, serviceAccount } from './rights';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { workload } from '../played/operator';

const CHECK = 'reference-not-delivered';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

function deployment(account: string): ObjectFixture {
  const { metadata: { labels }, spec } = workload({ kind: 'Deployment', name: 'web', namespace: 'apps', release: 'web', account, startSeconds: 0 }) as unknown as {
    readonly metadata: { readonly labels: { [label: string]: string } }; readonly spec: { [field: string]: any };
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', metadata: { labels }, fields: { spec } };
}

const SECRET: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  name: 'session',
  fields: { spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, data: [{ secretKey: 'key', remoteRef: { key: 'session' } }] } },
};
const STORE: ObjectFixture = {
  apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'vault', fields: { spec: { provider: { fake: { data: [] } } } },
};
const CERTIFICATE: ObjectFixture = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  name: 'tls',
  fields: { spec: { secretName: 'tls', dnsNames: ['example.com'], issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' } } },
};
const ISSUER: ObjectFixture = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', name: 'letsencrypt', fields: { spec: { selfSigned: {} } } };
const ROUTE: ObjectFixture = {
  apiVersion: GATEWAY_API, kind: 'HTTPRoute', name: 'web', fields: { spec: { parentRefs: [{ name: 'general' }], rules: [{}] } },
};
const GATEWAY: ObjectFixture[] = [
  { apiVersion: GATEWAY_API, kind: 'GatewayClass', name: 'class', fields: { spec: { controllerName: 'io.cilium/gateway-controller' } } },
  {
    apiVersion: GATEWAY_API,
    kind: 'Gateway',
    name: 'general',
    fields: { spec: { gatewayClassName: 'class', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] } },
  },
];

/** Two operators, which are played and run before Flux. */
const OPERATORS: SceneOptions = {
  before: async api => {
    await Promise.all(['cert-manager', 'external-secrets'].map(name =>
      api.apply(workload({ kind: 'Deployment', name, namespace: 'default', release: name, startSeconds: 0 }))));
  },
};

function withOperators(props: Parameters<Program>[0]): CheckedPlatform {
  const checked = new CheckedPlatform(props);
  const groups = ['cert-manager.io', 'external-secrets.io', 'gateway.networking.k8s.io'];
  checked.cluster.assume({ what: 'the operators', apis: groups.map(group => ({ group })), controllers: groups });
  return checked;
}

/** A layer that waits for objects which refer to others, a layer after it, and a layer with variables: with what they refer to, or without. */
function platform(complete: boolean): Program {
  return props => {
    const checked = withOperators(props);
    const referred = checked.component('referred', { name: 'beside' }, ...complete
      ? [STORE, ISSUER, ...GATEWAY, { kind: 'ServiceAccount', name: 'shop' }, { name: 'settings', namespace: 'flux-system' }] : []);
    const before = checked.layer('before', [referred], { dependsOn: [checked.namespaces] });
    const apps = checked.layer('apps', [checked.component('web', deployment('shop'), SECRET, CERTIFICATE, ROUTE)], { dependsOn: [before], wait: true });
    checked.layer('later', [checked.component('later', { name: 'later' })], { dependsOn: [apps] });
    const postBuild = { substituteFrom: [flux.VariableSource.configMap('settings')] };
    checked.layer('variables', [checked.component('variables', { name: 'variables' })], { dependsOn: [before], postBuild });
    return checked;
  };
}

/** An object that names a Secret of each other one, and the account that every namespace has. */
const made: Program = props => {
  const checked = withOperators(props);
  const web = deployment('default');
  const { template, ...spec } = web.fields!.spec;
  const [container] = template.spec.containers;
  const reading = { ...container, envFrom: [{ secretRef: { name: 'session' } }], volumeMounts: [{ name: 'tls', mountPath: '/tls' }] };
  const pod = { ...template.spec, containers: [reading], volumes: [{ name: 'tls', secret: { secretName: 'tls' } }] };
  const fields = { spec: { ...spec, template: { ...template, spec: pod } } };
  checked.layer('apps', [checked.component('web', { ...web, fields }, SECRET, STORE, CERTIFICATE, ISSUER)], { dependsOn: [checked.namespaces], wait: true });
  return checked;
};

/** A layer that acts as a ServiceAccount, with its rights or without. */
function acting(bound: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const rights = bound ? [allRights('RoleBinding', DEPLOYER)] : [];
    const accounts = checked.layer('accounts', [checked.component('accounts', serviceAccount(DEPLOYER), ...rights)], { dependsOn: [checked.namespaces] });
    checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [accounts], serviceAccountName: DEPLOYER.name });
    return checked;
  };
}

/** A layer whose variables are in a Secret that is there before Flux. */
const assumed: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.cluster.assume({ what: 'the keys', object: { apiVersion: 'v1', kind: 'Secret', name: 'keys', namespace: 'flux-system' } });
  checked.layer('apps', [checked.component('web', { name: 'web' })], {
    dependsOn: [checked.namespaces], postBuild: { substituteFrom: [flux.VariableSource.secret('keys')] },
  });
  return checked;
};

const alert: Program = props => {
  const checked = new CheckedPlatform(props);
  const fields = { spec: { providerRef: { name: 'slack' }, eventSources: [{ kind: 'Kustomization', name: '*' }] } };
  checked.layer('flux', [checked.component('alert', { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', name: 'slack', fields })], {
    dependsOn: [checked.namespaces], wait: true,
  });
  return checked;
};

test('what refers to it is written and does not become ready, nor what waits for that, until it is delivered', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, platform(true), OPERATORS);
  await Scene.play(CHECK, platform(false), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    const message = scene.failuresOf('apps')[0].message;
    expect(message).toMatch(/^health check failed after .*: timeout waiting for: \[/);
    ['Certificate/apps/tls', 'Deployment/apps/web', 'ExternalSecret/apps/session'].forEach(object => expect(message).toContain(`${object} status: 'InProgress'`));
    expect(scene.object('HTTPRoute', 'web', 'apps')).toBeDefined();
    expect(scene.failuresOf('variables')[0].message).toMatch(/configmaps "settings" not found/);
    await scene.says('later', /^dependency 'flux-system\/apps' is not ready/);
    await scene.push(platform(true));
    await scene.converges();
  }, OPERATORS);
});

test('what is applied as an account without rights is refused, until they are delivered', async () => {
  const seconds = await Scene.converges(`${CHECK}-rights-mended`, acting(true));
  await Scene.play(`${CHECK}-rights`, acting(false), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/^ConfigMap\/apps\/web dry-run failed \(Forbidden\): .*User "system:serviceaccount:flux-system:deployer" cannot/);
    await scene.push(acting(true));
    await scene.converges();
  });
});

test('Secrets that other objects make, and the account that each namespace has, are there', async () => {
  await Scene.play(`${CHECK}-made`, made, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
    ['session', 'tls'].forEach(name => expect(scene.object('Secret', name, 'apps')).toBeDefined());
    expect(scene.object('ServiceAccount', 'default', 'apps')).toBeDefined();
  }, OPERATORS);
});

test('it is enough that it is there before Flux', async () => {
  await Scene.play(`${CHECK}-assumed`, assumed, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});

test('everything becomes ready where only something is missing from view', async () => {
  await Scene.play(`${CHECK}-view`, alert, [CHECK], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});
