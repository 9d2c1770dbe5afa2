import { components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { AllowedRoutes, Gateway, GatewayListener, RouteKind } = components;
const certificate = { secretName: 'tls' };

function refusalOfListeners(...listeners: components.GatewayListener[]): string[] {
  const { platform, component } = stand();
  new Gateway(component, 'public', { className: 'cilium', listeners });
  return refusalOf(platform);
}

test('defaults', () => {
  const { platform, component } = stand();
  new Gateway(component, 'public', { className: 'cilium', listeners: [GatewayListener.https({ certificate })] });
  expect(fileOf(platform, 'Gateway', 'public')).toBe(`\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
  namespace: team
spec:
  gatewayClassName: cilium
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      tls:
        mode: Terminate
        certificateRefs:
          - kind: Secret
            name: tls
      allowedRoutes:
        namespaces:
          from: Same
`);
});

test('everything set', () => {
  const { platform, component } = stand();
  new Gateway(component, 'public', {
    metadata: { namespace: 'infrastructure' },
    className: 'cilium',
    infrastructureLabels: { team: 'platform' },
    infrastructureAnnotations: { 'tailscale.com/hostname': 'public' },
    listeners: [
      GatewayListener.http({ name: 'plain', hostname: '*.example.com', port: 8080, allowedRoutes: AllowedRoutes.all(), allowedKinds: [RouteKind.HTTP] }),
      GatewayListener.https({ certificate, allowedRoutes: AllowedRoutes.namespaces('apps') }),
      GatewayListener.tlsPassthrough({ port: 8443, allowedRoutes: AllowedRoutes.labelled({ matchLabels: { tls: 'own' } }) }),
    ],
  });
  expect(fileOf(platform, 'Gateway', 'public')).toMatchSnapshot();
});

test('is known by its name', () => {
  expect(Gateway.fromName('public', 'infrastructure')).toEqual({ gatewayName: 'public', gatewayNamespace: 'infrastructure' });
});

test.each<[string, components.GatewayListener[], string]>([
  ['no listeners', [], 'the Gateway "public" has no listeners; expected at least one: add GatewayListener.https(…).'],
  [
    'more listeners than the API allows',
    Array.from({ length: 65 }, (_, i) => GatewayListener.http({ name: `http-${i}`, port: 8000 + i })),
    'the Gateway "public" has 65 listeners; expected at most 64: divide them between two Gateways.',
  ],
  [
    'two listeners of a name',
    [GatewayListener.http(), GatewayListener.http({ port: 8080 })],
    'the Gateway "public" has two listeners named "http"; expected every name once: rename one of them.',
  ],
  [
    'two listeners for the same requests',
    [GatewayListener.https({ certificate, hostname: '*.example.com' }), GatewayListener.tlsPassthrough({ hostname: '*.example.com' })],
    'the Gateway "public" has the listeners "https" and "tls" for *.example.com on port 443; expected hostname or port to differ, '
      + 'because a request must belong to one listener: change one of them.',
  ],
  [
    'two listeners for every hostname',
    [GatewayListener.http({ name: 'a' }), GatewayListener.http({ name: 'b' })],
    'the Gateway "public" has the listeners "a" and "b" for every hostname on port 80; expected hostname or port to differ, '
      + 'because a request must belong to one listener: change one of them.',
  ],
  [
    'plain HTTP and TLS on one port',
    [GatewayListener.http({ port: 443, hostname: 'a.example.com' }), GatewayListener.https({ certificate })],
    'the Gateway "public" has the listeners "http" (HTTP) and "https" (HTTPS) on port 443; expected a port for plain HTTP and another for TLS: move one of them.',
  ],
  [
    'a listener whose name is no DNS name',
    [GatewayListener.http({ name: 'Plain_HTTP' })],
    'the Gateway "public" has a listener named "Plain_HTTP"; expected lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, '
      + 'and at most 253 of them: rename it.',
  ],
  [
    'a port that there is not',
    [GatewayListener.http({ port: 0 })],
    'the Gateway "public" has a listener "http" with the port 0; expected a whole number from 1 to 65535: correct it.',
  ],
  [
    'a wildcard inside a hostname',
    [GatewayListener.http({ hostname: 'web.*.example.com' })],
    'the Gateway "public" has a listener "http" with the hostname "web.*.example.com"; expected a DNS name in lower-case letters, in which "*." may come first, '
      + 'and at most 253 characters: correct it.',
  ],
  [
    'an address as hostname',
    [GatewayListener.http({ hostname: '10.0.0.1' })],
    'the Gateway "public" has a listener "http" with the hostname "10.0.0.1"; expected a DNS name in lower-case letters, in which "*." may come first, '
      + 'and at most 253 characters: correct it.',
  ],
  [
    'a kind of route that the protocol does not take',
    [GatewayListener.http({ allowedKinds: [RouteKind.TLS] })],
    'the Gateway "public" has a listener "http" that allows TLSRoutes, which HTTP does not take; expected HTTPRoute or GRPCRoute: correct allowedKinds.',
  ],
  [
    'no kind of route',
    [GatewayListener.http({ allowedKinds: [] })],
    'the Gateway "public" has a listener "http" that allows no kind of route; expected at least one: leave allowedKinds out for those that HTTP takes.',
  ],
])('refuses %s', (_, listeners, problem) => {
  expect(refusalOfListeners(...listeners)).toEqual([`stand/public: ${problem}`]);
});

test('HTTPS that ends here and TLS that passes through share a port, for different names', () => {
  expect(refusalOfListeners(
    GatewayListener.https({ certificate, hostname: 'a.example.com' }), GatewayListener.tlsPassthrough({ hostname: 'b.example.com' }),
  )).toEqual([]);
});

test('refuses more annotations than the API allows', () => {
  const { platform, component } = stand();
  const infrastructureAnnotations = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`example.com/${i}`, 'x']));
  new Gateway(component, 'public', { className: 'cilium', listeners: [GatewayListener.http()], infrastructureAnnotations });
  expect(refusalOf(platform)).toEqual(['stand/public: the Gateway "public" has 9 labels or annotations for its infrastructure; expected at most 8 of each: leave some out.']);
});
