import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { Cluster, Layer, Variable, components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { AlertRules, AlertSeverity, MetricsRule } = components;

test('an alert on its own', () => {
  const { platform, component } = stand();
  new AlertRules(component, 'shop', { groups: [{ name: 'shop', rules: [MetricsRule.alert('ShopDown', { expr: 'up{job="shop"} == 0' })] }] });
  expect(fileOf(platform, 'VMRule', 'shop')).toBe(`\
apiVersion: operator.victoriametrics.com/v1beta1
kind: VMRule
metadata:
  name: shop
  namespace: team
spec:
  groups:
    - name: shop
      rules:
        - alert: ShopDown
          expr: up{job="shop"} == 0
`);
});

test('everything set', () => {
  const { platform, component } = stand();
  new AlertRules(component, 'shop', {
    metadata: { name: 'store' },
    groups: [{
      name: 'shop',
      interval: Duration.minutes(1),
      labels: { team: 'shop' },
      rules: [
        MetricsRule.record('shop:orders:rate5m', { expr: 'sum(rate(orders_total[5m])) by (namespace)', labels: { source: 'shop' } }),
        MetricsRule.alert('NoOrders', {
          expr: 'shop:orders:rate5m == 0',
          for: Duration.minutes(10),
          keepFiringFor: Duration.minutes(5),
          severity: AlertSeverity.CRITICAL,
          labels: { component: '{{ $labels.namespace }}' },
          summary: 'No orders in {{ $labels.namespace }}',
          description: 'The rate is {{ $value | humanize }}.',
          runbookUrl: 'https://example.com/runbooks/no-orders',
          annotations: { dashboard: 'shop' },
        }),
      ],
    }],
  });
  expect(fileOf(platform, 'VMRule', 'store')).toMatchSnapshot();
});

test('templates reach the cluster as they were written, also where Flux substitutes', () => {
  const { platform, component } = stand();
  new AlertRules(component, 'shop', {
    groups: [{
      name: 'shop',
      labels: { cluster: `${Variable.of('cluster_name')}` },
      rules: [MetricsRule.alert('Dear', { expr: 'cost > 5', summary: '{{ $labels.pod }}: {{ $value }}', description: 'costs $$5 or ${x.y}' })],
    }],
  });
  const cluster = new Cluster(platform, 'dev', { variables: { cluster_name: 'dev' } });
  new Layer(cluster, 'apps', { components: [component] });
  const [group] = parse(fileOf(platform, 'VMRule', 'shop')).spec.groups;
  expect(group.labels.cluster).toBe('${cluster_name}');
  // Flux reads `$$` and `${`, and turns `$$` into `$`.
  expect(group.rules[0].annotations).toEqual({ summary: '{{ $labels.pod }}: {{ $value }}', description: 'costs $$$$5 or $${x.y}' });
});

test('the same alert may have two severities', () => {
  const { platform, component } = stand();
  new AlertRules(component, 'disk', {
    groups: [{
      name: 'disk',
      rules: [
        MetricsRule.alert('DiskFull', { expr: 'free < 0.2', severity: AlertSeverity.WARNING }),
        MetricsRule.alert('DiskFull', { expr: 'free < 0.1', severity: AlertSeverity.CRITICAL }),
      ],
    }],
  });
  expect(refusalOf(platform)).toEqual([]);
});

test('refuses what there is none of, and what is there twice', () => {
  const { platform, component } = stand();
  const rule = MetricsRule.alert('Down', { expr: 'up == 0', severity: AlertSeverity.INFO });
  new AlertRules(component, 'empty', { groups: [] });
  new AlertRules(component, 'twice', { groups: [{ name: 'a', rules: [rule, rule] }, { name: 'a', rules: [] }] });
  expect(refusalOf(platform)).toEqual([
    'stand/empty: the VMRule "empty" has no groups; expected at least one: give it rules.',
    'stand/twice: the VMRule "twice" has in its group "a" no rules; expected at least one: add a rule, or leave the group out.',
    'stand/twice: the VMRule "twice" has in its group "a" two rules named "Down" with the same labels, which nobody could tell apart; expected one: '
      + 'rename one of them, or give it another label.',
    'stand/twice: the VMRule "twice" has two groups named "a"; expected every name once: rename one of them.',
  ]);
});

test('refuses names and expressions that are none', () => {
  const { platform, component } = stand();
  new AlertRules(component, 'shop', {
    groups: [{
      name: 'shop',
      rules: [
        MetricsRule.alert('', { expr: 'up == 0' }),
        MetricsRule.alert('Down', { expr: ' ', labels: { 'team-name': 'shop' } }),
        MetricsRule.record('shop-orders', { expr: 'orders' }),
      ],
    }],
  });
  expect(refusalOf(platform)).toEqual([
    'stand/shop: the VMRule "shop" has in its group "shop" a rule that records "shop-orders"; expected letters, digits, underscores and colons with no digit first: '
      + 'rename it.',
    'stand/shop: the VMRule "shop" has in its group "shop" an alert without a name; expected one: say what is wrong in a word.',
    'stand/shop: the VMRule "shop" has in its group "shop" the rule "Down" with the label "team-name"; expected letters, digits and underscores with no digit first: '
      + 'rename it.',
    'stand/shop: the VMRule "shop" has in its group "shop" the rule "Down" without an expression; expected one in MetricsQL: give expr.',
  ]);
});
