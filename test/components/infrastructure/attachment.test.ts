import { Component, Testing, Variable, components } from '../../../src';
import { refusalOf } from '../../flux/flux-fixtures';

const { AllowedRoutes, Gateway, GatewayListener, HttpRoute, RouteBackend, RouteKind, TlsRoute } = components;
const certificate = { secretName: 'tls' };

/** What synth says where a route of the namespace `team` attaches to a Gateway of the namespace `gateways`. */
function refusalOfAttachment(
  listeners: components.GatewayListener[], hostnames: string[], options: { listener?: string; kind?: 'tls'; namespace?: string } = {},
): string[] {
  const platform = Testing.platform();
  const gateways = new Component(platform, 'gateways', { area: 'infrastructure', namespace: 'gateways' });
  const gateway = new Gateway(gateways, 'public', { className: 'cilium', listeners });
  const team = new Component(platform, 'team', { area: 'apps', namespace: options.namespace ?? 'team' });
  const backend = RouteBackend.fromName('web', 80);
  const parent = { gateway, listener: options.listener, hostnames };
  if (options.kind === 'tls') {
    new TlsRoute(team, 'web', { ...parent, backend });
  } else {
    new HttpRoute(team, 'web', { ...parent, rules: [{ backend }] });
  }
  return refusalOf(platform);
}

/** The sentence that is expected, with what differs. */
function refused(why: string, kind = 'HTTPRoute'): string {
  return `team/web: the ${kind} "web" attaches to the Gateway "public", which would refuse it: ${why}; `
    + 'expected a listener that takes it: attach it to another Gateway or listener, or let this one allow it.';
}

const all = AllowedRoutes.all();

test('a listener takes routes of its own namespace alone, if nothing is said', () => {
  const listeners = [GatewayListener.https({ certificate })];
  expect(refusalOfAttachment(listeners, ['web.example.com'])).toEqual([refused('the listener https allows routes of its own namespace gateways alone, and not of team')]);
  expect(refusalOfAttachment(listeners, ['web.example.com'], { namespace: 'gateways' })).toEqual([]);
});

test('a listener takes routes of the namespaces that it names', () => {
  const listeners = [GatewayListener.https({ certificate, allowedRoutes: AllowedRoutes.namespaces('apps', 'tooling') })];
  expect(refusalOfAttachment(listeners, ['web.example.com'])).toEqual([refused('the listener https allows routes of apps, tooling, and not of team')]);
  expect(refusalOfAttachment(listeners, ['web.example.com'], { namespace: 'tooling' })).toEqual([]);
});

test('which namespaces have a label is not checked', () => {
  const listeners = [GatewayListener.https({ certificate, allowedRoutes: AllowedRoutes.labelled({ matchLabels: { team: 'shop' } }) })];
  expect(refusalOfAttachment(listeners, ['web.example.com'])).toEqual([]);
});

test.each([
  ['*.example.com', 'web.example.com'],
  ['*.example.com', 'a.b.example.com'],
  ['*.example.com', '*.example.com'],
  ['*.example.com', '*.apps.example.com'],
  ['*.apps.example.com', '*.example.com'],
  ['web.example.com', '*.example.com'],
  ['web.example.com', 'web.example.com'],
])('a listener for %s takes a route for %s', (hostname, wanted) => {
  expect(refusalOfAttachment([GatewayListener.https({ certificate, hostname, allowedRoutes: all })], [wanted])).toEqual([]);
});

test.each([
  ['*.example.com', 'example.com'],
  ['*.example.com', 'web.example.org'],
  ['*.example.com', 'webexample.com'],
  ['web.example.com', 'app.example.com'],
  ['*.apps.example.com', '*.tools.example.com'],
])('a listener for %s does not take a route for %s', (hostname, wanted) => {
  expect(refusalOfAttachment([GatewayListener.https({ certificate, hostname, allowedRoutes: all })], [wanted]))
    .toEqual([refused(`the listener https is for ${hostname}, and not for ${wanted}`)]);
});

test('one hostname that the listener is for is enough', () => {
  expect(refusalOfAttachment([GatewayListener.https({ certificate, hostname: '*.example.com', allowedRoutes: all })], ['a.example.org', 'a.example.com'])).toEqual([]);
});

test('a route without hostnames is for those of the listener', () => {
  expect(refusalOfAttachment([GatewayListener.https({ certificate, hostname: '*.example.com', allowedRoutes: all })], [])).toEqual([]);
});

test('variables are compared as they are named, and with text not at all', () => {
  const listeners = [GatewayListener.https({ certificate, hostname: `*.apps.${Variable.of('domain')}`, allowedRoutes: all })];
  expect(refusalOfAttachment(listeners, [`web.apps.${Variable.of('domain')}`])).toEqual([]);
  expect(refusalOfAttachment(listeners, ['web.apps.example.com'])).toEqual([]);
  expect(refusalOfAttachment(listeners, [`web.${Variable.of('domain')}`]))
    .toEqual([refused('the listener https is for *.apps.${domain}, and not for web.${domain}')]);
});

test('a protocol takes its kinds of routes', () => {
  expect(refusalOfAttachment([GatewayListener.tlsPassthrough({ allowedRoutes: all })], ['web.example.com']))
    .toEqual([refused('the listener tls is for TLS, which takes TLSRoute')]);
  expect(refusalOfAttachment([GatewayListener.https({ certificate, allowedRoutes: all })], ['web.example.com'], { kind: 'tls' }))
    .toEqual([refused('the listener https is for HTTPS, which takes HTTPRoute and GRPCRoute', 'TLSRoute')]);
  expect(refusalOfAttachment([GatewayListener.tlsPassthrough({ allowedRoutes: all })], ['web.example.com'], { kind: 'tls' })).toEqual([]);
});

test('a listener takes the kinds that it allows', () => {
  expect(refusalOfAttachment([GatewayListener.https({ certificate, allowedRoutes: all, allowedKinds: [RouteKind.GRPC] })], ['web.example.com']))
    .toEqual([refused('the listener https allows GRPCRoute alone')]);
});

test('one of several listeners is enough, and all of them are named where none is', () => {
  const other = GatewayListener.https({ name: 'other', certificate, hostname: 'other.example.com', allowedRoutes: all });
  const http = GatewayListener.http();
  expect(refusalOfAttachment([http, other], ['web.example.com'])).toEqual([
    refused('the listener http allows routes of its own namespace gateways alone, and not of team; '
      + 'the listener other is for other.example.com, and not for web.example.com'),
  ]);
  expect(refusalOfAttachment([http, other], ['other.example.com'])).toEqual([]);
});

test('a route that names a listener is held to that one', () => {
  const listeners = [GatewayListener.http({ allowedRoutes: all }), GatewayListener.https({ certificate })];
  expect(refusalOfAttachment(listeners, ['web.example.com'], { listener: 'https' }))
    .toEqual([refused('the listener https allows routes of its own namespace gateways alone, and not of team')]);
  expect(refusalOfAttachment(listeners, ['web.example.com'], { listener: 'tls' })).toEqual([
    'team/web: the HTTPRoute "web" attaches to the Gateway "public" at its listener "tls", which it does not have; expected one of http, https: correct the name.',
  ]);
});

test('a Gateway that is known by its name is not checked', () => {
  const platform = Testing.platform();
  const team = new Component(platform, 'team', { area: 'apps', namespace: 'team' });
  new HttpRoute(team, 'web', {
    gateway: Gateway.fromName('public', 'gateways'), listener: 'any', hostnames: ['web.example.com'], rules: [{ backend: RouteBackend.fromName('web', 80) }],
  });
  expect(refusalOf(platform)).toEqual([]);
});

test('every parent is checked, and each is named once', () => {
  const platform = Testing.platform();
  const team = new Component(platform, 'team', { area: 'apps', namespace: 'team' });
  const gateway = Gateway.fromName('public', 'gateways');
  const closed = new Gateway(team, 'closed', { className: 'cilium', listeners: [GatewayListener.http({ hostname: 'closed.example.com' })] });
  new HttpRoute(team, 'web', {
    gateway, furtherParents: [{ gateway: closed }, { gateway, listener: 'http' }], hostnames: ['web.example.com'], rules: [{ backend: RouteBackend.fromName('web', 80) }],
  });
  expect(refusalOf(platform)).toEqual([
    'team/web: the HTTPRoute "web" attaches to the Gateway "closed", which would refuse it: the listener http is for closed.example.com, and not for '
      + 'web.example.com; expected a listener that takes it: attach it to another Gateway or listener, or let this one allow it.',
    'team/web: the HTTPRoute "web" attaches to the Gateway "public" twice; expected it once, or a listener of its own for each: correct its parents.',
  ]);
});
