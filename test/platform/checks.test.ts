import { component, configMap, filesBelow } from './fixtures';
import { Cluster, Component, DeliveredObject, Delivery, Finding, ICheck, Layer, Platform, Severity, Testing } from '../../src';

/** A check of a user's own: every ConfigMap says whose it is. */
class OwnerLabel implements ICheck {
  public readonly checkId = 'acme-owner';
  public readonly title = 'An object without an owner';

  public examine(delivery: Delivery): Finding[] {
    const unowned = ({ manifest }: DeliveredObject) => manifest.metadata.labels?.owner === undefined;
    return delivery.kustomizations.flatMap(({ namespace, name, objects }) => objects.filter(unowned).map(object => ({
      check: this.checkId,
      severity: Severity.ERROR,
      cluster: delivery.cluster,
      kustomization: `${namespace}/${name}`,
      object: `${object.kind} ${object.name}`,
      file: object.file,
      constructPath: object.constructPath,
      message: 'has no label owner',
      fix: 'give it one',
    })));
  }
}

/** A platform whose clusters have one layer with one ConfigMap. */
function platformOf(...clusters: string[]): Platform {
  const platform = Testing.platform();
  const web = component(platform, 'web');
  clusters.forEach(name => new Layer(new Cluster(platform, name), 'apps', { components: [web] }));
  return platform;
}

const own = (platform: Platform) => platform.findings().filter(({ check }) => check === 'acme-owner');

test('synth refuses what a check of one\'s own finds, and writes nothing', () => {
  const platform = platformOf('dev', 'prod');
  platform.addCheck(new OwnerLabel());
  expect(() => platform.synth()).toThrow(`\
1 error, nothing was written:

error acme-owner  dev, prod › apps › ConfigMap web
  ConfigMap web has no label owner
  mend: give it one
  file: apps/base/web/configmap-web.yaml, made by web/web
`);
  expect(filesBelow(platform.outdir)).toEqual({});
  expect(() => platform.files()).toThrow('acme-owner');
  expect(() => platform.summary()).toThrow('acme-owner');
});

test('findings, deliveries and a delivery are told without an error', () => {
  const platform = platformOf('prod', 'dev');
  platform.addCheck(new OwnerLabel());
  expect(own(platform).map(({ cluster, object }) => `${cluster} ${object}`)).toEqual(['dev ConfigMap web', 'prod ConfigMap web']);
  expect(platform.deliveries().map(({ cluster }) => cluster)).toEqual(['dev', 'prod']);
  expect(platform.delivery('prod').kustomizations.map(({ name, objects }) => [name, objects.map(({ file }) => file)])).toEqual([
    ['apps', ['apps/base/web/configmap-web.yaml']],
  ]);
});

test('a cluster that does not exist has no delivery', () => {
  expect(() => platformOf('dev', 'prod').delivery('staging')).toThrow('the platform has no cluster "staging"; expected one of dev, prod.');
});

test('what was accepted is told with its reason, and keeps nothing from being written', () => {
  const platform = platformOf('dev');
  platform.addCheck(new OwnerLabel());
  platform.accept({ check: 'acme-owner', object: 'ConfigMap web', because: 'it belongs to everybody' });
  expect(own(platform).map(({ severity, acceptedBecause }) => [severity, acceptedBecause])).toEqual([[Severity.ERROR, 'it belongs to everybody']]);
  platform.synth();
  expect(Object.keys(filesBelow(platform.outdir))).toContain('apps/base/web/configmap-web.yaml');
});

test('what is accepted on one cluster is refused on another one', () => {
  const platform = platformOf('dev', 'prod');
  platform.addCheck(new OwnerLabel());
  platform.accept({ check: 'acme-owner', cluster: 'dev', because: 'nobody else is there' });
  expect(() => platform.synth()).toThrow(/error acme-owner {2}prod › apps/);
});

test('an acceptance that accepts nothing is a warning, and keeps nothing from being written', () => {
  const platform = platformOf('dev');
  platform.accept({ check: 'namespace-order', kustomization: 'apps', because: 'it was once needed' });
  expect(platform.findings().filter(({ check }) => check === 'unused-acceptance')).toEqual([{
    check: 'unused-acceptance',
    severity: Severity.WARNING,
    cluster: 'dev',
    kustomization: 'flux-system/apps',
    message: 'has no finding of namespace-order that could be accepted (because: it was once needed)',
    fix: 'take the acceptance away, or correct what it names',
  }]);
  platform.synth();
});

test('several checks, and a check that finds something in a component of one cluster', () => {
  const platform = platformOf('dev', 'prod');
  const [dev] = platform.node.findAll().filter(Cluster.isCluster);
  const extra = new Component(dev, 'extra', { area: 'apps', labels: { owner: 'us' } });
  configMap(extra, 'extra');
  dev.node.findAll().find(Layer.isLayer)!.addComponent(extra);
  const counting: ICheck = {
    checkId: 'count',
    title: 'How many',
    examine: ({ cluster, kustomizations }) => [{
      check: 'count', severity: Severity.INFO, cluster, message: `has ${kustomizations.flatMap(({ objects }) => objects).length} objects`, fix: 'count again',
    }],
  };
  platform.addCheck(new OwnerLabel(), counting);
  expect(platform.findings().filter(({ check }) => check === 'count').map(({ cluster, message }) => `${cluster} ${message}`)).toEqual(['prod has 1 objects', 'dev has 2 objects']);
  expect(own(platform)).toHaveLength(2);
});

test('mistakes in the program come before findings', () => {
  const platform = platformOf('dev');
  platform.addCheck(new OwnerLabel());
  new Component(platform, 'nothing', { area: 'apps' });
  expect(() => platform.findings()).toThrow('the component has no objects');
});
