import { Duration } from 'cdk8s';
import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { Grafana, GrafanaFolder } = components;
const grafana = Grafana.fromLabels({ dashboards: 'grafana' }, 'team');

test('defaults', () => {
  const { platform, component } = stand();
  new GrafanaFolder(component, 'shop', { grafana });
  expect(fileOf(platform, 'GrafanaFolder', 'shop')).toMatchSnapshot();
});

test('everything set', () => {
  const { platform, component } = stand();
  const parent = new GrafanaFolder(component, 'teams', { grafana });
  new GrafanaFolder(component, 'own', {
    metadata: { name: 'shop' },
    grafana: Grafana.fromLabels({ dashboards: 'central' }),
    title: 'Shop',
    uid: 'team-shop',
    parent,
    permissions: '{"items": [{"role": "Viewer", "permission": 1}]}',
    resyncPeriod: Duration.minutes(5),
  });
  expect(fileOf(platform, 'GrafanaFolder', 'shop')).toMatchSnapshot();
});

test('names a parent by its object in the same namespace, and by its uid otherwise', () => {
  const { platform, component } = stand();
  const elsewhere = new GrafanaFolder(component, 'teams', { grafana, metadata: { namespace: 'observability' }, uid: 'all-teams' });
  new GrafanaFolder(component, 'shop', { grafana, parent: elsewhere });
  new GrafanaFolder(component, 'cart', { grafana, parent: GrafanaFolder.fromUid('by-hand') });
  expect(fileOf(platform, 'GrafanaFolder', 'shop')).toContain('parentFolderUID: all-teams');
  expect(fileOf(platform, 'GrafanaFolder', 'cart')).toContain('parentFolderUID: by-hand');
});

test('refuses what the operator or Grafana would refuse', () => {
  const { platform, component } = stand();
  new GrafanaFolder(component, 'shop', { grafana: Grafana.fromLabels({}), uid: 'a'.repeat(41), permissions: 'viewers' });
  expect(refusalOf(platform)).toEqual([
    'stand/shop: the GrafanaFolder "shop" has permissions that are no JSON; '
    + 'expected what Grafana\'s API takes: {"items": [{"role": "Viewer", "permission": 1}]}.',
    `stand/shop: the GrafanaFolder "shop" has the uid "${'a'.repeat(41)}"; expected at most 40 letters, digits, "-" and "_": give it another uid.`,
    'stand/shop: the GrafanaFolder "shop" is for a Grafana without labels, which the operator takes for every Grafana; '
    + 'expected at least one label: name one in Grafana.fromLabels(…).',
  ]);
});
