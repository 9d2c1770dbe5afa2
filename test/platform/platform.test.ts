import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { component, configMap, filesBelow } from './fixtures';
import { Area, Cluster, Component, Layer, Platform, Testing, Variable, flux, layers } from '../../src';
import { temporaryFolder } from '../temporary-folder';

const outdirBefore = process.env.CDK8S_OUTDIR;

beforeEach(() => {
  delete process.env.CDK8S_OUTDIR;
});

afterEach(() => {
  delete process.env.CDK8S_OUTDIR;
  if (outdirBefore !== undefined) {
    process.env.CDK8S_OUTDIR = outdirBefore;
  }
});

/** Two layers on one cluster: a namespace, and a ConfigMap in it that uses a variable. */
function small(outdir?: string): Platform {
  const platform = outdir ? new Platform({ outdir }) : Testing.platform();
  const namespaces = new Component(platform, 'namespaces', { area: Area.INFRASTRUCTURE });
  new ApiObject(namespaces, 'apps', { apiVersion: 'v1', kind: 'Namespace' });
  const web = new Component(platform, 'web', { area: Area.APPS, namespace: 'apps' });
  configMap(web, 'web', { host: `www.${Variable.of('domain')}` });
  const cluster = new Cluster(platform, 'dev', { variables: { domain: 'example.com' } });
  const first = new layers.Namespaces(cluster, 'namespaces', { components: [namespaces] });
  const apps = new Layer(cluster, 'apps', { components: [web] });
  apps.addDependency(first, { because: 'the namespace "apps"' });
  return platform;
}

const SMALL = {
  'apps/base/web/configmap-web.yaml': `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
  namespace: apps
data:
  host: www.\${domain}
`,
  'apps/base/web/kustomization.yaml': `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - configmap-web.yaml
`,
  'clusters/dev/apps.yaml': `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/base/web
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: namespaces # the namespace "apps"
  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: dev-vars
`,
  'clusters/dev/cluster-vars-configmap.yaml': `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: dev-vars
  namespace: flux-system
data:
  domain: example.com
`,
  'clusters/dev/namespaces.yaml': `\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: namespaces
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/base/namespaces
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  'infrastructure/base/namespaces/kustomization.yaml': `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - namespace-apps.yaml
`,
  'infrastructure/base/namespaces/namespace-apps.yaml': `\
apiVersion: v1
kind: Namespace
metadata:
  name: apps
`,
};

test('synth writes the repository, and nothing else, to its directory', () => {
  const platform = small();
  platform.synth();
  expect(filesBelow(platform.outdir)).toEqual(SMALL);
});

test('the files in memory are those that synth writes, sorted by path', () => {
  const files = small().files();
  expect(files).toEqual(SMALL);
  expect(Object.keys(files)).toEqual(Object.keys(SMALL));
});

test('the files are handed out as a copy', () => {
  const platform = small();
  delete platform.files()['clusters/dev/apps.yaml'];
  expect(platform.files()).toEqual(SMALL);
});

test('synthYaml joins the files to one text of several documents', () => {
  expect(small().synthYaml()).toBe(Object.values(SMALL).join('---\n'));
});

test('the deliveries say what each Kustomization delivers', () => {
  expect(small().deliveries()).toMatchObject([{
    cluster: 'dev',
    kustomizations: [
      {
        name: 'apps',
        namespace: 'flux-system',
        layer: 'apps',
        constructPath: 'dev/apps',
        file: 'clusters/dev/apps.yaml',
        directory: 'apps/base/web',
        source: 'GitRepository flux-system/flux-system',
        dependsOn: [{ name: 'namespaces', namespace: 'flux-system', because: 'the namespace "apps"' }],
        objects: [{
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'web',
          namespace: 'apps',
          file: 'apps/base/web/configmap-web.yaml',
          constructPath: 'web/web',
          manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'apps' }, data: { host: 'www.${domain}' } },
        }],
      },
      {
        name: 'namespaces',
        namespace: 'flux-system',
        layer: 'namespaces',
        constructPath: 'dev/namespaces',
        file: 'clusters/dev/namespaces.yaml',
        directory: 'infrastructure/base/namespaces',
        source: 'GitRepository flux-system/flux-system',
        dependsOn: [],
        objects: [{
          apiVersion: 'v1',
          kind: 'Namespace',
          name: 'apps',
          namespace: undefined,
          file: 'infrastructure/base/namespaces/namespace-apps.yaml',
          constructPath: 'namespaces/apps',
          manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } },
        }],
      },
    ],
  }]);
});

test('the summary tells what was written, folder by folder, and what each cluster gets and needs', () => {
  const platform = small('/repository');
  const prod = new Cluster(platform, 'prod', { variables: { domain: '' }, variablesMadeElsewhere: true });
  prod.assume({ what: 'the credentials of Git', because: 'the repository is private', command: 'flux create secret git flux-system \\\n  --url=x' });
  prod.assume({ what: 'a VPC' });
  prod.assume({ what: 'a role', object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'admin' } });
  expect(platform.summary()).toBe(`\
Wrote 7 files to /repository:
  apps/           2 files
  clusters/       3 files
  infrastructure/ 2 files

Cluster dev: 2 Kustomizations with 2 objects.

Cluster prod: 0 Kustomizations with 0 objects.
Before Flux starts there, it needs:
  - the credentials of Git (the repository is private)
      flux create secret git flux-system \\
        --url=x
  - a VPC
  - a role, ClusterRole admin
  - the variables of the cluster, ConfigMap flux-system/prod-vars (its keys are domain)

The checks have 1 info on top: platform.findings().
`);
});

test('the summary speaks of one in the singular', () => {
  const platform = new Platform({ outdir: '/repository' });
  const web = component(platform, 'web');
  new Layer(new Cluster(platform, 'dev'), 'apps', { components: [web] });
  expect(platform.summary()).toBe(`\
Wrote 3 files to /repository:
  apps/           2 files
  clusters/       1 file

Cluster dev: 1 Kustomization with 1 object.
`);
});

test('an empty platform is an empty repository', () => {
  const platform = Testing.platform();
  platform.synth();
  expect(filesBelow(platform.outdir)).toEqual({});
  expect(platform.deliveries()).toEqual([]);
  expect(platform.synthYaml()).toBe('');
  expect(platform.summary()).toBe(`Wrote 0 files to ${platform.outdir}:\n`);
});

test('two synths of one platform give the same bytes', () => {
  const platform = small();
  platform.synth();
  const first = filesBelow(platform.outdir);
  platform.synth();
  expect(filesBelow(platform.outdir)).toEqual(first);
});

test('a second synth does not touch a file that has the right content', () => {
  const platform = small();
  platform.synth();
  const file = join(platform.outdir, 'clusters/dev/apps.yaml');
  utimesSync(file, 1, 1);
  platform.synth();
  expect(statSync(file).mtimeMs).toBe(1000);
});

/** A program whose unrelated statements can stand in either order. */
function program(inOrder: <T>(statements: readonly T[]) => T[]): Platform {
  const platform = Testing.platform();
  const run = (statements: (() => void)[]) => inOrder(statements).forEach(statement => statement());
  const made: { [id: string]: Component } = {};
  const clusters: { [name: string]: Cluster } = {};
  const layersOf: { [id: string]: Layer } = {};
  run([['cache', Area.APPS], ['web', Area.APPS], ['mesh', Area.INFRASTRUCTURE], ['dns', Area.INFRASTRUCTURE]].map(([id, area]) => () => {
    made[id] = new Component(platform, id, { area, namespace: 'default' });
    run(['first', 'second'].map(name => () => configMap(made[id], `${id}-${name}`, { host: `${Variable.of('domain')}`, dashboard: '${a.b}' })));
  }));
  run(['dev', 'prod', 'staging'].map(name => () => {
    clusters[name] = new Cluster(platform, name, { variables: { domain: `${name}.example.com`, region: 'eu' } });
  }));
  run(Object.keys(clusters).sort().flatMap(name => ['apps', 'infrastructure', 'addons'].map(id => () => {
    layersOf[`${name}/${id}`] = new Layer(clusters[name], id, { area: id === 'addons' ? Area.APPS : id });
  })));
  run(Object.keys(clusters).sort().flatMap(name => [
    () => layersOf[`${name}/apps`].addComponent(made.web),
    () => layersOf[`${name}/infrastructure`].addComponent(...inOrder([made.mesh, made.dns])),
    () => {
      const own = new Component(clusters[name], 'own', { area: Area.APPS, namespace: 'default' });
      configMap(own, 'own');
      layersOf[`${name}/addons`].addComponent(...inOrder([made.cache, own]));
    },
    () => layersOf[`${name}/apps`].addPatch(made.web,
      flux.Patch.strategicMerge(flux.PatchTarget.select({ name: 'web-first' }), { data: { cluster: name } })),
    () => layersOf[`${name}/apps`].addDependency(layersOf[`${name}/infrastructure`], { because: 'DNS' }),
    () => layersOf[`${name}/addons`].addDependency(layersOf[`${name}/apps`]),
    () => layersOf[`${name}/infrastructure`].firstStage.addGate('v1', 'ConfigMap'),
  ]));
  return platform;
}

test('a program whose unrelated statements stand in another order gives the same bytes', () => {
  const forwards = program(statements => [...statements]).files();
  const backwards = program(statements => [...statements].reverse()).files();
  expect(backwards).toEqual(forwards);
  expect(Object.keys(backwards)).toEqual(Object.keys(forwards));
  expect(Object.keys(forwards)).toHaveLength(39);
});

test('clusters share components, have some of their own, and change some for themselves', () => {
  const platform = Testing.platform();
  const [web, cache] = ['web', 'cache'].map(id => component(platform, id));
  const [dev, prod, staging] = ['dev', 'prod', 'staging'].map(name => new Cluster(platform, name));
  new Layer(dev, 'apps', { components: [web, cache, component(dev, 'debug')] });
  const patched = new Layer(prod, 'apps', { components: [web, cache] });
  patched.addPatch(web, flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap', name: 'web' }), { data: { key: 'prod' } }));
  new Layer(staging, 'apps', { components: [web, cache] });
  const files = platform.files();
  expect(Object.keys(files)).toEqual([
    'apps/base/cache/configmap-cache.yaml',
    'apps/base/cache/kustomization.yaml',
    'apps/base/web/configmap-web.yaml',
    'apps/base/web/kustomization.yaml',
    'apps/dev/debug/configmap-debug.yaml',
    'apps/dev/debug/kustomization.yaml',
    'apps/dev/kustomization.yaml',
    'apps/prod/kustomization.yaml',
    'apps/staging/kustomization.yaml',
    'clusters/dev/apps.yaml',
    'clusters/prod/apps.yaml',
    'clusters/staging/apps.yaml',
  ]);
  expect(files['apps/dev/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/cache
  - ../base/web
  - debug
`);
  expect(files['apps/prod/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/cache
  - ../base/web
patches:
  - target:
      kind: ConfigMap
      name: web
    patch: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: web
      data:
        key: prod
`);
  expect(files['apps/staging/kustomization.yaml']).toBe(`\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base/cache
  - ../base/web
`);
});

test('the output directory is gitops if nothing is said', () => {
  expect(new Platform().outdir).toBe('gitops');
});

test('the output directory is the one that cdk8s synth asks for', () => {
  const outdir = join(temporaryFolder(), 'made', 'by', 'synth');
  process.env.CDK8S_OUTDIR = outdir;
  const platform = new Platform();
  component(platform, 'web');
  platform.synth();
  expect(Object.keys(filesBelow(outdir))).toEqual(['apps/base/web/configmap-web.yaml', 'apps/base/web/kustomization.yaml']);
});

test('an output directory that the program names wins over the one that cdk8s synth asks for', () => {
  process.env.CDK8S_OUTDIR = '/asked-for';
  expect(new Platform({ outdir: '/named' }).outdir).toBe('/named');
});

test('synth removes what an earlier synth wrote and is no longer wanted, with the folders that get empty', () => {
  const platform = small();
  platform.synth();
  const next = new Platform({ outdir: platform.outdir });
  component(next, 'web');
  next.synth();
  expect(Object.keys(filesBelow(platform.outdir))).toEqual(['apps/base/web/configmap-web.yaml', 'apps/base/web/kustomization.yaml']);
  expect(existsSync(join(platform.outdir, 'clusters'))).toBe(false);
  expect(existsSync(join(platform.outdir, 'infrastructure'))).toBe(false);
});

test('synth refuses a directory with a file of someone else, and leaves everything there alone', () => {
  const platform = small();
  writeFileSync(join(platform.outdir, 'README.md'), 'mine');
  writeFileSync(join(platform.outdir, 'old.yaml'), 'a: 1\n');
  expect(() => platform.synth()).toThrow(new Error(
    `synth writes to a directory of its own and removes from it what it does not write, but ${platform.outdir} holds README.md; `
    + 'expected an empty directory or an earlier output: give the platform another outdir.'));
  expect(filesBelow(platform.outdir)).toEqual({ 'README.md': 'mine', 'old.yaml': 'a: 1\n' });
});

test('synth refuses a directory with files of someone else, and says how many they are', () => {
  const platform = small();
  mkdirSync(join(platform.outdir, 'src'));
  for (const path of ['src/main.ts', 'package.json', 'tsconfig.json']) {
    writeFileSync(join(platform.outdir, path), '{}');
  }
  expect(() => platform.synth()).toThrow(new Error(
    `synth writes to a directory of its own and removes from it what it does not write, but ${platform.outdir} holds package.json and 2 more files; `
    + 'expected an empty directory or an earlier output: give the platform another outdir.'));
  expect(filesBelow(platform.outdir)).toEqual({ 'package.json': '{}', 'src/main.ts': '{}', 'tsconfig.json': '{}' });
});

test('synth writes nothing when there are problems: an earlier output stays as it was', () => {
  const platform = small();
  platform.synth();
  const next = new Platform({ outdir: platform.outdir });
  component(next, 'other');
  new Component(next, 'empty', { area: Area.APPS });
  expect(() => next.synth()).toThrow('1 problem, nothing was written:');
  expect(filesBelow(platform.outdir)).toEqual(SMALL);
});

test('synth makes no directory when there are problems', () => {
  const outdir = join(Testing.platform().outdir, 'none');
  const platform = new Platform({ outdir });
  new Component(platform, 'empty', { area: Area.APPS });
  expect(() => platform.synth()).toThrow('1 problem, nothing was written:');
  expect(existsSync(outdir)).toBe(false);
});

test.each([
  ['files', (platform: Platform) => platform.files()],
  ['deliveries', (platform: Platform) => platform.deliveries()],
  ['summary', (platform: Platform) => platform.summary()],
  ['synthYaml', (platform: Platform) => platform.synthYaml()],
])('%s refuses a platform with problems as synth does', (_, ask) => {
  const platform = Testing.platform();
  new Component(platform, 'empty', { area: Area.APPS });
  expect(() => ask(platform)).toThrow(new Error(`\
1 problem, nothing was written:
  empty: the component has no objects, so there is nothing to apply; expected at least one: add an object to it, or leave it out.`));
});

test('a plain Chart is refused', () => {
  const platform = Testing.platform();
  configMap(new Chart(platform, 'plain'), 'settings');
  expect(() => platform.synth()).toThrow(new Error(`\
1 problem, nothing was written:
  plain: a Chart has no place in the repository; expected a Component, which has a directory: make it a Component.`));
  expect(filesBelow(platform.outdir)).toEqual({});
});

test('what a construct says of itself is a problem of the platform', () => {
  const platform = Testing.platform();
  platform.node.addValidation({ validate: () => ['expected something else.'] });
  component(platform, 'web').node.addValidation({ validate: () => ['first.', 'second.'] });
  expect(() => platform.synth()).toThrow(new Error(`\
3 problems, nothing was written:
  the platform: expected something else.
  web: first.
  web: second.`));
});
