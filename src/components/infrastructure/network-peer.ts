import { readable } from './hostname';
import { variableUses } from '../../synth/substitution';

/**
 * Others that a pod talks to, by what they are to the cluster.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export enum NetworkEntity {
  /** Everything. */
  ALL = 'all',
  /** Everything outside of the cluster. */
  WORLD = 'world',
  /** Every pod and node of the cluster. */
  CLUSTER = 'cluster',
  /** The node that the pod runs on. */
  HOST = 'host',
  /** The other nodes. */
  REMOTE_NODE = 'remote-node',
  /** The API server. */
  KUBE_APISERVER = 'kube-apiserver',
  /** Requests that come through a Gateway or an Ingress of Cilium. */
  INGRESS = 'ingress',
  /** Cilium's own checks of health between nodes. */
  HEALTH = 'health',
}

/** Which of the fields `from…` and `to…` holds a peer. @internal */
export type PeerField = 'Endpoints' | 'Entities' | 'CIDRSet' | 'FQDNs' | 'Services';

const CIDR = /^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[0-9a-f:]+\/\d{1,3})$/;
const DNS_PATTERN = /^[-a-zA-Z0-9_*]+(\.[-a-zA-Z0-9_*]+)*$/;

/** Whom a network policy lets pods talk to, or be talked to by. */
export class NetworkPeer {
  /** Requests that come through a Gateway or an Ingress of Cilium. */
  public static gateway(): NetworkPeer {
    return NetworkPeer.entity(NetworkEntity.INGRESS);
  }

  /** Everything, inside and outside of the cluster. */
  public static anything(): NetworkPeer {
    return NetworkPeer.entity(NetworkEntity.ALL);
  }

  /** Everything outside of the cluster. */
  public static world(): NetworkPeer {
    return NetworkPeer.entity(NetworkEntity.WORLD);
  }

  /** The API server. */
  public static kubeApiServer(): NetworkPeer {
    return NetworkPeer.entity(NetworkEntity.KUBE_APISERVER);
  }

  /** Every pod of a namespace. */
  public static namespace(name: string): NetworkPeer {
    return NetworkPeer.pods(name);
  }

  /** Pods of a namespace: those with these labels, or all of them. */
  public static pods(namespace: string, matchLabels: { [label: string]: string } = {}): NetworkPeer {
    return new NetworkPeer('Endpoints', { matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...matchLabels } });
  }

  /** What Cilium knows as one of its entities. */
  public static entity(entity: NetworkEntity): NetworkPeer {
    return NetworkPeer.entities(entity);
  }

  /**
   * Cilium's entities by their names, for one that `NetworkEntity` does not have.
   *
   * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
   */
  public static entities(name: string): NetworkPeer {
    return new NetworkPeer('Entities', name);
  }

  /**
   * Addresses outside of the cluster. Cilium knows pods and nodes by what they are, and not by their addresses.
   *
   * @param cidr `10.0.0.0/16`; variables are possible
   * @param except ranges in it that are left out
   */
  public static cidr(cidr: string, ...except: string[]): NetworkPeer {
    const wrong = [cidr, ...except].find(range => variableUses(range).length === 0 && !CIDR.test(range));
    return new NetworkPeer('CIDRSet', { cidr, except: except.length === 0 ? undefined : except }, wrong === undefined ? undefined
      : `the addresses "${readable(wrong)}"; expected a range such as 10.0.0.0/16, or 192.0.2.1/32 for one address: correct it`);
  }

  /**
   * Names outside of the cluster, for egress. Cilium learns their addresses from answers of DNS that it watches, for which the pods need
   * `NetworkPolicy.dns()` too, here or in another policy.
   *
   * @param name `api.example.com`, or with `*` for characters of one label: `*.example.com`; `**.example.com` for labels of any number
   */
  public static dnsName(name: string): NetworkPeer {
    const wrong = variableUses(name).length === 0 && !DNS_PATTERN.test(name);
    return new NetworkPeer('FQDNs', name.includes('*') ? { matchPattern: name } : { matchName: name }, wrong
      ? `the DNS name "${readable(name)}"; expected letters, digits, "-", "_", "." and "*": correct it` : undefined);
  }

  /** The pods behind a Service, for egress; also one without a selector, whose addresses its EndpointSlices say. */
  public static service(name: string, namespace: string): NetworkPeer {
    return new NetworkPeer('Services', { k8sService: { serviceName: name, namespace } });
  }

  private constructor(
    /** @internal */
    public readonly _field: PeerField,
    /** @internal */
    public readonly _value: object | string,
    /** What is wrong with it. @internal */
    public readonly _problem?: string,
  ) {}
}
