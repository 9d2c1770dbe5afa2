/** An object of a version that the API server does not have (docs/checks/version-not-served.md). */
import { definedVersion, definition } from './definitions';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'version-not-served';

/** A version of a definition: served, deprecated, or only listed. */
type Versions = { readonly [name: string]: 'served' | 'deprecated' | 'listed' };

function defined(kind: string, versions: Versions): ObjectFixture {
  return definition(kind, {
    group: 'example.org',
    versions: Object.entries(versions).map(([name, state]) =>
      definedVersion(name, undefined, { served: state !== 'listed', deprecated: state === 'deprecated', storage: name === 'v1' })),
  });
}

/** What is not served, and what is to be written instead. */
const GONE: { readonly [layer: string]: readonly [faulty: ObjectFixture, mended: ObjectFixture] } = {
  shop: [
    { apiVersion: 'example.org/v1beta1', kind: 'Shop', name: 'shop' },
    { apiVersion: 'example.org/v1', kind: 'Shop', name: 'shop' },
  ],
  budget: [
    { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', name: 'budget', fields: { spec: { minAvailable: 1, selector: {} } } },
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'budget', fields: { spec: { minAvailable: 1, selector: {} } } },
  ],
  ingress: [
    { apiVersion: 'extensions/v1beta1', kind: 'Ingress', name: 'ingress', fields: { spec: { backend: { serviceName: 'web', servicePort: 80 } } } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      name: 'ingress',
      fields: { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
    },
  ],
};

/** A layer for each object, with a ConfigMap beside it; and one with an object of a version that is deprecated. */
function platform(mended: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const definitions = [defined('Shop', { v1: 'served', v1beta1: 'listed' }), defined('Till', { v1: 'served', v1beta1: 'deprecated' })];
    const crds = checked.layer('crds', [checked.component('crds', ...definitions)], { prune: false, wait: true });
    const objects = { ...GONE, till: [{ apiVersion: 'example.org/v1beta1', kind: 'Till', name: 'till' }] };
    for (const [layer, [faulty, right = faulty]] of Object.entries(objects)) {
      const service = { kind: 'Service', name: 'web', fields: { spec: { ports: [{ port: 80 }] } } };
      const component = checked.component(layer, mended ? right : faulty, { name: `${layer}-beside` }, ...layer === 'ingress' ? [service] : []);
      checked.layer(layer, [component], { dependsOn: [checked.namespaces, crds] });
    }
    return checked;
  };
}

const noMatches = (kind: string, version: string) =>
  new RegExp(`dry-run failed: no matches for kind "${kind}" in version "${version.replace('.', '\\.')}"`);

test('the dry run does not find its kind, and nothing of its apply stage is applied; a version that is deprecated is served', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, platform(true));
  await Scene.play(CHECK, platform(false), [CHECK, 'crd-not-delivered'], async scene => {
    for (const [layer, [{ kind, apiVersion }]] of Object.entries(GONE)) {
      await scene.fails(layer, noMatches(kind!, apiVersion!));
    }
    expect(await scene.comesToAHalt(seconds, { shop: 'rest', budget: 'rest', ingress: 'rest' })).toEqual([]);
    await scene.push(platform(true));
    await scene.converges();
  });
});

test('what is served today goes wrong on the day on which its operator is updated', async () => {
  const today = platformWithShopOf('v1beta1', { v1: 'served', v1beta1: 'deprecated' });
  await Scene.play(`${CHECK}-update`, today, [], async scene => {
    await scene.converges();
    const updated: Versions = { v1: 'served', v1beta1: 'listed' };
    await scene.push(platformWithShopOf('v1beta1', updated), [CHECK]);
    // The controller has known the version, and asks for it.
    await scene.fails('shop', /^Shop\/apps\/shop not found: the server could not find the requested resource/);
    await scene.push(platformWithShopOf('v1', updated));
    await scene.converges();
  });
});

/** A definition, and an object of one of its versions. */
function platformWithShopOf(version: string, versions: Versions): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const crds = checked.layer('crds', [checked.component('crds', defined('Shop', versions))], { prune: false, wait: true });
    const shop = checked.component('shop', { apiVersion: `example.org/${version}`, kind: 'Shop', name: 'shop' });
    checked.layer('shop', [shop], { dependsOn: [checked.namespaces, crds] });
    return checked;
  };
}
