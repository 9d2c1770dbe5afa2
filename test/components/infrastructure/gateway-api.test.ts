import { Testing, Variable, components } from '../../../src';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';
import { manifestsOf } from '../component-fixtures';

const { AllowedRoutes, CiliumGatewayClassConfig, ExternalTrafficPolicy, GatewayApi, GatewayClass, GatewayServiceType } = components;
const issuer = { issuerName: 'letsencrypt', issuerKind: 'ClusterIssuer' };

test('defaults', () => {
  expect(manifestsOf(new GatewayApi(Testing.platform(), 'gapi', { issuer }))).toMatchSnapshot();
});

test('everything set', () => {
  const component = new GatewayApi(Testing.platform(), 'gapi', {
    namespace: 'gateways',
    certificate: { secretName: 'wildcard' },
    domain: 'example.com',
    className: 'cilium-nlb',
    service: {
      serviceType: GatewayServiceType.LOAD_BALANCER,
      loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
      allocateNodePorts: false,
    },
    general: { allowedRoutes: AllowedRoutes.all(), redirectHttp: true, tailscaleHostname: `general-${Variable.of('cluster_name')}` },
    admin: { allowedRoutes: AllowedRoutes.namespaces('tooling'), hostname: '*.admin.example.com' },
  });
  component.addGateway('partners', { infrastructureAnnotations: { team: 'partners' } });
  expect(manifestsOf(component)).toMatchSnapshot();
});

test('its certificate is the one that it makes, or the one that it is given', () => {
  expect(new GatewayApi(Testing.platform(), 'gapi', { issuer }).certificate.secretName).toBe('platform-tls');
  expect(new GatewayApi(Testing.platform(), 'gapi', { certificate: { secretName: 'wildcard' } }).certificate.secretName).toBe('wildcard');
});

test('refuses no certificate, and two', () => {
  expect(() => new GatewayApi(Testing.platform(), 'gapi', {})).toThrow(
    'gapi is given neither an issuer nor a certificate, and its Gateways need one certificate; '
    + 'expected an issuer that signs it, or the Secret of one that is made elsewhere: say one of them.');
  expect(() => new GatewayApi(Testing.platform(), 'gapi', { issuer, certificate: { secretName: 'wildcard' } })).toThrow(
    'gapi is given both an issuer and a certificate, and its Gateways need one certificate; '
    + 'expected an issuer that signs it, or the Secret of one that is made elsewhere: say one of them.');
});

test('has its Gateways by their names', () => {
  const component = new GatewayApi(Testing.platform(), 'gapi', { issuer });
  const partners = component.addGateway('partners');
  expect(component.gateway('platform-tailscale-general')).toBe(component.general);
  expect(component.gateway('platform-tailscale-admin')).toBe(component.admin);
  expect(component.gateway('partners')).toBe(partners);
  expect(() => component.gateway('public')).toThrow('gapi is asked for the Gateway "public", which it does not have; expected one of '
    + 'platform-tailscale-general, platform-tailscale-admin, partners: correct the name, or add it with addGateway.');
});

test('the admin Gateway takes routes of the platform itself, the general one does not', () => {
  const platform = Testing.platform();
  const { general, admin } = new GatewayApi(platform, 'gapi', { issuer });
  new components.Cilium(platform, 'cilium', { route: { gateway: admin } });
  expect(refusalOf(platform)).toEqual([]);
  const wrong = Testing.platform();
  new components.Cilium(wrong, 'cilium', { route: { gateway: general } });
  expect(refusalOf(wrong)).toEqual([
    'cilium/hubble: the HTTPRoute "hubble" attaches to the Gateway "platform-tailscale-general", which would refuse it: '
    + 'the listener https allows routes of apps, observability, security, tooling, and not of kube-system; '
    + 'expected a listener that takes it: attach it to another Gateway or listener, or let this one allow it.',
  ]);
});

test('a GatewayClass says its controller', () => {
  const { platform, component } = stand();
  const gatewayClass = new GatewayClass(component, 'envoy', { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller', description: 'For everyone' });
  expect(gatewayClass.className).toBe('envoy');
  expect(fileOf(platform, 'GatewayClass', 'envoy')).toBe(`\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: envoy
spec:
  controllerName: gateway.envoyproxy.io/gatewayclass-controller
  description: For everyone
`);
});

test('a GatewayClass has parameters of any kind', () => {
  const { platform, component } = stand();
  const parameters = { parametersReference: { apiVersion: 'v1', kind: 'ConfigMap', name: 'parameters', namespace: 'infrastructure' } };
  new GatewayClass(component, 'own', { controllerName: 'example.com/controller', parameters });
  expect(fileOf(platform, 'GatewayClass', 'own')).toContain(`\
  parametersRef:
    group: ""
    kind: ConfigMap
    name: parameters
    namespace: infrastructure
`);
});

test('refuses a GatewayClass that the API would refuse', () => {
  const { platform, component } = stand();
  new GatewayClass(component, 'cilium.tailscale', { controllerName: 'cilium', description: 'x'.repeat(65) });
  expect(refusalOf(platform)).toEqual([
    'stand/cilium.tailscale: the GatewayClass "cilium.tailscale" has a description of 65 characters; expected at most 64: shorten it.',
    'stand/cilium.tailscale: the GatewayClass "cilium.tailscale" has the controller "cilium"; '
      + 'expected a domain and a path, such as io.cilium/gateway-controller: correct it.',
    'stand/cilium.tailscale: the GatewayClass is named "cilium.tailscale", which Kubernetes refuses; '
      + 'expected lower-case letters, digits and "-", beginning and ending with a letter or digit: rename it.',
  ]);
});

test('parameters of Cilium make a load balancer, if nothing is said', () => {
  const { platform, component } = stand();
  const parameters = new CiliumGatewayClassConfig(component, 'plain');
  expect(parameters.parametersReference).toEqual({ apiVersion: 'cilium.io/v2alpha1', kind: 'CiliumGatewayClassConfig', name: 'plain', namespace: 'team' });
  expect(fileOf(platform, 'CiliumGatewayClassConfig', 'plain')).toContain('spec:\n  service:\n    type: LoadBalancer\n');
});

test('refuses parameters of Cilium that contradict each other', () => {
  const { platform, component } = stand();
  new CiliumGatewayClassConfig(component, 'ports', {
    serviceType: GatewayServiceType.NODE_PORT, loadBalancerClass: 'tailscale', description: 'x'.repeat(65),
  });
  expect(refusalOf(platform)).toEqual([
    'stand/ports: the CiliumGatewayClassConfig "ports" has a description of 65 characters; expected at most 64: shorten it.',
    'stand/ports: the CiliumGatewayClassConfig "ports" makes Services of type NodePort and says how their load balancer is; '
      + 'expected the type LoadBalancer: correct serviceType.',
  ]);
});
