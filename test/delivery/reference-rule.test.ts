import { ApiObject } from 'cdk8s';
import { Cluster, Component, Layer, Platform, ReferenceNamespace, Strength, Testing, Verdict } from '../../src';

/** A Widget that refers to a Store by its field `storeRef`, and a Store in a layer of its own. */
function widgets(storeRef: object, store: string): Platform {
  const platform = Testing.platform({ inferDependencies: false });
  const cluster = new Cluster(platform, 'dev');
  const layer = (id: string, kind: string, name: string, spec: object) => {
    const component = new Component(platform, id, { area: 'apps', namespace: 'team' });
    new ApiObject(component, name, { apiVersion: 'example.com/v1', kind, metadata: { name }, spec });
    new Layer(cluster, id, { components: [component] });
  };
  layer('stores', 'Store', store, {});
  layer('widgets', 'Widget', 'blue', { storeRef });
  return platform;
}

function verdicts(platform: Platform): string[] {
  return platform.delivery('dev').requirements.filter(({ at }) => at === 'spec.storeRef').map(({ what, verdict, strength }) => `${what} ${strength} ${verdict}`);
}

test('a reference of a kind of one\'s own counts once it is said', () => {
  const platform = widgets({ name: 'red' }, 'red');
  expect(verdicts(platform)).toEqual([]);
  platform.addReference({ from: 'example.com/Widget', at: 'spec.storeRef', to: 'example.com/Store' });
  expect(verdicts(platform)).toEqual([`the Store team/red ${Strength.READY} ${Verdict.RACE}`]);
});

test('everything of it can be said', () => {
  const platform = widgets({ kind: 'ClusterStore', store: 'red', namespace: 'other', optional: false }, 'red');
  platform.addReference({
    from: 'example.com/Widget',
    at: 'spec.storeRef',
    to: 'example.com/Store',
    kinds: { ClusterStore: 'example.com/ClusterStore' },
    namespace: ReferenceNamespace.NAMED,
    ready: true,
    strength: Strength.APPLY,
    nameField: 'store',
    optionalField: 'optional',
  });
  // Nothing delivers it, so that a part of a platform takes it to be there.
  expect(verdicts(platform)).toEqual([`the ClusterStore other/red ${Strength.APPLY} ${Verdict.ORDERED}`]);
});

test('the usual kind is meant where the reference says none', () => {
  const platform = widgets({ name: 'red' }, 'red');
  platform.addReference({ from: 'example.com/Widget', at: 'spec.storeRef', to: 'example.com/Store', kinds: { ClusterStore: 'example.com/ClusterStore' } });
  expect(verdicts(platform)).toEqual([`the Store team/red ${Strength.READY} ${Verdict.RACE}`]);
});
