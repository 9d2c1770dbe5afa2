import { join } from 'path';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Cluster, Component, Layer, Platform, Testing, Variable, flux } from '../../../src';
import { byIdentity, kustomizeBuild } from '../../kustomize';
import { component, configMap } from '../fixtures';

const { Patch, PatchTarget } = flux;

/** A component with a Deployment of two containers, its Service and a custom resource. */
function web(platform: Platform): Component {
  const made = new Component(platform, 'web', { area: 'apps', namespace: 'apps', labels: { app: 'web' } });
  new ApiObject(made, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            { name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], args: ['a', 'b'] },
            { name: 'sidecar', image: 'sidecar:1' },
          ],
        },
      },
    },
  });
  new ApiObject(made, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }, { port: 443 }] } });
  new ApiObject(made, 'cache', { apiVersion: 'example.com/v1', kind: 'Cache', metadata: { name: 'web' }, spec: { hosts: ['a', 'b'], size: 1 } });
  return made;
}

/** The objects of the only Kustomization, by identity, after making sure that kustomize builds the same. */
function built(platform: Platform): { [identity: string]: any } {
  platform.synth();
  const [{ kustomizations: [{ directory, objects }] }] = platform.deliveries();
  const delivered = byIdentity(objects.map(object => object.manifest));
  expect(byIdentity(kustomizeBuild(join(platform.outdir, directory)))).toEqual(delivered);
  return delivered;
}

test('a strategic merge is written to the overlay and merges lists by their key', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.object(ApiObject.of(made.node.findChild('deployment'))), {
    spec: { replicas: 3, template: { spec: { containers: [{ name: 'web', image: 'web:2', env: [{ name: 'A', value: '3' }] }] } } },
  }));
  expect(platform.files()['apps/dev/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/web
patches:
  - target:
      group: apps
      kind: Deployment
      name: web
      namespace: apps
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
        template:
          spec:
            containers:
              - name: web
                image: web:2
                env:
                  - name: A
                    value: "3"
`);
  expect(built(platform)['apps/v1 Deployment apps web'].spec).toEqual({
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'web', image: 'web:2', env: [{ name: 'A', value: '3' }, { name: 'B', value: '2' }], args: ['a', 'b'] },
          { name: 'sidecar', image: 'sidecar:1' },
        ],
      },
    },
  });
});

test('a strategic merge takes fields away, replaces plain lists and deletes elements', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.select({ kind: 'Deployment' }), {
    spec: { replicas: null, template: { spec: { containers: [{ name: 'sidecar', $patch: 'delete' }, { name: 'web', args: ['c'] }] } } },
  }));
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.select({ kind: 'Cache' }), { spec: { hosts: ['c'] } }));
  const objects = built(platform);
  expect(objects['apps/v1 Deployment apps web'].spec).toEqual({
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], args: ['c'] }] },
    },
  });
  expect(objects['example.com/v1 Cache apps web'].spec).toEqual({ hosts: ['c'], size: 1 });
});

test('a JSON patch is written to the overlay and applied operation by operation', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ group: 'example.com', version: 'v1', kind: 'Cache' }),
    JsonPatch.add('/spec/hosts/-', 'c'), JsonPatch.replace('/spec/size', 2), JsonPatch.remove('/spec/hosts/0'), JsonPatch.add('/metadata/annotations', { 'a/b': 'c' })));
  expect(platform.files()['apps/dev/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/web
patches:
  - target:
      group: example.com
      version: v1
      kind: Cache
    patch: |
      - op: add
        path: /spec/hosts/-
        value: c
      - op: replace
        path: /spec/size
        value: 2
      - op: remove
        path: /spec/hosts/0
      - op: add
        path: /metadata/annotations
        value:
          a/b: c
`);
  const cache = built(platform)['example.com/v1 Cache apps web'];
  expect(cache.spec).toEqual({ hosts: ['b', 'c'], size: 2 });
  expect(cache.metadata.annotations).toEqual({ 'a/b': 'c' });
});

test('one patch may change several objects of its component', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ labelSelector: 'app=web' }), JsonPatch.add('/metadata/annotations', { owner: 'blue' })));
  expect(Object.values(built(platform)).map(object => object.metadata.annotations)).toEqual([{ owner: 'blue' }, { owner: 'blue' }, { owner: 'blue' }]);
});

test('patches are applied in the order in which they were added', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  const target = PatchTarget.select({ kind: 'Cache' });
  apps.addPatch(made, Patch.json6902(target, JsonPatch.replace('/spec/size', 5)));
  apps.addPatch(made, Patch.strategicMerge(target, { spec: { size: 6, hosts: null } }));
  expect(built(platform)['example.com/v1 Cache apps web'].spec).toEqual({ size: 6 });
});

test('what a patch changes is seen in the deliveries of its cluster alone, and the component\'s files stay as they are', () => {
  const platform = Testing.platform();
  const made = component(platform, 'web');
  const layers = ['dev', 'prod'].map(name => new Layer(new Cluster(platform, name), 'apps', { components: [made] }));
  layers[1].addPatch(made, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: { key: 'other' } }));
  expect(platform.deliveries().map(({ kustomizations }) => kustomizations[0].objects[0].manifest.data)).toEqual([{ key: 'value' }, { key: 'other' }]);
  expect(Testing.repository(platform).object('apps/base/web/configmap-web.yaml').data).toEqual({ key: 'value' });
});

test('a patched stage leaves the other stages of its layer alone', () => {
  const platform = Testing.platform();
  const [first, second] = ['first', 'second'].map(id => component(platform, id));
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [first] });
  apps.addStage('apps-late', { components: [second] });
  apps.addPatch(second, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap', name: 'second' }), { data: { key: 'other' } }));
  const repository = Testing.repository(platform);
  expect(repository.object('clusters/dev/apps.yaml').spec.path).toBe('./apps/base/first');
  expect(repository.object('clusters/dev/apps-late.yaml').spec.path).toBe('./apps/dev');
  expect(repository.object('apps/dev/kustomization.yaml').patches).toHaveLength(1);
});

test('kustomize builds what is delivered where a patch brings variables and escapes with it', () => {
  const platform = Testing.platform();
  const made = new Component(platform, 'web', { area: 'apps', namespace: 'apps' });
  configMap(made, 'web', { dashboard: '${a.b}', key: 'value' });
  const apps = new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: { host: `www.${Variable.of('domain')}`, key: '${c.d}' } }));
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ kind: 'ConfigMap' }), JsonPatch.add('/data/same', `${Variable.of('domain')}`)));
  expect(built(platform)['v1 ConfigMap apps web'].data)
    .toEqual({ dashboard: '$${a.b}', host: 'www.${domain}', key: '$${c.d}', same: '${domain}' });
});

test('a patch may need what the one before it made', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  const target = PatchTarget.select({ kind: 'Cache' });
  apps.addPatch(made, Patch.json6902(target, JsonPatch.add('/spec/zones', []), JsonPatch.add('/metadata/labels/tier', 'gold')));
  apps.addPatch(made, Patch.json6902(target, JsonPatch.add('/spec/zones/-', 'a')));
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.select({ labelSelector: 'tier=gold' }), { spec: { size: 2 } }));
  expect(built(platform)['example.com/v1 Cache apps web'].spec).toEqual({ hosts: ['a', 'b'], size: 2, zones: ['a'] });
});

test('a patch can take an object away', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.select({ kind: 'Service' }), { $patch: 'delete' }));
  expect(Object.keys(built(platform)).sort()).toEqual(['apps/v1 Deployment apps web', 'example.com/v1 Cache apps web']);
});

test('an object whose name is special in a regular expression is patched alone', () => {
  const platform = Testing.platform();
  const made = new Component(platform, 'web', { area: 'apps', namespace: 'apps' });
  const [dotted] = ['a.b', 'acb'].map(id => configMap(made, id));
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.object(dotted), { data: { key: 'other' } }));
  const objects = built(platform);
  expect([objects['v1 ConfigMap apps a.b'].data, objects['v1 ConfigMap apps acb'].data]).toEqual([{ key: 'other' }, { key: 'value' }]);
});

test('an object whose name holds a variable can be patched', () => {
  const platform = Testing.platform();
  const made = new Component(platform, 'web', { area: 'apps', namespace: `team-${Variable.of('team')}` });
  const object = new ApiObject(made, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `web-${Variable.of('team')}` } });
  const apps = new Layer(new Cluster(platform, 'dev', { variables: { team: 'blue' } }), 'apps', { components: [made] });
  apps.addPatch(made, Patch.strategicMerge(PatchTarget.object(object), { data: { key: 'other' } }));
  expect(built(platform)['v1 ConfigMap team-${team} web-${team}'].data).toEqual({ key: 'other' });
});

/** What synth says to one patch on the custom resource. */
function refusalOf(...operations: JsonPatch[]): string {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ kind: 'Cache' }), ...operations));
  try {
    platform.files();
  } catch (error) {
    return /cannot be applied to Cache "web" \((.*?)\);/.exec((error as Error).message)?.[1] ?? (error as Error).message;
  }
  return 'nothing';
}

test.each([
  ['an element behind the end of a list', JsonPatch.add('/spec/hosts/5', 'c'), '/spec/hosts has 2 elements'],
  ['the element at the end that is not there', JsonPatch.replace('/spec/hosts/2', 'c'), '/spec/hosts has 2 elements'],
  ['a field that is moved and is not there', JsonPatch.move('/spec/nope', '/spec/size'), 'it has no /spec/nope'],
  ['a place for a copy that is not there', JsonPatch.copy('/spec/size', '/status/size'), 'it has no /status'],
  ['an element of a list with a name', JsonPatch.add('/spec/hosts/x', 'c'), '/spec/hosts is a list, which has no element "x"'],
  ['an element behind the end that is replaced', JsonPatch.replace('/spec/hosts/-', 'c'), '/spec/hosts is a list, which has no element "-"'],
  ['a field of a scalar', JsonPatch.add('/spec/size/x', 'c'), '/spec/size is no mapping and no list'],
  ['what is moved into itself', JsonPatch.move('/spec', '/spec/x'), '/spec cannot be moved into itself'],
  ['the metadata that an object cannot be without', JsonPatch.remove('/metadata'), 'it would lose its metadata'],
])('a JSON patch is refused for %s', (_, operation, reason) => {
  expect(refusalOf(operation)).toBe(reason);
});

test('a JSON patch can add an annotation where there is none, as in kustomize', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ kind: 'Cache' }), JsonPatch.add('/metadata/annotations/team', 'shop')));
  expect(built(platform)['example.com/v1 Cache apps web'].metadata.annotations).toEqual({ team: 'shop' });
});

test('a JSON patch that asks for nothing finds it where a field is not there, as in kustomize, but not where its mapping is not', () => {
  const platform = Testing.platform();
  const made = web(platform);
  const apps = new Layer(new Cluster(platform, 'dev'), 'apps', { components: [made] });
  apps.addPatch(made, Patch.json6902(PatchTarget.select({ kind: 'Cache' }), JsonPatch.test('/spec/zones', null), JsonPatch.replace('/spec/size', 5)));
  expect(built(platform)['example.com/v1 Cache apps web'].spec.size).toBe(5);
  expect(refusalOf(JsonPatch.test('/spec/zones/a', null))).toBe('it has no /spec/zones/a');
});
