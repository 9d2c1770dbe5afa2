import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { Testing, components } from '../../../src';
import { manifestsOf } from '../component-fixtures';

const { Cilium, CiliumIpam, CiliumPolicyEnforcement, Gateway } = components;
const gateway = Gateway.fromName('admin', 'infrastructure');

function valuesOf(props: components.CiliumProps): any {
  const platform = Testing.platform();
  new Cilium(platform, 'cilium', props);
  return parse(Testing.synth(platform)['infrastructure/base/cilium/helmrelease.yaml']).spec.values;
}

test('defaults', () => {
  expect(manifestsOf(new Cilium(Testing.platform(), 'cilium'))).toMatchSnapshot();
});

test('everything set', () => {
  const resources = { cpu: { request: Cpu.millis(200) }, memory: { request: Size.gibibytes(1), limit: Size.gibibytes(4) } };
  expect(manifestsOf(new Cilium(Testing.platform(), 'cilium', {
    namespace: 'cilium',
    ipam: CiliumIpam.eni({ prefixDelegation: true, subnetTags: ['pods=yes'], securityGroupTags: ['pods=yes'] }),
    kubeProxyReplacement: true,
    apiServerHost: 'abc.gr7.eu-west-3.eks.amazonaws.com',
    apiServerPort: 6443,
    gatewayApi: true,
    wireguard: true,
    policyEnforcement: CiliumPolicyEnforcement.ALWAYS,
    hubble: true,
    hubbleMetrics: ['drop', 'httpV2:labelsContext=source_namespace'],
    route: { gateway, listener: 'https', hostname: 'hubble.example.com' },
    networkPolicy: true,
    operatorReplicas: 1,
    resources,
    envoyResources: resources,
    operatorResources: resources,
    values: { bandwidthManager: { enabled: true } },
  }))).toMatchSnapshot();
});

test('takes over the release that was there before Flux, by its usual name and namespace', () => {
  const { release } = new Cilium(Testing.platform(), 'network');
  expect(release.apiObject.metadata).toMatchObject({ name: 'cilium', namespace: 'kube-system' });
});

test('addresses come from a pool of its own', () => {
  expect(valuesOf({ ipam: CiliumIpam.clusterPool('10.244.0.0/16', 25) })).toMatchObject({
    ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: ['10.244.0.0/16'], clusterPoolIPv4MaskSize: 25 } },
  });
});

test('Amazon\'s plugin keeps giving pods their addresses', () => {
  const values = valuesOf({ ipam: CiliumIpam.awsVpcCni() });
  expect(values).toMatchObject({
    cni: { chainingMode: 'aws-cni', exclusive: false }, enableIPv4Masquerade: false, endpointRoutes: { enabled: true }, routingMode: 'native',
  });
  expect(values).not.toHaveProperty('eni');
});

test('without the place of kube-proxy it runs no Gateways', () => {
  expect(valuesOf({ kubeProxyReplacement: false })).toMatchObject({ kubeProxyReplacement: 'false', gatewayAPI: { enabled: false } });
  expect(() => new Cilium(Testing.platform(), 'cilium', { kubeProxyReplacement: false, gatewayApi: true })).toThrow(
    'cilium is told to run Gateways and to leave Services to kube-proxy, with which Cilium runs none; expected kubeProxyReplacement: leave out one of the two.');
});

test('without Hubble there is nothing of it, and no route to it', () => {
  expect(valuesOf({ hubble: false }).hubble).toEqual({ enabled: false });
  const names = new Cilium(Testing.platform(), 'cilium', { hubble: false });
  expect(names.providedObjects.map(({ name }) => name)).toEqual(['cilium', 'cilium-envoy', 'cilium-operator']);
  expect(names.metricsEndpoints.map(({ name }) => name)).toEqual(['cilium-agent', 'cilium-operator', 'cilium-envoy']);
  expect(() => new Cilium(Testing.platform(), 'cilium', { hubble: false, route: { gateway } })).toThrow(
    'cilium is given a route to the user interface of Hubble and no Hubble; expected both or none: leave out hubble or route.');
});

test('the user interface of Hubble takes requests from the Gateway alone, or from everyone', () => {
  const files = (networkPolicy?: boolean) => {
    const platform = Testing.platform();
    new Cilium(platform, 'cilium', { route: { gateway }, networkPolicy });
    return Object.keys(Testing.synth(platform));
  };
  expect(files()).toContain('infrastructure/base/cilium/ciliumnetworkpolicy-hubble-ui.yaml');
  expect(files(false)).not.toContain('infrastructure/base/cilium/ciliumnetworkpolicy-hubble-ui.yaml');
});

test('says where its metrics are', () => {
  const endpoints = new Cilium(Testing.platform(), 'cilium').metricsEndpoints;
  expect(endpoints[2]).toEqual({
    name: 'cilium-envoy', namespace: 'kube-system', matchLabels: { 'app.kubernetes.io/name': 'cilium-envoy' }, port: 'envoy-metrics',
  });
  expect(endpoints.map(({ name }) => name)).toEqual(['cilium-agent', 'cilium-operator', 'cilium-envoy', 'hubble', 'hubble-relay']);
});
