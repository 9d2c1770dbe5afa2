import { NetworkPeer, PeerField } from './network-peer';

/** What ports belong to. */
export enum NetworkProtocol {
  TCP = 'TCP',
  UDP = 'UDP',
  SCTP = 'SCTP',
  /** All of them. */
  ANY = 'ANY',
}

/** Traffic that is let through. */
export interface NetworkRule {
  /** The other side; any of them. */
  readonly peers: NetworkPeer[];

  /**
   * Ports of the pods that are talked to: numbers, ranges such as `8000-8080`, or names of their ports.
   *
   * @default - every port
   */
  readonly ports?: string[];

  /**
   * What the ports belong to.
   *
   * @default NetworkProtocol.TCP
   */
  readonly protocol?: NetworkProtocol;

  /**
   * For a rule that lets DNS through: names that may be asked for, `*` for all of them. Cilium then watches the answers, which
   * `NetworkPeer.dnsName` needs.
   *
   * @default - every name, and the answers are not watched
   */
  readonly dnsNames?: string[];
}

/** The fields of a rule, in the order in which they are written. */
const FIELDS: readonly PeerField[] = ['Endpoints', 'Entities', 'CIDRSet', 'FQDNs', 'Services'];
const EGRESS_ALONE: readonly PeerField[] = ['FQDNs', 'Services'];
const NUMBERS = /^(\d+)(?:-(\d+))?$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/i;
const MOST_PORTS = 40;

/**
 * Rules of one direction as Cilium has them. Where a policy lets nothing through there is one empty rule: with no rule at all, Cilium would
 * not take the policy for one of that direction, and let everything through. @internal
 */
export function networkRuleFields(direction: 'from' | 'to', rules: readonly NetworkRule[] | undefined): object[] | undefined {
  return rules && rules.length === 0 ? [{}] : rules?.flatMap(rule => ruleFields(direction, rule));
}

/** A rule holds peers of one sort: Cilium refuses one with several. */
function ruleFields(direction: 'from' | 'to', { peers, ports, protocol = NetworkProtocol.TCP, dnsNames }: NetworkRule): object[] {
  const toPorts = ports && [{
    ports: ports.map(port => portFields(port, protocol)),
    rules: dnsNames && { dns: dnsNames.map(name => name.includes('*') ? { matchPattern: name } : { matchName: name }) },
  }];
  return FIELDS
    .map(field => ({ field, values: peers.filter(peer => peer._field === field).map(peer => peer._value) }))
    .filter(({ values }) => values.length > 0)
    .map(({ field, values }) => ({ [`${direction}${field}`]: values, toPorts }));
}

function portFields(port: string, protocol: NetworkProtocol): object {
  const [, first, last] = NUMBERS.exec(port) ?? [];
  return { port: first ?? port, endPort: last === undefined ? undefined : Number(last), protocol };
}

/** What Cilium would refuse of a rule, or not do what it says. @internal */
export function networkRuleProblems(subject: string, direction: 'ingress' | 'egress', rule: NetworkRule): string[] {
  const start = `${subject} has a rule for ${direction}`;
  const { peers, ports, dnsNames } = rule;
  const strange = peers.find(peer => direction === 'ingress' && EGRESS_ALONE.includes(peer._field));
  return [
    ...peers.length > 0 ? [] : [`${start} without peers, which lets nothing through; expected at least one: NetworkPeer.anything() is everything.`],
    ...peers.flatMap(({ _problem }) => _problem === undefined ? [] : [`${start} with ${_problem}.`]),
    ...strange === undefined ? [] : [
      `${start} with ${strange._field === 'FQDNs' ? 'a DNS name' : 'a Service'}, which Cilium knows for egress alone; expected pods, entities or addresses: say who is meant.`,
    ],
    ...ports === undefined || (ports.length > 0 && ports.length <= MOST_PORTS) ? [] : [
      `${start} with ${ports.length} ports; expected 1 to ${MOST_PORTS}: leave ports out for all of them, or make two rules.`,
    ],
    ...(ports ?? []).filter(port => !isPort(port)).map(port =>
      `${start} with the port "${port}"; expected a number from 1 to 65535, a range such as "8000-8080", or the name of a port: correct it.`),
    ...dnsNames === undefined || (direction === 'egress' && ports?.length === 1 && ports[0] === '53') ? [] : [
      `${start} with names that may be asked for by DNS; expected egress to port 53 alone: take NetworkPolicy.dns().`,
    ],
  ];
}

function isPort(port: string): boolean {
  const [, first, last = first] = NUMBERS.exec(port) ?? [];
  return first === undefined ? PORT_NAME.test(port) : Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= 65535;
}
