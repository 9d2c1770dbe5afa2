import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Cluster, Component, Layer, LayerProps, Platform, Testing, Variable, flux } from '../../../src';
import { findingsOf } from '../../checks/check-fixtures';
import { component, configMap, filesBelow } from '../fixtures';

const { HealthCheck, HealthCheckExpression, Patch, PatchTarget } = flux;

/** The message with which synth refuses a platform; makes sure that nothing was written. */
function refusal(platform: Platform): string {
  let message = '';
  try {
    platform.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(filesBelow(platform.outdir)).toEqual({});
  return message;
}

/** A platform with the cluster `dev`, whose layer `apps` delivers the component `web`. */
function oneLayer(data?: { [key: string]: any }, variables?: { [name: string]: string }, props?: LayerProps) {
  const platform = Testing.platform();
  const web = component(platform, 'web', data);
  const cluster = new Cluster(platform, 'dev', { variables });
  return { platform, web, cluster, apps: new Layer(cluster, 'apps', { components: [web], ...props }) };
}

test('a layer of another cluster is refused as a dependency', () => {
  const { platform, web, apps } = oneLayer();
  const prod = new Layer(new Cluster(platform, 'prod'), 'shop', { components: [web] });
  prod.addDependency(apps);
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  prod/shop: depends on dev/apps, a layer of another cluster; expected a layer of "prod", because Flux looks for dependencies on its own cluster: \
depend on that cluster's layer of the same name.`);
});

test('layers of two clusters that depend on each other are refused, and are no cycle', () => {
  const { platform, web, apps } = oneLayer();
  apps.addDependency(new Layer(new Cluster(platform, 'prod'), 'apps', { components: [web], dependsOn: [apps] }));
  expect(refusal(platform)).toBe(`\
2 problems, nothing was written:
  dev/apps: depends on prod/apps, a layer of another cluster; expected a layer of "dev", because Flux looks for dependencies on its own cluster: \
depend on that cluster's layer of the same name.
  prod/apps: depends on dev/apps, a layer of another cluster; expected a layer of "prod", because Flux looks for dependencies on its own cluster: \
depend on that cluster's layer of the same name.`);
});

test('two objects on one path are refused', () => {
  const { platform, web } = oneLayer();
  new ApiObject(web, 'other', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'other' } });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web/other: the ConfigMap "web" and the ConfigMap "web" of web/web are both written to "apps/base/web/configmap-web.yaml"; \
expected one object a file: give one of them a file of its own with component.setFile(object, '<name>.yaml').`);
});

test('two components on one directory are refused, and the files that clash there are not told', () => {
  const { platform } = oneLayer();
  configMap(new Component(platform, 'web2', { area: Area.APPS, directory: 'apps/base/web' }), 'web');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web2: the component and web both have the directory "apps/base/web"; \
expected one component a directory: rename one of them, or give it a directory of its own.`);
});

test.each([
  ['../web', 'leaves the repository'],
  ['apps/../../web', 'leaves the repository'],
  ['/web', 'is not a relative path with "/" between its segments'],
  ['apps\\web', 'is not a relative path with "/" between its segments'],
  ['', 'is not a relative path with "/" between its segments'],
  ['apps//web', 'has a segment that no file can have'],
  ['./web', 'has a segment that no file can have'],
  ['.git/web', 'has a segment that no file can have'],
])('the directory %p of a component is refused', (directory, wrong) => {
  const platform = Testing.platform();
  configMap(new Component(platform, 'web', { area: Area.APPS, directory }), 'web');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web: the component's directory is "${directory}", which ${wrong}; expected a path inside the repository: give it another directory or area.`);
});

test.each([
  ['../apps', 'leaves the repository'],
  ['/apps', 'is not a relative path with "/" between its segments'],
  ['.git', 'has a segment that no file can have'],
])('the area %p of a layer is refused', (area, wrong) => {
  const { platform } = oneLayer(undefined, undefined, { area });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: the area is "${area}", which ${wrong}; expected a path inside the repository: give it another area.`);
});

test('a directory of a stage that leaves the repository is refused, and the files in it are not told', () => {
  const { platform, apps } = oneLayer();
  apps.addStage('apps-late', { components: [component(platform, 'late')], directory: 'deploy/../../late' });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: the directory of the stage "apps-late" is "deploy/../../late", which leaves the repository; \
expected a path inside the repository: give it another directory.`);
});

test('a directory of a layer that leaves the repository is refused', () => {
  const { platform } = oneLayer(undefined, undefined, { directory: '../deploy' });
  expect(refusal(platform)).toMatch(
    /^1 problem, nothing was written:\n  dev\/apps: the directory of .* is "..\/deploy", which leaves the repository; .* give it another directory\.$/);
});

test('a file outside of the component\'s directory is refused', () => {
  const { platform, web } = oneLayer();
  web.setFile(configMap(web, 'settings'), '../settings.yaml');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web/settings: the file of the ConfigMap "settings" is "apps/base/web/../settings.yaml", which leaves the repository; \
expected a path inside the repository: give the component a directory and the object a file below it.`);
});

test('a name that Kubernetes refuses is told with the rule', () => {
  const { platform, web } = oneLayer();
  configMap(web, 'my_app');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web/my_app: the ConfigMap is named "my_app", which Kubernetes refuses; \
expected lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit: rename it.`);
});

test('a name with a variable in it is known on the cluster alone, and not checked', () => {
  const { platform, web } = oneLayer(undefined, { team: 'blue' });
  ['My_${team}', `Your_${Variable.of('team')}`].forEach((name, i) => {
    web.setFile(new ApiObject(web, `${i}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: name } }), `${i}.yaml`);
  });
  expect(Testing.repository(platform).object('apps/base/web/0.yaml').metadata).toEqual({ name: 'My_${team}', namespace: 'My_${team}' });
  expect(Testing.repository(platform).object('apps/base/web/1.yaml').metadata).toEqual({ name: 'Your_${team}', namespace: 'Your_${team}' });
});

test('a namespace of a component that Kubernetes refuses is told once, at the component', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: Area.APPS, namespace: 'My.Team' });
  configMap(web, 'first');
  configMap(web, 'second');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web: the component's namespace is named "My.Team", which Kubernetes refuses; \
expected lower-case letters, digits and "-", beginning and ending with a letter or digit: rename it.`);
});

test('a namespace of an object that Kubernetes refuses is told at the object', () => {
  const { platform, web } = oneLayer();
  new ApiObject(web, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'My.Team' } });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web/settings: the namespace of the ConfigMap "settings" is named "My.Team", which Kubernetes refuses; \
expected lower-case letters, digits and "-", beginning and ending with a letter or digit: rename it.`);
});

test('a namespace that cluster-scoped objects do not get is not checked at them', () => {
  const { platform, web } = oneLayer();
  new ApiObject(web, 'apps', { apiVersion: 'v1', kind: 'Namespace', metadata: { namespace: 'My.Team' } });
  expect(Testing.repository(platform).object('apps/base/web/namespace-apps.yaml').metadata).toEqual({ name: 'apps' });
});

test('a cluster with a name that is too long is refused', () => {
  const platform = Testing.platform();
  const name = 'c'.repeat(64);
  new Cluster(platform, name);
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  ${name}: the cluster is named "${name}", which has 64 characters; expected at most 63: shorten it.`);
});

test('a cluster with a name that is no label is refused', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'Dev_1');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  Dev_1: the cluster is named "Dev_1", which Kubernetes refuses; \
expected lower-case letters, digits and "-", beginning and ending with a letter or digit: rename it.`);
});

test('an undefined variable is told once, with the first place of its use', () => {
  const { platform } = oneLayer({ first: `www.${Variable.of('domain')}`, second: `${Variable.of('domain')}` }, { region: 'eu', account: '1' });
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error dev › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/first, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables',
  ]);
});

test('an undefined variable is told for every cluster that lacks it', () => {
  const { platform, web } = oneLayer({ host: `${Variable.of('domain')}` }, { domain: 'example.com' });
  for (const name of ['prod', 'staging']) {
    new Layer(new Cluster(platform, name), 'apps', { components: [web] });
  }
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error prod › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/host, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables',
    'undefined-variable error staging › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/host, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables',
  ]);
});

test('an undefined variable that was typed by hand may have been meant as text', () => {
  const { platform } = oneLayer({ host: `${Variable.of('domain')}`, script: 'echo ${name}' }, { domain: 'example.com' });
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error dev › flux-system/apps › ConfigMap default/web: uses ${name} at /data/script, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "name" to the cluster\'s variables, or write Variable.literal(…) where it is text',
  ]);
});

test('an undefined variable that was typed by hand with a default is refused, too', () => {
  const { platform } = oneLayer({ host: `${Variable.of('domain')}`, script: 'echo ${name:-nobody}' }, { domain: 'example.com' });
  expect(findingsOf(platform)).toEqual([
    'foreign-substitution error dev › flux-system/apps › ConfigMap default/web: has ${name} at /data/script, which is no variable of this cluster: '
    + 'Flux puts its default in its place → write Variable.literal(…) around the text, which then stays as it is, or add "name" to the cluster\'s variables '
    + 'where it is for Flux',
  ]);
});

test('an undefined variable in a patch is refused', () => {
  const { platform, web, apps } = oneLayer();
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: { host: Variable.of('domain') } }));
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error dev › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/host, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables',
  ]);
});

test('an undefined variable in the patches of the props is refused', () => {
  const { platform } = oneLayer(undefined, undefined, {
    patches: [Patch.json6902(PatchTarget.select({ kind: 'ConfigMap' }), JsonPatch.add('/data/host', `${Variable.of('domain')}`))],
  });
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error dev › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/host, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables',
  ]);
});

test.each<[string, LayerProps]>([
  ['/spec/targetNamespace', { targetNamespace: `team-${Variable.of('team')}` }],
  ['/spec/commonMetadata/labels/team', { commonMetadata: { labels: { team: `${Variable.of('team')}` } } }],
  ['/spec/images/0/newTag', { images: [{ name: 'web', newTag: `${Variable.of('team')}` }] }],
  ['/spec/postBuild/substitute/other', { postBuild: { substitute: { other: `${Variable.of('team')}` } } }],
])('a variable in a Kustomization itself is refused: %s', (field, props) => {
  const { platform } = oneLayer(undefined, { team: 'blue' }, props);
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: the Kustomization "apps" uses \${team} at ${field}, where nothing substitutes it; \
expected variables in components and patches alone: write the value itself.`);
});

test('a variable in the value of a cluster\'s variable is refused', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev', { variables: { domain: 'example.com', host: `www.${Variable.of('domain')}` } });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev: the variable "host" has a Variable or a Variable.literal in its value; expected text, because Flux does not substitute in values: write the value itself.`);
});

test('a variable in the value that a cluster gets later is refused, too', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev').addVariable('host', `www.${Variable.of('domain', { defaultValue: 'example.com' })}`);
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev: the variable "host" has a Variable or a Variable.literal in its value; expected text, because Flux does not substitute in values: write the value itself.`);
});

test.each([
  ['a}b', 'ends it at the first "}"'],
  ['${a', 'reads a variable in it'],
  ['${a}', 'ends it at the first "}"'],
])('a default that Flux could not hold is refused at once: %s', (defaultValue, problem) => {
  expect(() => Variable.of('region', { defaultValue })).toThrow(new Error(
    `the default value "${defaultValue}" cannot be written, because Flux ${problem}; `
    + 'expected text without "}", "${" and other variables: give the variable to every cluster instead.'));
});

test('a default that holds another variable is refused at once', () => {
  expect(() => Variable.of('host', { defaultValue: `www.${Variable.of('domain')}` })).toThrow(new Error(
    'the default value "www.${domain}" cannot be written, because Flux reads a variable in it; '
    + 'expected text without "}", "${" and other variables: give the variable to every cluster instead.'));
});

test('a variable with a bad name is refused at once', () => {
  expect(() => Variable.of('cluster-name')).toThrow(new Error(
    'the variable "cluster-name" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.'));
});

test('a cluster\'s variable with a bad name is refused', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev', { variables: { 'domain': 'example.com', 'cluster-name': 'dev' } });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev: the variable "cluster-name" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.`);
});

test('a patch that matches nothing is told what there is', () => {
  const { platform, web, apps } = oneLayer();
  configMap(web, 'settings');
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({ group: 'apps', kind: 'Deployment', name: 'web' }), { spec: { replicas: 3 } }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web targets group "apps", kind "Deployment", name "web", which matches none of its objects; \
expected one of ConfigMap "web", ConfigMap "settings": correct the target.`);
});

test('a patch that also matches an object of another component is refused', () => {
  const { platform, web, apps } = oneLayer();
  apps.addComponent(component(platform, 'cache'));
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: { key: 'other' } }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web targets kind "ConfigMap", which matches ConfigMap "cache" of cache, too; \
expected objects of the component alone: narrow the target.`);
});

test.each(['(web', '*', 'web['])('a target that is no regular expression is told: %s', name => {
  const { platform, web, apps } = oneLayer();
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({ name }), { data: { key: 'other' } }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web targets name "${name}": "${name}" is not a regular expression; expected what kustomize understands: correct the target.`);
});

test.each([
  ['/spec', JsonPatch.replace('/spec/replicas', 3)],
  ['/spec/replicas', JsonPatch.remove('/spec/replicas')],
  ['/spec', JsonPatch.add('/spec/replicas', 3)],
  ['/data/none', JsonPatch.move('/data/none', '/data/moved')],
  ['/data/none', JsonPatch.copy('/data/none', '/data/copied')],
  ['/data/key/deep', JsonPatch.test('/data/key/deep', 'value')],
])('an operation on a field that is not there is told with the field: %s', (field, operation) => {
  const { platform, web, apps } = oneLayer();
  apps.addPatch(web, Patch.json6902(PatchTarget.select({ kind: 'ConfigMap' }), operation));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web cannot be applied to ConfigMap "web" (it has no ${field}); \
expected one that fits the fields it has: correct the patch.`);
});

test('a strategic merge of another shape is told with the field', () => {
  const { platform, web, apps } = oneLayer();
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: ['a'] }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web cannot be applied to ConfigMap "web" (data is a mapping and the patch has a list); \
expected one that fits the fields it has: correct the patch.`);
});

test('a patch without a target matches everything', () => {
  const { platform, web, apps } = oneLayer();
  apps.addComponent(component(platform, 'cache'));
  apps.addPatch(web, Patch.strategicMerge(PatchTarget.select({}), { data: { key: 'other' } }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: a patch on web targets everything, which matches ConfigMap "cache" of cache, too; \
expected objects of the component alone: narrow the target.`);
});

test('a patch on a component that the layer does not deliver is refused', () => {
  const { platform, apps } = oneLayer();
  apps.addPatch(component(platform, 'cache'), Patch.strategicMerge(PatchTarget.select({ kind: 'ConfigMap' }), { data: { key: 'other' } }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: patches cache, which it does not deliver; expected one of its own components: patch it in the layer that delivers it.`);
});

test('an empty layer is refused', () => {
  const platform = Testing.platform();
  new Layer(new Cluster(platform, 'dev'), 'apps');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: the layer delivers nothing; expected at least one component: give it one, or leave it out.`);
});

test('an empty stage is refused by its name', () => {
  const { platform, apps } = oneLayer();
  apps.addStage('apps-late', {});
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: the stage "apps-late" delivers nothing; expected at least one component: give it one, or leave it out.`);
});

test('an empty component is refused', () => {
  const platform = Testing.platform();
  new Component(new Cluster(platform, 'dev'), 'web', { area: Area.APPS });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/web: the component has no objects, so there is nothing to apply; expected at least one: add an object to it, or leave it out.`);
});

test('a name of a cluster that is used twice in one scope is refused at once', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev');
  expect(() => new Cluster(platform, 'dev')).toThrow(new Error(
    'the platform already has a construct named "dev", so it cannot have a cluster of that name; expected every cluster once: rename one of them.'));
});

test('a name of a cluster that is used twice in different scopes is refused at synth, and the files that clash are not told', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web');
  for (const region of ['eu', 'us']) {
    new Layer(new Cluster(new Construct(platform, region), 'dev', { variables: { region } }), 'apps', { components: [web] });
  }
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  us/dev: the cluster is named "dev" like eu/dev; expected every cluster once, because its name is its directory: rename one of them.`);
});

test('a health check on an object that the layer does not deliver is refused', () => {
  const { platform, apps } = oneLayer();
  apps.firstStage.addHealthCheck(HealthCheck.of({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'apps' }));
  expect(refusal(platform)).toBe(`\
1 error, nothing was written:

error health-check-not-delivered  dev › apps
  the Kustomization apps checks the health of Deployment apps/web, which nothing on this cluster delivers: \
it waits until its timeout, again and again, and is never ready
  mend: correct the reference, say with component.provides(…) which component makes it, \
or call cluster.assume(…) where it is there before Flux
  file: clusters/dev/apps.yaml, made by dev/apps
`);
});

test('a health check on an object whose name holds a variable that was typed by hand is refused', () => {
  const { platform, web, apps } = oneLayer(undefined, { team: 'blue' });
  const object = new ApiObject(web, 'team', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'team-${team}' } });
  apps.firstStage.addHealthCheck(HealthCheck.ofObject(object));
  expect(refusal(platform)).toBe(`\
1 error, nothing was written:

error health-check-not-delivered  dev › apps
  the Kustomization apps checks the health of ConfigMap default/team-\${team}, whose name holds a variable: \
Flux does not substitute in health checks, and looks for an object of that very name
  mend: check something whose name is known here, or let the Kustomization wait for everything
  file: clusters/dev/apps.yaml, made by dev/apps
`);
});

test('a health check on an object whose name holds a variable is refused', () => {
  const { platform, web, apps } = oneLayer(undefined, { team: 'blue' });
  const object = new ApiObject(web, 'team', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `team-${Variable.of('team')}` } });
  apps.firstStage.addHealthCheck(HealthCheck.ofObject(object));
  expect(refusal(platform)).toContain(`
  the Kustomization apps checks the health of ConfigMap default/team-\${team}, whose name holds a variable: \
Flux does not substitute in health checks, and looks for an object of that very name
  mend: check something whose name is known here, or let the Kustomization wait for everything`);
});

test('a health check on an object by the name that it had before the Kustomization renamed it is refused', () => {
  const { platform, apps } = oneLayer(undefined, undefined, { namePrefix: 'a-' });
  apps.firstStage.addHealthCheck(HealthCheck.of({ apiVersion: 'v1', kind: 'ConfigMap', name: 'web', namespace: 'default' }));
  expect(refusal(platform)).toBe(`\
1 error, nothing was written:

error health-check-not-delivered  dev › apps
  the Kustomization apps checks the health of ConfigMap default/web, which nothing on this cluster delivers: \
it waits until its timeout, again and again, and is never ready
  it delivers ConfigMap default/a-web
  mend: correct the reference, say with component.provides(…) which component makes it, \
or call cluster.assume(…) where it is there before Flux
  file: clusters/dev/apps.yaml, made by dev/apps
`);
});

test('a health check on an object that a component provides is accepted, in any version of its API', () => {
  const { platform, web, apps } = oneLayer();
  web.provides({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'apps' });
  apps.firstStage.addHealthCheck(HealthCheck.of({ apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web', namespace: 'apps' }));
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.healthChecks)
    .toEqual([{ apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web', namespace: 'apps' }]);
});

test('a health check on an object of a later stage is refused', () => {
  const { platform, apps } = oneLayer();
  const late = component(platform, 'late');
  apps.addStage('apps-late', { components: [late] });
  apps.firstStage.addHealthCheck(HealthCheck.ofObject(ApiObject.of(late.node.findChild('late'))));
  expect(refusal(platform)).toBe(`\
1 error, nothing was written:

error health-check-not-delivered  dev › apps
  the Kustomization apps checks the health of ConfigMap default/late, which comes only after it, so that it is never ready
  Kustomization flux-system/apps is ready only once ConfigMap default/late is ready
  ConfigMap default/late is ready only once Kustomization flux-system/apps-late has applied its objects
  Kustomization flux-system/apps-late has applied its objects only once Kustomization flux-system/apps is ready
  3 objects and Kustomizations never become ready
  mend: check it in the Kustomization that delivers it, or deliver it with this one
  file: clusters/dev/apps.yaml, made by dev/apps
`);
});

test('a component that two layers deliver to one cluster is refused', () => {
  const { platform, web, cluster } = oneLayer();
  new Layer(cluster, 'shop', { components: [web] });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/shop: delivers web with "shop", and "apps" delivers it, too; expected a component once on "dev", \
because two Kustomizations would fight over its objects: take it out of one of them.`);
});

test('a component that one stage delivers twice is refused', () => {
  const { platform, web, apps } = oneLayer();
  apps.addComponent(web);
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: delivers web twice; expected a component once: take it out once.`);
});

test('a component that two stages of a layer deliver is refused', () => {
  const { platform, web, apps } = oneLayer();
  apps.addStage('apps-late', { components: [web] });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: delivers web with "apps-late", and "apps" delivers it, too; expected a component once on "dev", \
because two Kustomizations would fight over its objects: take it out of one of them.`);
});

test('a component of another cluster is refused', () => {
  const { platform, cluster } = oneLayer();
  new Layer(new Cluster(platform, 'prod'), 'shop', { components: [component(cluster, 'own')] });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  prod/shop: delivers dev/own, a component of another cluster; expected a shared component or one of "prod": make it in the platform.`);
});

test('a component of another platform is refused', () => {
  const { platform, apps } = oneLayer();
  apps.addComponent(component(Testing.platform(), 'stranger'));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps: delivers stranger, a component of another platform; expected one of this platform: make it here.`);
});

test('two stages with one name on a cluster are refused, and the files that clash are not told', () => {
  const { platform, cluster, apps } = oneLayer();
  apps.addStage('late', { components: [component(platform, 'first')] });
  new Layer(cluster, 'late', { components: [component(platform, 'second')] });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/late: has a Kustomization "flux-system/late", and so has dev/apps; expected every name once on a cluster: rename the stage.`);
});

test('an expression in CEL that does not parse is refused', () => {
  const { platform, apps } = oneLayer();
  apps.firstStage.addHealthCheckExpression(HealthCheckExpression.of({ apiVersion: 'v1', kind: 'ConfigMap', current: 'status.ready ==' }));
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps/stages/apps: the health check expression "current" of ConfigMap is "status.ready ==", \
which does not parse (Unexpected token: EOF at 1:16); \
expected an expression in CEL such as status.conditions.exists(c, c.type == 'Ready' && c.status == 'True').`);
});

test('several mistakes are reported together, sorted by place', () => {
  const { platform, cluster, apps, web } = oneLayer();
  new Layer(cluster, 'empty');
  new Component(platform, 'nothing', { area: Area.APPS });
  apps.addPatch(web, Patch.json6902(PatchTarget.select({ kind: 'Secret' }), JsonPatch.add('/data/key', 'value')));
  configMap(web, 'my_app');
  new Cluster(platform, 'Prod');
  expect(refusal(platform)).toBe(`\
5 problems, nothing was written:
  Prod: the cluster is named "Prod", which Kubernetes refuses; \
expected lower-case letters, digits and "-", beginning and ending with a letter or digit: rename it.
  dev/apps: a patch on web targets kind "Secret", which matches none of its objects; \
expected one of ConfigMap "web", ConfigMap "my_app": correct the target.
  dev/empty: the layer delivers nothing; expected at least one component: give it one, or leave it out.
  nothing: the component has no objects, so there is nothing to apply; expected at least one: add an object to it, or leave it out.
  web/my_app: the ConfigMap is named "my_app", which Kubernetes refuses; \
expected lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit: rename it.`);
});

test('an object that is made in a layer is refused', () => {
  const { platform, apps } = oneLayer();
  new ApiObject(apps.firstStage, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps/stages/apps/settings: the ConfigMap "settings" is made in a layer; \
expected a component, because a layer delivers components: make it in one.`);
});

test('a Kustomization that is made in a stage is refused', () => {
  const { platform, apps } = oneLayer();
  new flux.Kustomization(apps.firstStage, 'nested', { path: './nested' });
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/apps/stages/apps/nested/Resource: the Kustomization "nested" is made in a layer; \
expected a component, because a layer delivers components: make it in one.`);
});

test('a Chart in a component is refused', () => {
  const { platform, web } = oneLayer();
  configMap(new Chart(web, 'part'), 'settings');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  web/part: a Chart inside a component has no directory of its own; expected a plain construct: make it a Construct.`);
});

test('a Chart in a cluster is refused', () => {
  const { platform, cluster } = oneLayer();
  configMap(new Chart(cluster, 'part'), 'settings');
  expect(refusal(platform)).toBe(`\
1 problem, nothing was written:
  dev/part: a Chart has no place in the repository; expected a Component, which has a directory: make it a Component.`);
});
