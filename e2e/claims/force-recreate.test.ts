/** What Flux deletes and makes anew when the API refuses a change (docs/checks/force-recreate.md). */
import { LayerProps } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { custom, definition, definitionName } from './definitions';
import { CHART, release } from './operator';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'force-recreate';
const FORCE = { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } };

/** A ConfigMap that cannot be changed any more. */
const fixed = (name: string, color: string, metadata?: object): ObjectFixture => ({ name, metadata, fields: { immutable: true, data: { color } } });

/** A ConfigMap, and the same with a key that the API refuses. */
const simple = (name: string, right: boolean): ObjectFixture => ({ name, fields: { data: { [right ? 'color' : 'the color']: 'blue' } } });

/** Layers with a ConfigMap each: first as they are, then with a change that the API refuses. */
function settings(changed: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const layer = (name: string, object: ObjectFixture, fields: LayerProps = {}): void => {
      checked.layer(name, [checked.component(name, object)], { dependsOn: [checked.namespaces], ...fields });
    };
    const color = changed ? 'red' : 'blue';
    layer('forced', fixed('forced', color), { force: true });
    layer('marked', fixed('marked', color, FORCE));
    layer('unforced', fixed('unforced', color));
    layer('mistake', simple('mistake', !changed), { force: true });
    layer('harmless', simple('harmless', !changed));
    return checked;
  };
}

/** Layers with what takes more with it than comes back: right, or with a mistake in each. */
function holders(right: boolean, force: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const layer = (name: string, objects: ObjectFixture[], fields: LayerProps = {}): void => {
      const component = checked.component(name, ...objects);
      if (name === 'releases') {
        component.declare({ objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'operator', namespace: 'apps' }] });
      }
      checked.layer(name, [component], { dependsOn: [checked.namespaces], force, ...fields });
    };
    const interval = right ? '1h' : 'every hour';
    layer('tenants', [{ kind: 'Namespace', name: 'shop', metadata: { labels: { team: right ? 'shop' : 'the shop' } } }]);
    const widgets = definition('Widget');
    const scope = right ? 'Namespaced' : 'Everywhere';
    layer('definitions', [{ ...widgets, fields: { spec: { ...widgets.fields!.spec, scope } } }], { prune: false });
    layer('releases', [CHART, release('operator', { interval, ...RETRYING })]);
    layer('nested', [
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'upstream', fields: { spec: { interval: '1h', url: 'https://example.com/upstream', ref: { branch: 'main' } } },
      },
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        name: 'upstream',
        fields: { spec: { interval, path: './deploy', prune: true, sourceRef: { kind: 'GitRepository', name: 'upstream' } } },
      },
    ]);
    return checked;
  };
}

const REFUSED: Readonly<Record<string, RegExp>> = {
  tenants: /^Namespace\/shop dry-run failed \(Invalid\): .*metadata\.labels: Invalid value: "the shop"/,
  definitions: /^CustomResourceDefinition\/widgets\.example\.com dry-run failed \(Invalid\): .*spec\.scope/,
  releases: /^HelmRelease\/apps\/operator dry-run failed \(Invalid\): .*spec\.interval: Invalid value: "every hour"/,
  nested: /^Kustomization\/apps\/upstream dry-run failed \(Invalid\): .*spec\.interval: Invalid value: "every hour"/,
};

/** The objects with a mistake, and behind each what goes with it. */
const HELD = [
  ['Namespace', 'shop', undefined], ['ConfigMap', 'orders', 'shop'],
  ['CustomResourceDefinition', definitionName('Widget'), undefined], ['Widget', 'widget', 'apps'],
  ['HelmRelease', 'operator', 'apps'], ['Deployment', 'operator', 'apps'],
  ['Kustomization', 'upstream', 'apps'], ['ConfigMap', 'upstream', 'apps'],
] as const;

test('with force, and with the mark, an object that cannot change is deleted and made anew; and one with a mistake is deleted, and gone', async () => {
  await Scene.play(CHECK, settings(false), [CHECK], async scene => {
    await scene.converges();
    const object = (name: string) => scene.object('ConfigMap', name, 'apps');
    const uids = (...names: string[]) => names.map(name => object(name)?.metadata.uid);
    const before = uids('forced', 'marked', 'unforced', 'harmless');
    await scene.push(settings(true), [CHECK]);
    await Promise.all(['forced', 'marked'].map(name => scene.applies(name)));
    await scene.fails('unforced', /^ConfigMap\/apps\/unforced dry-run failed \(Invalid\): .*data: Forbidden: field is immutable when `immutable` is set/);
    await scene.fails('harmless', /^ConfigMap\/apps\/harmless dry-run failed \(Invalid\): .*data\[the color\]: Invalid value: "the color"/);
    await scene.fails('mistake', /^ConfigMap\/apps\/mistake dry-run failed \(Invalid\): .*data\[the color\]: Invalid value: "the color"/);
    await Promise.all(['unforced', 'harmless', 'mistake'].map(name => scene.triedInVain(name)));

    const [forced, marked, ...stayed] = before;
    expect(uids('unforced', 'harmless')).toEqual(stayed);
    expect(uids('forced', 'marked')).toEqual([expect.not.stringMatching(forced!), expect.not.stringMatching(marked!)]);
    expect(['forced', 'marked', 'unforced', 'harmless'].map(name => object(name)!.data)).toEqual([{ color: 'red' }, { color: 'red' }, { color: 'blue' }, { color: 'blue' }]);
    expect(object('mistake')).toBeUndefined();

    await scene.push(settings(false), [CHECK]);
    await scene.converges();
  });
});

test('without force a mistake is refused and everything stays; with it, everything goes that the object holds', async () => {
  await Scene.play(`${CHECK}-lost`, holders(true, false), [], async scene => {
    await scene.converges();
    const orders = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'orders', namespace: 'shop' } };
    await Promise.all([scene.api.apply(orders), scene.api.apply(custom('Widget'))]);
    await scene.run.history.watch([['example.com/v1', 'Widget']]);
    const held = () => HELD.map(([kind, name, namespace]) => scene.object(kind, name, namespace)?.metadata.uid);
    await scene.run.until('everything is there', 5, () => held().every(uid => uid !== undefined) || undefined);
    const before = held();

    await scene.push(holders(false, false), ['schema']);
    await Promise.all(Object.entries(REFUSED).map(([name, message]) => scene.fails(name, message)));
    await Promise.all(Object.keys(REFUSED).map(name => scene.triedInVain(name)));
    expect(held()).toEqual(before);

    await scene.push(holders(false, true), ['schema', CHECK]);
    await scene.run.until('everything is gone', 5, () => held().every(uid => uid === undefined) || undefined);
    await Promise.all(Object.keys(REFUSED).map(name => scene.triedInVain(name)));
    expect(held()).toEqual(before.map(() => undefined));
  }, {
    before: async (_, internet) => {
      const metadata = { name: 'upstream', namespace: 'apps' };
      internet.git.commit('example.com/upstream', { 'deploy/configmap.yaml': stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata }) });
    },
  });
});
