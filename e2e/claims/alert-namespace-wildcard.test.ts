/** Objects that an Alert or a Receiver names, and Flux never finds (docs/checks/alert-namespace-wildcard.md). */
import { Mirror } from 'cdk8s-strata';
import { assumeToken, makeToken, receiver } from './receiver';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'alert-namespace-wildcard';
const HOOKS = 'hooks.example.com';
const NOTIFICATIONS: SceneOptions = { flux: { notifications: true }, before: makeToken };
const NAMESPACE = 'flux-system';

/** An Alert, and a provider of its own that it sends to: `hooks.example.com/<name>`. */
function alert(name: string, [mirror]: Mirror[], source: object): ObjectFixture[] {
  return [
    {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider', name, namespace: NAMESPACE, fields: { spec: { type: 'generic', address: `${mirror.to}${HOOKS}/${name}` } },
    },
    {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', name, namespace: NAMESPACE, fields: { spec: { providerRef: { name }, eventSources: [source] } },
    },
  ];
}

/** A layer with Alerts and Receivers, and one with a ConfigMap whose color a later commit may change. */
function telling(objects: (mirrors: Mirror[]) => ObjectFixture[], color = 'blue'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    assumeToken(checked);
    const alerts = checked.layer('alerts', [checked.component('alerts', { name: 'beside' }, ...objects(props.mirrors))], { dependsOn: [checked.namespaces] });
    checked.layer('apps', [checked.component('shop', { name: 'shop', fields: { data: { color } } })], { dependsOn: [alerts] });
    return checked;
  };
}

const EVERY = { kind: 'Kustomization', name: '*' };
const ALERTS = (mirrors: Mirror[]): ObjectFixture[] => [
  ...alert('anywhere', mirrors, { ...EVERY, namespace: '*' }), ...alert('here', mirrors, EVERY), ...alert('named', mirrors, { ...EVERY, namespace: NAMESPACE }),
];

/** What the Kustomization of the cluster has applied. */
const LABELS = { 'kustomize.toolkit.fluxcd.io/name': 'flux-system' };
/** Of a kind that is no source a Receiver has to be told the version. */
const KUSTOMIZATIONS = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' };
const SOURCE = { kind: 'GitRepository', name: 'flux-system' };
const RECEIVERS = (): ObjectFixture[] => [
  receiver('named', [SOURCE]),
  receiver('anywhere', [{ ...SOURCE, namespace: '*' }]),
  receiver('unversioned', [{ kind: 'Kustomization', name: '*', matchLabels: LABELS }]),
  receiver('unlabelled', [{ ...KUSTOMIZATIONS, name: '*' }]),
  receiver('labelled', [{ ...KUSTOMIZATIONS, name: '*', matchLabels: LABELS }]),
  receiver('labelled-anywhere', [{ ...KUSTOMIZATIONS, name: '*', namespace: '*', matchLabels: LABELS }]),
];

test('an Alert for the namespace * never sends anything; one for a namespace sends what happens to every name in it', async () => {
  await Scene.play(CHECK, telling(ALERTS), [CHECK], async scene => {
    await scene.converges();
    const messages = (name: string) => scene.internet.messages.get(`${HOOKS}/${name}`) ?? [];
    const of = (name: string) => messages(name).map(({ involvedObject, reason }) => `${involvedObject.kind} ${involvedObject.namespace}/${involvedObject.name} ${reason}`);
    const applied = 'Kustomization flux-system/apps ReconciliationSucceeded';
    const told = () => ['here', 'named'].map(name => of(name).filter(each => each === applied).length);
    const before = told();
    await scene.push(telling(ALERTS, 'red'), [CHECK]);
    await scene.run.until('both others are told', 5, () => told().every((times, i) => times > before[i]) || undefined);
    expect(messages('anywhere')).toEqual([]);

    await scene.push(telling(mirrors => alert('anywhere', mirrors, { ...EVERY, namespace: NAMESPACE }), 'red'));
    await scene.applies('alerts');
    await scene.push(telling(mirrors => alert('anywhere', mirrors, { ...EVERY, namespace: NAMESPACE }), 'green'));
    await scene.run.until('it is told', 5, () => of('anywhere').includes(applied) || undefined);
  }, NOTIFICATIONS);
});

test('a Receiver finds nothing in the namespace *, and answers with an error where it has every name without labels', async () => {
  await Scene.play(`${CHECK}-receiver`, telling(RECEIVERS), [CHECK], async scene => {
    await scene.converges();
    const requested = (apiVersion: string, kind: string, name: string) =>
      scene.api.get(apiVersion, kind, NAMESPACE, name).then(object => object!.metadata.annotations?.['reconcile.fluxcd.io/requestedAt']);
    const requests = () => Promise.all(['flux-system', 'namespaces', 'alerts', 'apps'].map(name => requested('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name)));
    const source = () => requested('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system');
    const call = async (name: string): Promise<number> => {
      const path = await scene.run.until(`${name} has a path`, 5, () => scene.object('Receiver', name, NAMESPACE)?.status?.webhookPath as string | undefined);
      return (await fetch(`${scene.run.flux.receivers}${path}`, { method: 'POST', body: '{}' })).status;
    };
    const untouched = [undefined, undefined, undefined, undefined];
    expect([await requests(), await source()]).toEqual([untouched, undefined]);
    expect(await call('unversioned')).toBe(500);
    expect(await call('unlabelled')).toBe(500);
    expect(await call('anywhere')).toBe(500);
    expect(await call('labelled-anywhere')).toBe(200);
    expect([await requests(), await source()]).toEqual([untouched, undefined]);

    expect(await call('named')).toBe(200);
    expect(await source()).toEqual(expect.any(String));
    expect(await call('labelled')).toBe(200);
    expect(await requests()).toEqual([undefined, expect.any(String), expect.any(String), expect.any(String)]);
  }, NOTIFICATIONS);
});

test('the API refuses an Alert for kinds that only the operator lets in, and nothing comes that is applied with it', async () => {
  const kinds = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'];
  const program = (right: boolean): Program => props => {
    const checked = new CheckedPlatform(props);
    for (const kind of kinds) {
      const name = kind.toLowerCase();
      const objects = alert(name, props.mirrors, { kind: right ? 'HelmRelease' : kind, name: '*' });
      checked.layer(name, [checked.component(name, { name }, ...objects)], { dependsOn: [checked.namespaces] });
    }
    return checked;
  };
  const seconds = await Scene.converges(`${CHECK}-refused-mended`, program(true));
  await Scene.play(`${CHECK}-refused`, program(false), [CHECK, 'schema'], async scene => {
    for (const kind of kinds) {
      await scene.fails(kind.toLowerCase(), new RegExp(`^Alert/flux-system/${kind.toLowerCase()} dry-run failed \\(Invalid\\): .*spec\\.eventSources\\[0\\]\\.kind: Unsupported value: "${kind}"`));
    }
    await Promise.all(kinds.map(kind => scene.triedInVain(kind.toLowerCase())));
    await scene.takesTimes(seconds);
    expect(kinds.filter(kind => scene.object('ConfigMap', kind.toLowerCase(), 'apps'))).toEqual([]);
    await scene.push(program(true));
    await scene.converges();
  });
});
