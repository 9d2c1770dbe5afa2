import { Variable, components } from '../../../src';
import { LabelExpression } from '../../../src/flux';
import { fileOf, refusalOf, stand } from '../../flux/flux-fixtures';

const { ClusterwideNetworkPolicy, NetworkEntity, NetworkPeer, NetworkPolicy, NetworkProtocol } = components;

/** The file of a policy, below `spec:`. */
function specOf(props: components.NetworkPolicyProps): string {
  const { platform, component } = stand();
  new NetworkPolicy(component, 'web', props);
  return fileOf(platform, 'CiliumNetworkPolicy', 'web').split('spec:\n')[1];
}

function clusterwideSpecOf(props: components.ClusterwideNetworkPolicyProps): string {
  const { platform, component } = stand();
  new ClusterwideNetworkPolicy(component, 'all', props);
  return fileOf(platform, 'CiliumClusterwideNetworkPolicy', 'all').split('spec:\n')[1];
}

test('lets requests of the Gateway through to a port', () => {
  const { platform, component } = stand();
  new NetworkPolicy(component, 'web', { pods: { matchLabels: { app: 'web' } }, ingress: [{ peers: [NetworkPeer.gateway()], ports: ['8080'] }] });
  expect(fileOf(platform, 'CiliumNetworkPolicy', 'web')).toBe(`\
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: web
  namespace: team
spec:
  endpointSelector:
    matchLabels:
      app: web
  ingress:
    - fromEntities:
        - ingress
      toPorts:
        - ports:
            - port: "8080"
              protocol: TCP
`);
});

test('everything set', () => {
  expect(specOf({
    pods: { matchExpressions: [LabelExpression.exists('app')] },
    ingress: [
      { peers: [NetworkPeer.namespace('shop'), NetworkPeer.pods('observability', { app: 'vmagent' }), NetworkPeer.world(), NetworkPeer.cidr('192.0.2.0/24')] },
    ],
    egress: [
      NetworkPolicy.dns(),
      {
        peers: [
          NetworkPeer.kubeApiServer(), NetworkPeer.entity(NetworkEntity.REMOTE_NODE), NetworkPeer.entities('init'), NetworkPeer.anything(),
          NetworkPeer.cidr(`${Variable.of('vpc_cidr')}`, '10.0.1.0/24'),
          NetworkPeer.dnsName('api.example.com'), NetworkPeer.dnsName('*.amazonaws.com'),
          NetworkPeer.service('db', 'data'),
        ],
        ports: ['443', '8000-8080', 'https'],
      },
      { peers: [NetworkPeer.namespace('shop')], ports: ['123'], protocol: NetworkProtocol.UDP },
    ],
  })).toMatchSnapshot();
});

test('an empty list lets nothing through', () => {
  expect(specOf({ ingress: [], egress: [] })).toBe('  endpointSelector: {}\n  ingress:\n    - {}\n  egress:\n    - {}\n');
});

test('a policy may only add to what others let through', () => {
  expect(specOf({ egress: [NetworkPolicy.dns('api.example.com', '*.example.com')], defaultDeny: false })).toBe(`\
  endpointSelector: {}
  enableDefaultDeny:
    egress: false
  egress:
    - toEndpoints:
        - matchLabels:
            k8s:io.kubernetes.pod.namespace: kube-system
            k8s-app: kube-dns
      toPorts:
        - ports:
            - port: "53"
              protocol: ANY
          rules:
            dns:
              - matchName: api.example.com
              - matchPattern: "*.example.com"
`);
});

test('a clusterwide policy is for every pod', () => {
  expect(clusterwideSpecOf({ egress: [], defaultDeny: true })).toBe('  endpointSelector: {}\n  egress:\n    - {}\n');
});

test('a clusterwide policy is for pods of namespaces, or for those of all but some', () => {
  expect(clusterwideSpecOf({ pods: { matchLabels: { app: 'web' } }, namespaces: ['shop', 'team'], ingress: [] })).toBe(`\
  endpointSelector:
    matchLabels:
      app: web
    matchExpressions:
      - key: k8s:io.kubernetes.pod.namespace
        operator: In
        values:
          - shop
          - team
  ingress:
    - {}
`);
  expect(clusterwideSpecOf({ exceptNamespaces: ['kube-system', 'flux-system'], ingress: [] })).toBe(`\
  endpointSelector:
    matchExpressions:
      - key: k8s:io.kubernetes.pod.namespace
        operator: NotIn
        values:
          - kube-system
          - flux-system
  ingress:
    - {}
`);
});

test('a clusterwide policy is for nodes', () => {
  expect(clusterwideSpecOf({ nodes: { matchLabels: { role: 'ingress' } }, ingress: [{ peers: [NetworkPeer.entity(NetworkEntity.CLUSTER)] }] })).toBe(`\
  nodeSelector:
    matchLabels:
      role: ingress
  ingress:
    - fromEntities:
        - cluster
`);
});

const peers = [NetworkPeer.namespace('shop')];

test.each<[string, components.NetworkPolicyProps, string]>([
  ['that says nothing', {}, ' says nothing of ingress and egress; expected at least one of them: an empty list lets nothing through.'],
  [
    'with a rule without peers', { ingress: [{ peers: [] }] },
    ' has a rule for ingress without peers, which lets nothing through; expected at least one: NetworkPeer.anything() is everything.',
  ],
  [
    'with addresses that are none', { egress: [{ peers: [NetworkPeer.cidr('10.0.0.0/16', '10.0.0.1')] }] },
    ' has a rule for egress with the addresses "10.0.0.1"; expected a range such as 10.0.0.0/16, or 192.0.2.1/32 for one address: correct it.',
  ],
  [
    'with a URL for a DNS name', { egress: [{ peers: [NetworkPeer.dnsName('https://example.com')] }] },
    ' has a rule for egress with the DNS name "https://example.com"; expected letters, digits, "-", "_", "." and "*": correct it.',
  ],
  [
    'of ingress from a DNS name', { ingress: [{ peers: [NetworkPeer.dnsName('example.com')] }] },
    ' has a rule for ingress with a DNS name, which Cilium knows for egress alone; expected pods, entities or addresses: say who is meant.',
  ],
  [
    'of ingress from a Service', { ingress: [{ peers: [NetworkPeer.service('db', 'data')] }] },
    ' has a rule for ingress with a Service, which Cilium knows for egress alone; expected pods, entities or addresses: say who is meant.',
  ],
  [
    'with an empty list of ports', { ingress: [{ peers, ports: [] }] },
    ' has a rule for ingress with 0 ports; expected 1 to 40: leave ports out for all of them, or make two rules.',
  ],
  [
    'with a range that goes backwards', { ingress: [{ peers, ports: ['80', '8080-8000'] }] },
    ' has a rule for ingress with the port "8080-8000"; expected a number from 1 to 65535, a range such as "8000-8080", or the name of a port: correct it.',
  ],
  [
    'with a port that there is not', { egress: [{ peers, ports: ['65536'] }] },
    ' has a rule for egress with the port "65536"; expected a number from 1 to 65535, a range such as "8000-8080", or the name of a port: correct it.',
  ],
  [
    'that watches DNS on other ports', { egress: [{ peers, ports: ['5353'], dnsNames: ['*'] }] },
    ' has a rule for egress with names that may be asked for by DNS; expected egress to port 53 alone: take NetworkPolicy.dns().',
  ],
])('refuses a policy %s', (_, props, problem) => {
  const { platform, component } = stand();
  new NetworkPolicy(component, 'web', props);
  expect(refusalOf(platform)).toEqual([`stand/web: the CiliumNetworkPolicy "web"${problem}`]);
});

test.each<[string, components.ClusterwideNetworkPolicyProps, string]>([
  ['that says nothing', {}, ' says nothing of ingress and egress; expected at least one of them: an empty list lets nothing through.'],
  ['for nodes and pods', { nodes: {}, namespaces: ['shop'], ingress: [] }, ' is for both nodes and pods; expected one of them: make a policy of each.'],
  [
    'for nodes that watches DNS', { nodes: {}, egress: [NetworkPolicy.dns()] },
    ' is for nodes and says which names may be looked up, which Cilium knows for pods alone; expected no dnsNames: leave them out.',
  ],
  ['for no namespaces', { namespaces: [], ingress: [] }, ' has an empty list of namespaces; expected at least one: leave the list out for all of them.'],
])('refuses a clusterwide policy %s', (_, props, problem) => {
  const { platform, component } = stand();
  new ClusterwideNetworkPolicy(component, 'all', props);
  expect(refusalOf(platform)).toEqual([`stand/all: the CiliumClusterwideNetworkPolicy "all"${problem}`]);
});
