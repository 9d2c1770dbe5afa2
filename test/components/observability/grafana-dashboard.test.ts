import { writeFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Cluster, Variable, components, layers } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';
import { temporaryFolder } from '../../temporary-folder';

const { DashboardSource, Grafana, GrafanaDashboard, GrafanaDatasource, GrafanaFolder } = components;
const grafana = Grafana.fromLabels({ dashboards: 'grafana' }, 'team');
const elsewhere = Grafana.fromLabels({ dashboards: 'grafana' }, 'observability');
const metrics = GrafanaDatasource.fromUid('metrics');

const shared = {
  __inputs: [{ name: 'DS_PROMETHEUS', type: 'datasource', pluginId: 'prometheus' }, { name: 'VAR_STEP', type: 'constant' }],
  uid: 'shop',
  title: 'Shop',
  panels: [{ datasource: { type: 'prometheus', uid: '${DS_PROMETHEUS}' }, targets: [{ expr: 'rate(http_requests_total{pod=~"$pod"}[$__interval])' }] }],
};

test('a model, with the datasource that it asks for', () => {
  const { platform, component } = stand();
  new GrafanaDashboard(component, 'shop', { grafana, source: DashboardSource.object(shared), inputs: { DS_PROMETHEUS: metrics } });
  expect(fileOf(platform, 'GrafanaDashboard', 'shop')).toMatchSnapshot();
});

test('everything set', () => {
  const { platform, component } = stand();
  new GrafanaDashboard(component, 'nodes', {
    metadata: { name: 'node-exporter' },
    grafana: elsewhere,
    source: DashboardSource.grafanaCom(1860, 42),
    folder: new GrafanaFolder(component, 'infrastructure', { grafana: elsewhere }),
    inputs: { DS_PROMETHEUS: metrics },
    uid: 'node-exporter',
    plugins: [{ name: 'grafana-clock-panel', version: '2.1.8' }],
    resyncPeriod: Duration.hours(1),
    contentCacheDuration: Duration.days(1),
  });
  expect(fileOf(platform, 'GrafanaDashboard', 'node-exporter')).toMatchSnapshot();
});

test('a file stays as it is, to the letter', () => {
  const { platform, component } = stand();
  const text = '{\n    "uid": "shop", "title": "Shop",\n    "big": 12345678901234567890\n}\n';
  const path = join(temporaryFolder(), 'shop.json');
  writeFileSync(path, text);
  new GrafanaDashboard(component, 'shop', { grafana, source: DashboardSource.file(path) });
  expect(parse(fileOf(platform, 'GrafanaDashboard', 'shop')).spec.json).toBe(text);
});

test("Grafana's own variables survive Flux, and variables of the clusters are filled in", () => {
  const { platform, component } = stand();
  new Cluster(platform, 'dev', { variables: { domain: 'dev.example.com' } });
  new layers.Apps(platform.node.findChild('dev') as Cluster, 'apps', { components: [component] });
  new GrafanaDashboard(component, 'shop', {
    grafana,
    source: DashboardSource.object({ uid: 'shop', title: 'Shop', text: '${DS_X} ${domain} $__interval $$ $${a}', link: `https://shop.${Variable.of('domain')}` }),
  });
  const { json } = parse(fileOf(platform, 'GrafanaDashboard', 'shop')).spec;
  expect(JSON.parse(json)).toMatchObject({ text: '$${DS_X} $${domain} $__interval $$$$ $$$${a}', link: 'https://shop.${domain}' });
});

test('has the name of its object as its uid where its JSON has none', () => {
  const { platform, component } = stand();
  new GrafanaDashboard(component, 'shop', { grafana, source: DashboardSource.json('{"title": "Shop", "uid": null}') });
  const { spec } = parse(fileOf(platform, 'GrafanaDashboard', 'shop'));
  expect(spec.uid).toBeUndefined();
  expect(JSON.parse(spec.json)).toEqual({ title: 'Shop', uid: 'shop' });
});

test.each([
  [DashboardSource.url('https://example.com/shop.json'), { url: 'https://example.com/shop.json' }],
  [DashboardSource.grafanaCom(1860, 42), { grafanaCom: { id: 1860, revision: 42 } }],
  [DashboardSource.ociArtifact('ghcr.io/acme/dashboards:v1', 'shop.json'), { oci: { reference: 'ghcr.io/acme/dashboards:v1', path: 'shop.json' } }],
])('what the operator fetches is said, and not looked at', (source, fields) => {
  const { platform, component } = stand();
  new GrafanaDashboard(component, 'shop', { grafana, source, inputs: { DS_PROMETHEUS: metrics } });
  expect(parse(fileOf(platform, 'GrafanaDashboard', 'shop')).spec).toMatchObject(fields);
});

test('is imported across namespaces where it has to be, and where nothing is known of the Grafana', () => {
  const { platform, component } = stand();
  const source = DashboardSource.url('https://example.com/shop.json');
  new GrafanaDashboard(component, 'here', { grafana, source });
  new GrafanaDashboard(component, 'there', { grafana: elsewhere, source });
  new GrafanaDashboard(component, 'somewhere', { grafana: Grafana.fromLabels({ dashboards: 'grafana' }), source });
  const allowed = ['here', 'there', 'somewhere'].map(name => parse(fileOf(platform, 'GrafanaDashboard', name)).spec.allowCrossNamespaceImport);
  expect(allowed).toEqual([undefined, true, true]);
});

test('names a folder of another namespace by its uid', () => {
  const { platform, component } = stand();
  const folder = new GrafanaFolder(component, 'shop', { grafana, metadata: { namespace: 'observability' } });
  new GrafanaDashboard(component, 'shop-overview', { grafana, folder, source: DashboardSource.url('https://example.com/shop.json') });
  expect(parse(fileOf(platform, 'GrafanaDashboard', 'shop-overview')).spec).toMatchObject({ folderUID: 'shop' });
});

test.each([
  ['no JSON', { source: DashboardSource.json('{"title": ') },
    'has in its JSON what is no JSON object; expected the model of a dashboard, as Grafana exports it: correct it.'],
  ['a list', { source: DashboardSource.json('[]') },
    'has in its JSON what is no JSON object; expected the model of a dashboard, as Grafana exports it: correct it.'],
  ['no title', { source: DashboardSource.object({ uid: 'shop', panels: [] }) },
    'has no title in its model; expected one, because Grafana refuses a dashboard without: add it.'],
  ['too much', { source: DashboardSource.object({ uid: 'shop', title: 'Shop', text: 'x'.repeat(1_000_000) }) },
    'has 1000052 bytes in its model, which is more than the cluster can keep in an object; expected at most 1000000: '
    + 'put it into an OCI artifact, or at a URL, and use DashboardSource.ociArtifact(…) or DashboardSource.url(…).'],
  ['a URL of another kind', { source: DashboardSource.url('ftp://example.com/shop.json') },
    'has the URL "ftp://example.com/shop.json"; expected http:// or https://: correct it.'],
  ['no number', { source: DashboardSource.grafanaCom(1860, 0) },
    'has the dashboard 1860 of grafana.com at its revision 0; expected two numbers above 0: correct them.'],
  ['an artifact without a tag', { source: DashboardSource.ociArtifact('ghcr.io/acme/dashboards', 'shop.json') },
    'has the artifact "ghcr.io/acme/dashboards"; expected its name with a tag or a digest: registry/name:tag, or registry/name@sha256:….'],
  ['a datasource that is not filled in', { source: DashboardSource.object(shared) },
    'asks for the datasource ${DS_PROMETHEUS}, which it is not given; expected one for each of its inputs: add inputs: { DS_PROMETHEUS: … }.'],
  ['an input that it does not have', { source: DashboardSource.object(shared), inputs: { DS_PROMETHEUS: metrics, DS_LOKI: metrics } },
    'is given the input DS_LOKI, which its JSON does not name; expected DS_PROMETHEUS: correct the name, or take it out.'],
  ['an input where it has none', { source: DashboardSource.object({ uid: 'shop', title: 'Shop' }), inputs: { DS_LOKI: metrics } },
    'is given the input DS_LOKI, which its JSON does not name; expected none: correct the name, or take it out.'],
  ['a uid', { source: DashboardSource.object({ uid: 'shop/overview', title: 'Shop' }) },
    'has the uid "shop/overview"; expected at most 40 letters, digits, "-" and "_": give it another uid.'],
  ['no labels', { grafana: Grafana.fromLabels({}), source: DashboardSource.url('https://example.com/shop.json') },
    'is for a Grafana without labels, which the operator takes for every Grafana; expected at least one label: name one in Grafana.fromLabels(…).'],
])('refuses %s', (_, props, problem) => {
  const { platform, component } = stand();
  new GrafanaDashboard(component, 'shop', { grafana, ...props });
  expect(refusalOf(platform)).toEqual([`stand/shop: the GrafanaDashboard "shop" ${problem}`]);
});

test('a file that is not there is told at once', () => {
  expect(() => DashboardSource.file('nowhere/shop.json')).toThrow('ENOENT: no such file or directory, open \'nowhere/shop.json\'');
});
