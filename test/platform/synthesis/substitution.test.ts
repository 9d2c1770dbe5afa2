import { ApiObject, JsonPatch } from 'cdk8s';
import { Cluster, Component, Layer, LayerProps, Platform, Testing, Variable, flux } from '../../../src';
import { findingsOf } from '../../checks/check-fixtures';
import { component } from '../fixtures';

const { VariableSource } = flux;

/** A Kustomization's `postBuild`. */
function postBuild(platform: Platform, name: string, cluster: string = 'dev'): any {
  return Testing.repository(platform).object(`clusters/${cluster}/${name}.yaml`).spec.postBuild;
}

/** The data of a component's ConfigMap. */
function data(platform: Platform, made: Component): any {
  return Testing.repository(platform).object(`${made.directory}/configmap-${made.node.id}.yaml`).data;
}

/** A platform with one layer that delivers one component. */
function oneLayer(values: { [key: string]: any }, variables: { [name: string]: string }, props: LayerProps = {}): [Platform, Component, Cluster] {
  const platform = Testing.platform();
  const web = component(platform, 'web', values);
  const cluster = new Cluster(platform, 'dev', { variables });
  new Layer(cluster, 'apps', { components: [web], ...props });
  return [platform, web, cluster];
}

test('a Kustomization that delivers a use of a variable substitutes from the cluster\'s ConfigMap', () => {
  const [platform] = oneLayer({ host: `www.${Variable.of('domain')}` }, { domain: 'example.com' });
  expect(postBuild(platform, 'apps')).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] });
});

test('a Kustomization that delivers no use of a variable does not substitute', () => {
  const [platform, web] = oneLayer({ script: 'echo ${a.b} $$' }, { domain: 'example.com' });
  expect(postBuild(platform, 'apps')).toBeUndefined();
  expect(data(platform, web)).toEqual({ script: 'echo ${a.b} $$' });
});

test('text that Flux would change is escaped where it substitutes', () => {
  const [platform, web] = oneLayer({
    host: `${Variable.of('domain')}`, dashboard: '${a.b}', process: '$$', price: '$5', shell: '$HOME', escaped: '$${name}',
  }, { domain: 'example.com' });
  expect(data(platform, web)).toEqual({
    host: '${domain}', dashboard: '$${a.b}', process: '$$$$', price: '$5', shell: '$HOME', escaped: '$${name}',
  });
});

test('text is escaped in every component that a substituting Kustomization delivers', () => {
  const platform = Testing.platform();
  const plain = component(platform, 'plain', { dashboard: '${a.b}' });
  const using = component(platform, 'using', { host: `${Variable.of('domain')}` });
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [plain, using] });
  expect(data(platform, plain)).toEqual({ dashboard: '$${a.b}' });
});

test('every Kustomization that delivers an escaped component substitutes, and always where it has no variable', () => {
  const platform = Testing.platform();
  const plain = component(platform, 'plain', { dashboard: '${a.b}' });
  const using = component(platform, 'using', { host: `${Variable.of('domain')}` });
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [plain, using] });
  new Layer(new Cluster(platform, 'prod', { variables: { domain: 'example.org' } }), 'apps', { components: [plain] });
  expect(postBuild(platform, 'apps', 'prod')).toEqual({ substituteStrategy: 'Always' });
});

test('escaping goes on from Kustomization to component as far as it has to', () => {
  const platform = Testing.platform();
  const using = component(platform, 'using', { host: `${Variable.of('domain')}` });
  const [first, second, third] = ['first', 'second', 'third'].map(id => component(platform, id, { dashboard: '${a.b}' }));
  new Layer(new Cluster(platform, 'c', { variables: { domain: 'example.com' } }), 'apps', { components: [using, first] });
  new Layer(new Cluster(platform, 'b'), 'apps', { components: [first, second] });
  new Layer(new Cluster(platform, 'a'), 'apps', { components: [second] });
  new Layer(new Cluster(platform, 'z'), 'apps', { components: [third] });
  expect([first, second, third].map(made => data(platform, made).dashboard)).toEqual(['$${a.b}', '$${a.b}', '${a.b}']);
  expect(['a', 'b', 'z'].map(cluster => postBuild(platform, 'apps', cluster)))
    .toEqual([{ substituteStrategy: 'Always' }, { substituteStrategy: 'Always' }, undefined]);
});

test('a Kustomization that delivers a component without anything to escape needs no substitution because of another cluster', () => {
  const platform = Testing.platform();
  const plain = component(platform, 'plain', { key: 'value' });
  const using = component(platform, 'using', { host: `${Variable.of('domain')}` });
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [plain, using] });
  new Layer(new Cluster(platform, 'prod'), 'apps', { components: [plain] });
  expect(postBuild(platform, 'apps', 'prod')).toBeUndefined();
});

test('an object that Flux is told to leave alone is not escaped, and what looks like a variable in it is text', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web', { host: `${Variable.of('domain')}` });
  new ApiObject(web, 'script', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'script', annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } }, data: { run: '$$ ${a.b} ${HOME}' },
  });
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [web] });
  expect(Testing.repository(platform).object('apps/base/web/configmap-script.yaml').data).toEqual({ run: '$$ ${a.b} ${HOME}' });
  expect(findingsOf(platform)).toEqual([]);
});

test('a variable that was typed by hand counts where the cluster defines it', () => {
  const [platform, web] = oneLayer({ host: 'www.${domain}', upper: '${domain^^}', fallback: '${domain:-none}' }, { domain: 'example.com' });
  expect(data(platform, web)).toEqual({ host: 'www.${domain}', upper: '${domain^^}', fallback: '${domain:-none}' });
  expect(postBuild(platform, 'apps')).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] });
});

test('what looks like a variable is text where no cluster that receives it defines it and nothing is substituted', () => {
  const [platform, web] = oneLayer({ script: 'echo ${name}' }, { domain: 'example.com' });
  expect(data(platform, web)).toEqual({ script: 'echo ${name}' });
  expect(postBuild(platform, 'apps')).toBeUndefined();
});

test('a use with a default alone is substituted always', () => {
  const [platform] = oneLayer({ region: Variable.of('region', { defaultValue: 'eu-west-3' }) }, {});
  expect(postBuild(platform, 'apps')).toEqual({ substituteStrategy: 'Always' });
});

test('a source of variables is listed only where one of its variables is used', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', {
    variables: { domain: 'example.com' },
    variableSources: [VariableSource.secret('tokens', { variables: ['token'], optional: false })],
  });
  new Layer(cluster, 'both', { components: [component(platform, 'both', { host: `${Variable.of('domain')}`, token: Variable.of('token') })] });
  new Layer(cluster, 'domain', { components: [component(platform, 'domain-only', { host: Variable.of('domain') })] });
  new Layer(cluster, 'none', { components: [component(platform, 'none-used')] });
  new Layer(cluster, 'token', { components: [component(platform, 'token-only', { token: Variable.of('token') })] });
  const configMap = { kind: 'ConfigMap', name: 'dev-vars' };
  const secret = { kind: 'Secret', name: 'tokens', optional: false };
  expect(postBuild(platform, 'both')).toEqual({ substituteFrom: [configMap, secret] });
  expect(postBuild(platform, 'domain')).toEqual({ substituteFrom: [configMap] });
  expect(postBuild(platform, 'none')).toBeUndefined();
  expect(postBuild(platform, 'token')).toEqual({ substituteFrom: [secret] });
});

test('sources that give the same variable are all listed, the winning one last', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', {
    variables: { domain: 'example.com' },
    variableSources: [VariableSource.secret('zeta', { variables: ['domain'] }), VariableSource.configMap('alpha', { variables: ['domain'] })],
  });
  new Layer(cluster, 'apps', { components: [component(platform, 'web', { host: Variable.of('domain') })] });
  expect(postBuild(platform, 'apps').substituteFrom).toEqual([
    { kind: 'ConfigMap', name: 'dev-vars' }, { kind: 'Secret', name: 'zeta' }, { kind: 'ConfigMap', name: 'alpha' },
  ]);
});

test('variables made elsewhere are used like those of the repository', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', { variables: { domain: '' }, variablesPrefix: 'eks', variablesMadeElsewhere: true });
  new Layer(cluster, 'apps', { components: [component(platform, 'web', { host: Variable.of('domain') })] });
  expect(postBuild(platform, 'apps')).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'eks-dev-vars' }] });
  expect(Object.keys(platform.files())).not.toContain('clusters/dev/cluster-vars-configmap.yaml');
});

test('the postBuild of a layer is kept, and what its components need is put before it', () => {
  const [platform, web] = oneLayer({ host: `${Variable.of('domain')}`, tier: Variable.of('tier'), dashboard: '${a.b}' }, { domain: 'example.com' }, {
    postBuild: { substitute: { tier: 'gold' }, substituteFrom: [VariableSource.configMap('own')] },
  });
  expect(postBuild(platform, 'apps')).toEqual({
    substitute: { tier: 'gold' },
    substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }, { kind: 'ConfigMap', name: 'own' }],
  });
  expect(data(platform, web)).toEqual({ host: '${domain}', tier: '${tier}', dashboard: '$${a.b}' });
});

test('a variable with an inline value needs no source', () => {
  const [platform] = oneLayer({ host: Variable.of('domain') }, { domain: 'example.com' }, { postBuild: { substitute: { domain: 'example.org' } } });
  expect(postBuild(platform, 'apps')).toEqual({ substitute: { domain: 'example.org' } });
});

test('a layer with a postBuild of its own substitutes, so that its text is escaped', () => {
  const [platform, web] = oneLayer({ dashboard: '${a.b}' }, {}, { postBuild: { substitute: { tier: 'gold' } } });
  expect(data(platform, web)).toEqual({ dashboard: '$${a.b}' });
  expect(postBuild(platform, 'apps')).toEqual({ substitute: { tier: 'gold' } });
});

test('the strategy that a layer asks for is kept', () => {
  const [platform] = oneLayer({ key: 'value' }, {}, { postBuild: { substituteStrategy: flux.SubstituteStrategy.WITH_VARIABLES } });
  expect(postBuild(platform, 'apps')).toEqual({ substituteStrategy: 'WithVariables' });
});

test('a layer that receives a variable of one cluster as text of another is told so', () => {
  const platform = Testing.platform();
  const web = component(platform, 'web', { host: 'www.${domain}' });
  new Layer(new Cluster(platform, 'dev', { variables: { domain: 'example.com' } }), 'apps', { components: [web] });
  new Layer(new Cluster(platform, 'prod'), 'apps', { components: [web] });
  expect(findingsOf(platform)).toEqual([
    'undefined-variable error prod › flux-system/apps › ConfigMap default/web: uses ${domain} at /data/host, which has no value on this cluster: '
    + 'the build of the whole Kustomization fails → add "domain" to the cluster\'s variables, or write Variable.literal(…) where it is text',
  ]);
});

test('a variable in a patch is substituted, and the text of the component is escaped', () => {
  const [platform, web, cluster] = oneLayer({ dashboard: '${a.b}' }, { domain: 'example.com' });
  const apps = cluster.node.findChild('apps') as Layer;
  apps.addPatch(web, flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), {
    data: { host: `www.${Variable.of('domain')}`, value: Variable.of('domain'), other: '${c.d}' },
  }));
  const files = platform.files();
  expect(postBuild(platform, 'apps')).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] });
  expect(data(platform, web)).toEqual({ dashboard: '$${a.b}' });
  expect(files['apps/dev/kustomization.yaml']).toContain(`\
      data:
        host: www.\${domain}
        value: \${domain}
        other: $\${c.d}
`);
});

test('the text of a patch is as it was typed where nothing is substituted', () => {
  const [platform, web, cluster] = oneLayer({ key: 'value' }, { domain: 'example.com' });
  const apps = cluster.node.findChild('apps') as Layer;
  apps.addPatch(web, flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), { data: { dashboard: '${a.b} $$' } }));
  expect(postBuild(platform, 'apps')).toBeUndefined();
  expect(platform.files()['apps/dev/kustomization.yaml']).toContain('        dashboard: ${a.b} $$\n');
});

test('a variable in the patches of the props is substituted, and their text is escaped', () => {
  const patch = flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), {
    data: { host: `www.${Variable.of('domain')}`, other: '${c.d}', text: Variable.literal('${domain}') },
  });
  const [platform, web] = oneLayer({ dashboard: '${a.b}' }, { domain: 'example.com' }, { patches: [patch] });
  expect(data(platform, web)).toEqual({ dashboard: '$${a.b}' });
  expect(platform.files()['clusters/dev/apps.yaml']).toBe(`\
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
  patches:
    - target:
        kind: ConfigMap
      patch: |
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: any
        data:
          host: www.\${domain}
          other: $\${c.d}
          text: $\${domain}
  postBuild:
    substituteFrom:
      - kind: ConfigMap
        name: dev-vars
`);
});

test('a variable that was typed by hand in the patches of the props counts where the cluster defines it', () => {
  const patch = flux.Patch.json6902(flux.PatchTarget.select({ kind: 'ConfigMap' }), JsonPatch.add('/data/host', 'www.${domain}'));
  const [platform] = oneLayer({ key: 'value' }, { domain: 'example.com' }, { patches: [patch] });
  expect(postBuild(platform, 'apps')).toEqual({ substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] });
});

test('the text of the patches of the props is as it was typed where nothing is substituted', () => {
  const patch = flux.Patch.strategicMerge(flux.PatchTarget.select({ kind: 'ConfigMap' }), { data: { dashboard: '${a.b} $$' } });
  const [platform] = oneLayer({ key: 'value' }, { domain: 'example.com' }, { patches: [patch] });
  expect(postBuild(platform, 'apps')).toBeUndefined();
  expect(platform.files()['clusters/dev/apps.yaml']).toContain('          dashboard: ${a.b} $$\n');
});

test('the name and the namespace of an object may hold a variable', () => {
  const platform = Testing.platform();
  const web = new Component(platform, 'web', { area: 'apps', namespace: `team-${Variable.of('team')}` });
  new ApiObject(web, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `web-${Variable.of('team')}` } });
  web.setFile(web.node.findChild('web'), 'web.yaml');
  new Layer(new Cluster(platform, 'dev', { variables: { team: 'blue' } }), 'apps', { components: [web] });
  expect(Testing.repository(platform).object('apps/base/web/web.yaml').metadata).toEqual({ name: 'web-${team}', namespace: 'team-${team}' });
});
