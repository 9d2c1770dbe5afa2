import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'route-not-allowed';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const FIX = 'attach it to another Gateway or listener, or let this one allow it';
const ALL = { allowedRoutes: { namespaces: { from: 'All' } } };

function gateway(...listeners: object[]): ObjectFixture {
  return { apiVersion: GATEWAY_API, kind: 'Gateway', name: 'general', namespace: 'infrastructure', fields: { spec: { gatewayClassName: 'cilium', listeners } } };
}

function listener(fields: object = {}): object {
  return { name: 'https', port: 443, protocol: 'HTTPS', ...fields };
}

function route(fields: { parent?: object; hostnames?: string[]; kind?: string; namespace?: string } = {}): ObjectFixture {
  const { parent, hostnames, kind = 'HTTPRoute', namespace } = fields;
  return {
    apiVersion: GATEWAY_API, kind, name: 'shop', namespace, fields: { spec: { parentRefs: [{ name: 'general', namespace: 'infrastructure', ...parent }], hostnames } },
  };
}

function findings(...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform({}, { domain: 'acme.example' });
  checked.layer('apps', [checked.component('shop', ...objects)]);
  return checked.findings(CHECK);
}

function refused(why: string, kind = 'HTTPRoute'): string[] {
  return [`error dev › flux-system/apps › ${kind} apps/shop: attaches to the Gateway infrastructure/general, which refuses it: ${why} → ${FIX}`];
}

test('refuses a route of a namespace that the Gateway does not allow', () => {
  expect(findings(gateway(listener()), route())).toEqual(refused('the listener https allows routes of its own namespace infrastructure alone'));
  expect(findings(gateway(listener()), route({ namespace: 'infrastructure' }))).toEqual([]);
  expect(findings(gateway(listener(ALL)), route())).toEqual([]);
});

test('holds a selector against the labels of the namespaces that are delivered', () => {
  const selecting = (selector: object) => gateway(listener({ allowedRoutes: { namespaces: { from: 'Selector', selector } } }));
  const labelled: ObjectFixture = { kind: 'Namespace', name: 'shops', metadata: { labels: { team: 'shop' } } };
  const other = refused('the listener https allows routes of namespaces with other labels than shops has').map(line => line.replace('apps/shop:', 'shops/shop:'));
  const found = (selector: object) => findings(selecting(selector), labelled, route({ namespace: 'shops' }));
  expect(found({ matchLabels: { team: 'shop' } })).toEqual([]);
  expect(found({ matchLabels: { team: 'other' } })).toEqual(other);
  expect(found({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['apps'] }] })).toEqual(other);
  expect(found({ matchExpressions: [{ key: 'team', operator: 'Exists' }, { key: 'team', operator: 'NotIn', values: ['other'] }] })).toEqual([]);
  expect(found({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] })).toEqual(other);
  expect(findings(selecting({ matchLabels: { team: 'other' } }), route({ namespace: 'elsewhere' }))).toEqual([]);
});

test('refuses a kind of route that no listener takes', () => {
  expect(findings(gateway(listener(ALL)), route({ kind: 'TLSRoute' }))).toEqual(
    refused('the listener https is for HTTPS, which takes HTTPRoute and GRPCRoute', 'TLSRoute'));
  const grpc = listener({ allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] } });
  expect(findings(gateway(grpc), route())).toEqual(refused('the listener https allows GRPCRoute alone'));
  expect(findings(gateway(grpc), route({ kind: 'GRPCRoute' }))).toEqual([]);
  expect(findings(gateway(listener({ ...ALL, protocol: 'acme.example/QUIC' })), route())).toEqual([]);
});

test('refuses hostnames that no listener is for, with the values of variables', () => {
  const found = (own: string, ...hostnames: string[]) => findings(gateway(listener({ ...ALL, hostname: own })), route({ hostnames }));
  expect(found('*.${domain}', 'shop.acme.example')).toEqual([]);
  expect(found('*.acme.example', 'shop.other.example', '*.shop.${domain}')).toEqual([]);
  expect(found('*.acme.example', 'shop.other.example')).toEqual(refused('the listener https is for *.acme.example, and not for shop.other.example'));
});

test('needs one listener that takes it', () => {
  const admin = listener({ name: 'admin', port: 8443 });
  expect(findings(gateway(admin, listener(ALL)), route())).toEqual([]);
  expect(findings(gateway(admin, listener(ALL)), route({ parent: { sectionName: 'admin' } }))).toEqual(
    refused('the listener admin allows routes of its own namespace infrastructure alone'));
  expect(findings(gateway(admin, listener(ALL)), route({ parent: { port: 443 } }))).toEqual([]);
});

test('refuses a listener that the Gateway does not have', () => {
  const start = 'error dev › flux-system/apps › HTTPRoute apps/shop: attaches to the Gateway infrastructure/general at';
  const end = 'which it does not have: it listens at https (443) → correct sectionName and port, or leave them out';
  expect(findings(gateway(listener(ALL)), route({ parent: { sectionName: 'admin' } }))).toEqual([`${start} its listener admin, ${end}`]);
  expect(findings(gateway(listener(ALL)), route({ parent: { sectionName: 'https', port: 80 } }))).toEqual([`${start} its listener https and its port 80, ${end}`]);
});

test('says nothing of what is attached to something else, or to a Gateway that is made elsewhere', () => {
  expect(findings(gateway(listener()), route({ parent: { name: 'other' } }), { name: 'settings' })).toEqual([]);
  expect(findings(gateway(listener()), route({ parent: { kind: 'Service', group: '' } }))).toEqual([]);
});
