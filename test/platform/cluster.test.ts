import { Construct } from 'constructs';
import { component } from './fixtures';
import { Cluster, Layer, Testing, flux } from '../../src';

test('a cluster is named like its construct, and has a directory of that name', () => {
  const cluster = new Cluster(Testing.platform(), 'mycluster-0');
  expect([cluster.clusterName, cluster.directory]).toEqual(['mycluster-0', 'clusters/mycluster-0']);
});

test('a construct can be asked whether it is a cluster', () => {
  const platform = Testing.platform();
  expect([platform, new Cluster(platform, 'dev')].map(Cluster.isCluster)).toEqual([false, true]);
});

test('a construct can be asked which cluster it belongs to', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev');
  expect(Cluster.of(new Construct(new Construct(cluster, 'a'), 'b'))).toBe(cluster);
  expect(Cluster.of(cluster)).toBe(cluster);
  expect(Cluster.of(platform)).toBeUndefined();
});

test('the ConfigMap with the variables is named after the cluster', () => {
  expect(new Cluster(Testing.platform(), 'dev').variablesName).toBe('dev-vars');
});

test('the name of the ConfigMap with the variables begins with the prefix', () => {
  expect(new Cluster(Testing.platform(), 'dev', { variablesPrefix: 'eks' }).variablesName).toBe('eks-dev-vars');
});

test('the ConfigMap with the variables lists them in the order in which they are given', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', { variables: { region: 'eu-west-3', domain: 'example.com', account: '012345678901' }, variablesPrefix: 'eks' });
  cluster.addVariable('added', 'on');
  cluster.addVariable('domain', 'example.org');
  expect(platform.files()).toEqual({
    'clusters/dev/cluster-vars-configmap.yaml': `\
apiVersion: v1
kind: ConfigMap
metadata:
  name: eks-dev-vars
  namespace: flux-system
data:
  region: eu-west-3
  domain: example.org
  account: "012345678901"
  added: "on"
`,
  });
});

test('a cluster without variables has no ConfigMap for them', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev');
  expect(platform.files()).toEqual({});
});

test('the variables of a cluster are its own copy', () => {
  const variables = { domain: 'example.com' };
  const cluster = new Cluster(Testing.platform(), 'dev', { variables });
  cluster.addVariable('domain', 'example.org');
  expect([variables.domain, cluster.variables.domain]).toEqual(['example.com', 'example.org']);
});

test('variables made elsewhere are no file but a prerequisite', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', { variables: { domain: '', region: '' }, variablesMadeElsewhere: true });
  expect(platform.files()).toEqual({});
  expect(cluster.prerequisites).toEqual([{
    what: 'the variables of the cluster',
    object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-vars', namespace: 'flux-system' },
    because: 'its keys are domain, region',
  }]);
});

test('what is assumed becomes a prerequisite', () => {
  const cluster = new Cluster(Testing.platform(), 'dev');
  expect(cluster.prerequisites).toEqual([]);
  cluster.assume({ what: 'the credentials of the GitHub App', command: 'flux create secret githubapp flux-system' });
  expect(cluster.prerequisites).toEqual([{ what: 'the credentials of the GitHub App', command: 'flux create secret githubapp flux-system' }]);
});

test('variables made elsewhere are listed as they are when the prerequisites are asked for, after what is assumed', () => {
  const cluster = new Cluster(Testing.platform(), 'dev', { variablesMadeElsewhere: true });
  cluster.addVariable('late', '');
  cluster.assume({ what: 'a VPC' });
  expect(cluster.prerequisites).toEqual([
    { what: 'a VPC' },
    {
      what: 'the variables of the cluster',
      object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'dev-vars', namespace: 'flux-system' },
      because: 'its keys are late',
    },
  ]);
});

test('variables made elsewhere are no prerequisite where there are none', () => {
  expect(new Cluster(Testing.platform(), 'dev', { variablesMadeElsewhere: true }).prerequisites).toEqual([]);
});

test('a source of variables that is added later is used like one that was given', () => {
  const platform = Testing.platform();
  const cluster = new Cluster(platform, 'dev', { variableSources: [flux.VariableSource.secret('first', { variables: ['token'] })] });
  cluster.addVariableSource(flux.VariableSource.secret('second', { variables: ['token'] }));
  cluster.addVariable('domain', 'example.com');
  new Layer(cluster, 'apps', { components: [component(platform, 'web', { token: '${token}' })] });
  expect(Testing.repository(platform).object('clusters/dev/apps.yaml').spec.postBuild)
    .toEqual({ substituteFrom: [{ kind: 'Secret', name: 'first' }, { kind: 'Secret', name: 'second' }] });
});

test('two clusters of one name in the platform are refused at once', () => {
  const platform = Testing.platform();
  new Cluster(platform, 'dev');
  expect(() => new Cluster(platform, 'dev')).toThrow(new Error(
    'the platform already has a construct named "dev", so it cannot have a cluster of that name; expected every cluster once: rename one of them.'));
});

test('two clusters of one name in a construct are refused at once', () => {
  const fleet = new Construct(Testing.platform(), 'fleet');
  new Cluster(fleet, 'dev');
  expect(() => new Cluster(fleet, 'dev')).toThrow(new Error(
    'fleet already has a construct named "dev", so it cannot have a cluster of that name; expected every cluster once: rename one of them.'));
});

test('a cluster cannot be made in a component', () => {
  const web = component(Testing.platform(), 'web');
  expect(() => new Cluster(new Construct(web, 'part'), 'dev')).toThrow(new Error(
    'the cluster "dev" is made in web; expected the platform as its scope: make it there.'));
});

test('a cluster cannot be made in another cluster', () => {
  const dev = new Cluster(Testing.platform(), 'dev');
  expect(() => new Cluster(dev, 'edge')).toThrow(new Error(
    'the cluster "edge" is made in dev; expected the platform as its scope: make it there.'));
});
