import { Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { Component, Testing, components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { Gateway, GatewayListener, HttpMethod, HttpRedirect, HttpRoute, ReferenceGrant, RouteBackend, RouteKind, TlsRoute } = components;
const gateway = Gateway.fromName('public', 'infrastructure');
const backend = RouteBackend.fromName('web', 80);

function refusalOfRule(rule: components.HttpRouteRule): string[] {
  const { platform, component } = stand();
  new HttpRoute(component, 'web', { gateway, hostnames: ['web.example.com'], rules: [rule] });
  return refusalOf(platform);
}

test('an HTTPRoute sends all requests to a Service', () => {
  const { platform, component } = stand();
  const route = new HttpRoute(component, 'web', { gateway, hostnames: ['web.example.com'], rules: [{ backend }] });
  expect(route.hostnames).toEqual(['web.example.com']);
  expect(fileOf(platform, 'HTTPRoute', 'web')).toBe(`\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
  namespace: team
spec:
  parentRefs:
    - name: public
      namespace: infrastructure
  hostnames:
    - web.example.com
  rules:
    - backendRefs:
        - name: web
          port: 80
`);
});

test('an HTTPRoute with everything set', () => {
  const { platform, component } = stand();
  new HttpRoute(component, 'web', {
    metadata: { labels: { team: 'shop' } },
    gateway,
    listener: 'https',
    furtherParents: [{ gateway: Gateway.fromName('own', 'team'), listener: 'https' }],
    hostnames: ['web.example.com', '*.web.example.com'],
    rules: [
      {
        pathPrefix: '/api',
        headers: { 'x-version': '2' },
        method: HttpMethod.POST,
        replacePrefix: '/',
        requestHeaders: { 'x-forwarded-prefix': '/api' },
        responseHeaders: { 'strict-transport-security': 'max-age=31536000' },
        timeout: Duration.minutes(1),
        backendTimeout: Duration.seconds(10),
        backends: [{ backend, weight: 90 }, { backend: RouteBackend.fromName('web-next', 80), weight: 10 }],
      },
      { exactPath: '/old', redirect: HttpRedirect.to({ scheme: 'https', hostname: 'new.example.com', port: 8443, path: '/new', permanent: true }) },
      { redirect: HttpRedirect.to({ path: '/' }) },
    ],
  });
  expect(fileOf(platform, 'HTTPRoute', 'web')).toMatchSnapshot();
});

test('an HTTPRoute without hostnames sends clients of a listener to HTTPS', () => {
  const { platform, component } = stand();
  const plain = new Gateway(component, 'plain', { className: 'cilium', listeners: [GatewayListener.http()] });
  new HttpRoute(component, 'redirect', { gateway: plain, hostnames: [], rules: [{ redirect: HttpRedirect.toHttps() }] });
  expect(fileOf(platform, 'HTTPRoute', 'redirect')).toContain(`\
spec:
  parentRefs:
    - name: plain
  rules:
    - filters:
        - type: RequestRedirect
          requestRedirect:
            scheme: https
            statusCode: 301
`);
});

test('a route goes to a Service of the program', () => {
  const { platform, component } = stand();
  const deployment = new Deployment(component, 'deployment', { containers: [{ image: 'web:1.0.0' }] });
  const service = new Service(component, 'service', { metadata: { name: 'web', namespace: 'team' }, selector: deployment, ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'admin', port: 81 }] });
  new HttpRoute(component, 'web', { gateway, hostnames: ['web.example.com'], rules: [{ backend: RouteBackend.service(service) }] });
  expect(fileOf(platform, 'HTTPRoute', 'web')).toContain('        - name: web\n          port: 80\n');
});

test('a Service of another namespace needs a ReferenceGrant', () => {
  const platform = Testing.platform();
  const component = new Component(platform, 'stand', { area: 'apps', namespace: 'team' });
  const other = new Component(platform, 'other', { area: 'apps', namespace: 'other' });
  const service = new Service(other, 'service', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
  const grant = new ReferenceGrant(other, 'grant', { fromNamespaces: ['team'], services: ['web'] });
  const narrow = new ReferenceGrant(other, 'narrow', { fromNamespaces: ['shop'] });
  const tls = new ReferenceGrant(other, 'tls', { fromNamespaces: ['team'], fromKinds: [RouteKind.TLS] });
  const route = (id: string, target: components.RouteBackend) =>
    new HttpRoute(component, id, { gateway, hostnames: ['web.example.com'], rules: [{ backend: target }] });
  route('granted', RouteBackend.granted(grant, 'web', 80));
  route('bare', RouteBackend.service(service));
  route('narrow', RouteBackend.granted(narrow, 'web', 80));
  route('tls', RouteBackend.granted(tls, 'web', 80));
  route('another', RouteBackend.granted(grant, 'db', 80));
  expect(refusalOf(platform)).toEqual([
    'stand/another: the HTTPRoute \"another\" sends requests to the Service "db" by the ReferenceGrant "grant", which is for web, and not for db; '
      + 'expected a ReferenceGrant that lets it in: extend it.',
    'stand/bare: the HTTPRoute \"bare\" sends requests to the Service "web" of the namespace "other" from "team"; '
      + 'expected one of its own namespace, or a ReferenceGrant there: use RouteBackend.granted(…).',
    'stand/narrow: the HTTPRoute \"narrow\" sends requests to the Service "web" by the ReferenceGrant "narrow", which is for routes of shop, and not of team; '
      + 'expected a ReferenceGrant that lets it in: extend it.',
    'stand/tls: the HTTPRoute \"tls\" sends requests to the Service "web" by the ReferenceGrant "tls", which is for TLSRoute; '
      + 'expected a ReferenceGrant that lets it in: extend it.',
  ]);
});

test('a route that a ReferenceGrant lets in names the namespace', () => {
  const { platform, component } = stand();
  const grant = new ReferenceGrant(component, 'grant', { metadata: { namespace: 'other' }, fromNamespaces: ['team', 'shop'], fromKinds: [RouteKind.HTTP, RouteKind.TLS] });
  new HttpRoute(component, 'web', { gateway, hostnames: [], rules: [{ backend: RouteBackend.granted(grant, 'web', 80) }] });
  expect(fileOf(platform, 'HTTPRoute', 'web')).toContain('        - name: web\n          namespace: other\n          port: 80\n');
  expect(fileOf(platform, 'ReferenceGrant', 'grant')).toMatchSnapshot();
});

test('refuses a ReferenceGrant that lets nobody in', () => {
  const { platform, component } = stand();
  new ReferenceGrant(component, 'grant', { fromNamespaces: [] });
  expect(refusalOf(platform)).toEqual(['stand/grant: the ReferenceGrant "grant" lets nobody in; expected at least one namespace, kind and Service: name them, or leave out what may be any.']);
});

test('a TLSRoute passes connections through', () => {
  const { platform, component } = stand();
  const own = new Gateway(component, 'own', { className: 'cilium', listeners: [GatewayListener.tlsPassthrough()] });
  const route = new TlsRoute(component, 'db', { gateway: own, listener: 'tls', hostnames: ['db.example.com'], backend: RouteBackend.fromName('db', 5432) });
  expect(route.hostnames).toEqual(['db.example.com']);
  expect(fileOf(platform, 'TLSRoute', 'db')).toBe(`\
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata:
  name: db
  namespace: team
spec:
  parentRefs:
    - name: own
      sectionName: tls
  hostnames:
    - db.example.com
  rules:
    - backendRefs:
        - name: db
          port: 5432
`);
});

test('refuses a TLSRoute without hostnames, or to a port that there is not', () => {
  const { platform, component } = stand();
  new TlsRoute(component, 'db', { gateway, hostnames: [], backend: RouteBackend.fromName('db', 70000) });
  expect(refusalOf(platform)).toEqual([
    'stand/db: the TLSRoute "db" has no hostnames; expected at least one: say which names clients ask for.',
    'stand/db: the TLSRoute "db" sends requests to the Service "db" with the port 70000; expected a whole number from 1 to 65535: correct it.',
  ]);
});

test('refuses an HTTPRoute without rules, or with more hostnames than the API allows', () => {
  const { platform, component } = stand();
  new HttpRoute(component, 'web', { gateway, hostnames: Array.from({ length: 17 }, (_, i) => `web-${i}.example.com`), rules: [] });
  expect(refusalOf(platform)).toEqual([
    'stand/web: the HTTPRoute "web" has 17 hostnames; expected at most 16: divide them between two routes.',
    'stand/web: the HTTPRoute "web" has no rules; expected at least one: say where requests go.',
  ]);
});

test('refuses a hostname that is none', () => {
  const { platform, component } = stand();
  new HttpRoute(component, 'web', { gateway, hostnames: ['https://web.example.com'], rules: [{ backend }] });
  expect(refusalOf(platform)).toEqual(['stand/web: the HTTPRoute "web" is for requests with the hostname "https://web.example.com"; expected a DNS name in lower-case letters, in which "*." may come first, and at most 253 characters: correct it.']);
});

const start = 'the HTTPRoute "web" has a rule';

test.each<[string, components.HttpRouteRule, string]>([
  ['nowhere', {}, `${start} that does not say where its requests go; expected backend, backends or redirect: say exactly one of them.`],
  [
    'to two places', { backend, redirect: HttpRedirect.toHttps() },
    `${start} that says more than once where its requests go; expected backend, backends or redirect: say exactly one of them.`,
  ],
  ['to no backends', { backends: [] }, `${start} that does not say where its requests go; expected backend, backends or redirect: say exactly one of them.`],
  [
    'of a prefix and a path', { backend, pathPrefix: '/a', exactPath: '/b' },
    `${start} for both the prefix "/a" and the path "/b"; expected one of them: make a rule of each.`,
  ],
  ['of a relative path', { backend, pathPrefix: 'api' }, `${start} for the path "api"; expected one that begins with "/", without "//", "/./", "/../" and "%2F": correct it.`],
  ['of a path with dots', { backend, exactPath: '/a/..' }, `${start} for the path "/a/.."; expected one that begins with "/", without "//", "/./", "/../" and "%2F": correct it.`],
  [
    'that replaces a prefix it does not say', { backend, replacePrefix: '/' },
    `${start} that replaces the prefix of a path by "/" and says no prefix; expected pathPrefix: add it.`,
  ],
  [
    'that redirects and rewrites', { redirect: HttpRedirect.toHttps(), pathPrefix: '/a', replacePrefix: '/' },
    `${start} that both redirects and replaces the prefix of a path; expected one of them: leave out replacePrefix.`,
  ],
  [
    'with a try that is longer than the request', { backend, timeout: Duration.seconds(5), backendTimeout: Duration.seconds(6) },
    `${start} with a timeout of 5s and one of 6s for one try of the Service; expected the second to be no longer: shorten it.`,
  ],
  [
    'with a weight that is none', { backends: [{ backend, weight: -1 }] },
    `${start} that gives the Service "web" the weight -1; expected a whole number from 0 to 1000000: correct it.`,
  ],
  [
    'with more headers than the API allows', { backend, headers: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`x-${i}`, '1'])) },
    `${start} with 17 headers; expected at most 16: leave some out.`,
  ],
])('refuses a rule %s', (_, rule, problem) => {
  expect(refusalOfRule(rule)).toEqual([`stand/web: ${problem}`]);
});

test('a request without a limit may have one for each try', () => {
  expect(refusalOfRule({ backend, timeout: Duration.seconds(0), backendTimeout: Duration.seconds(6) })).toEqual([]);
});
