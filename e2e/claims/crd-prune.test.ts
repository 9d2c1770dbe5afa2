/** Definitions that are deleted, and those that stay (docs/checks/crd-prune.md). */
import { Duration } from 'cdk8s';
import { flux, LayerProps } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { custom, CUSTOM_GROUP, definition, definitionName, definitionObject } from './definitions';
import { chart, release } from './operator';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { packChart } from '../harness/chart';
import { KubernetesApi } from '../harness/kubernetes-api';
import { until } from '../harness/until';

const CHECK = 'crd-prune';
const STAYS = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** What is left of the platform that every scene here begins with. */
type Left = 'everything' | 'a mark' | 'nothing';

const OWN = ['Unmarked', 'Marked', 'Emptied', 'Layered', 'Kept'];

/**
 * Layers with a definition each, which leave the repository: with its layer, or out of it.
 *
 * With `a mark`, the mark comes in the commit that takes the definitions away.
 */
function ownDefinitions(left: Left): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const layer = (kind: string, fields: LayerProps, annotations?: { [key: string]: string }): void => {
      const name = kind.toLowerCase();
      const objects = left === 'everything' ? [definition(kind, { metadata: { annotations } })] : [];
      checked.layer(name, [checked.component(name, { name }, ...objects)], { dependsOn: [checked.namespaces], ...fields });
    };
    layer('Unmarked', { commonMetadata: left === 'a mark' ? { annotations: STAYS } : undefined });
    layer('Marked', {}, STAYS);
    layer('Emptied', { prune: false });
    if (left === 'everything') {
      layer('Layered', {});
      layer('Kept', { prune: false });
    }
    return checked;
  };
}

const BROUGHT = ['Ahead', 'Template', 'Policy', 'Stays', 'Upstream', 'Elsewhere'];

function releaseAndChart(name: string, annotations?: { [key: string]: string }): ObjectFixture[] {
  return [release(name), chart(name)].map(object => ({ ...object, metadata: { annotations } }));
}

/** Releases and Kustomizations that bring definitions, in one layer which they leave. */
function broughtDefinitions(left: Left): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = checked.component('operators', { name: 'settings' });
    if (left === 'everything') {
      const operator = checked.component('operator', ...releaseAndChart('operator'));
      operator.declare({ apis: [{ group: CUSTOM_GROUP, kinds: ['Ahead', 'Template', 'Policy'] }] });
      const marked = checked.component('marked', ...releaseAndChart('marked', STAYS));
      marked.declare({ apis: [{ group: CUSTOM_GROUP, kinds: ['Stays'] }] });
      const upstream = checked.component('upstream', {
        apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'upstream', fields: { spec: { interval: '1h', url: 'https://example.com/upstream', ref: { tag: 'v1' } } },
      });
      for (const [kind, prune] of [['Upstream', true], ['Elsewhere', false]] as const) {
        new flux.Kustomization(upstream, kind.toLowerCase(), {
          interval: Duration.hours(1),
          path: `./${kind}`,
          prune,
          source: flux.Source.git('upstream', 'apps'),
          provides: [{ group: CUSTOM_GROUP, kinds: [kind] }],
        });
      }
      checked.layer('operators', [component, operator, marked, upstream], { dependsOn: [checked.namespaces] });
    } else {
      checked.layer('operators', [component], { dependsOn: [checked.namespaces] });
    }
    return checked;
  };
}

/** Has somebody make an object of each kind; gives their identities. */
async function makeObjects(api: KubernetesApi, kinds: readonly string[]): Promise<Map<string, string>> {
  const made = await Promise.all(kinds.map(kind => api.apply(custom(kind))));
  return new Map(made.map(({ kind, metadata }) => [kind, metadata.uid!]));
}

/** Of which kinds the very object is still there. */
async function kindsLeft(api: KubernetesApi, made: ReadonlyMap<string, string>): Promise<string[]> {
  const objects = await Promise.all([...made].map(async ([kind, uid]) => (await api.list(`${CUSTOM_GROUP}/v1`, kind)).some(({ metadata }) => metadata.uid === uid) ? [kind] : []));
  return objects.flat();
}

async function untilGone(scene: Scene, kinds: readonly string[]): Promise<void> {
  await scene.run.until(`the definitions of ${kinds.join(', ')} are gone`, 5, () =>
    kinds.every(kind => !scene.object('CustomResourceDefinition', definitionName(kind))) || undefined);
}

test('a definition that is no longer applied takes every object of its kind, and comes back without them', async () => {
  await Scene.play(CHECK, ownDefinitions('everything'), [CHECK], async scene => {
    await scene.converges();
    const made = await makeObjects(scene.api, OWN);
    await scene.push(ownDefinitions('a mark'));
    await untilGone(scene, ['Unmarked', 'Layered']);
    await Promise.all(['unmarked', 'marked', 'emptied'].map(name => scene.applies(name)));
    await scene.run.until('the layers are gone', 5, () => ['layered', 'kept'].every(name => !scene.object('Kustomization', name, 'flux-system')) || undefined);
    expect(await kindsLeft(scene.api, made)).toEqual(['Marked', 'Emptied', 'Kept']);

    await scene.push(ownDefinitions('everything'), [CHECK]);
    await scene.converges();
    for (const kind of ['Unmarked', 'Layered']) {
      const { items } = await until(`${kind} is served again`, 60, () => scene.api.request('GET', `/apis/${CUSTOM_GROUP}/v1/${kind.toLowerCase()}s`).catch(() => undefined));
      expect(items).toEqual([]);
    }
    expect(await kindsLeft(scene.api, made)).toEqual(['Marked', 'Emptied', 'Kept']);
  });
});

test('what brings definitions takes them with it: a Kustomization that prunes, and Helm, of those among the templates, what no policy keeps', async () => {
  await Scene.play(`${CHECK}-brought`, broughtDefinitions('everything'), [CHECK], async scene => {
    await scene.converges();
    await scene.run.until('every definition is there', 5, () => BROUGHT.every(kind => scene.object('CustomResourceDefinition', definitionName(kind))) || undefined);
    const made = await makeObjects(scene.api, BROUGHT);
    await scene.push(broughtDefinitions('nothing'));
    await untilGone(scene, ['Template', 'Upstream']);
    await scene.run.until('what brought them is gone', 5, () => ['upstream', 'elsewhere'].every(name => !scene.object('Kustomization', name, 'flux-system'))
      && !scene.object('HelmRelease', 'operator', 'apps') || undefined);
    await scene.applies('operators');
    expect(await kindsLeft(scene.api, made)).toEqual(['Ahead', 'Policy', 'Stays', 'Elsewhere']);
    expect(scene.object('HelmRelease', 'marked', 'apps')).toBeDefined();
  }, {
    before: async (_, internet) => {
      internet.addChart('oci://example.com/operator', packChart('operator', '1.2.3', {
        definitions: [definitionObject('Ahead')], objects: [definitionObject('Template'), definitionObject('Policy', { 'helm.sh/resource-policy': 'keep' })],
      }));
      internet.addChart('oci://example.com/marked', packChart('marked', '1.2.3', { definitions: [], objects: [definitionObject('Stays')] }));
      internet.git.commit('example.com/upstream', Object.fromEntries(['Upstream', 'Elsewhere'].map(kind => [`${kind}/definition.yaml`, stringify(definitionObject(kind))])), { tag: 'v1' });
    },
  });
});
