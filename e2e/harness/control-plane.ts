import { generateKeyPairSync, randomUUID } from 'crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { KubernetesApi, KubernetesObject } from './kubernetes-api';
import { freePorts, Processes } from './processes';
import { binary } from './programs';
import { until } from './until';
import { hasCondition } from '../played/world';

/** Controllers of kube-controller-manager that run: those without which namespaces, workloads and their pods do not come and go. */
const CONTROLLERS = [
  'namespace', 'serviceaccount', 'serviceaccount-token', 'root-ca-cert-publisher', 'deployment', 'replicaset', 'statefulset', 'daemonset', 'job', 'ttl-after-finished', 'cronjob', 'garbagecollector',
  'disruption', 'clusterrole-aggregation',
];

/** An empty Kubernetes: etcd, the API server, its controllers and the scheduler as they are, and one node whose pods kwok plays. */
export class ControlPlane {
  /** @param folder for all of its state */
  public static async start(processes: Processes, folder: string): Promise<ControlPlane> {
    const [client, peer, port, controllers, scheduler] = await freePorts(5);
    const token = randomUUID();
    const at = (name: string): string => join(folder, name);
    mkdirSync(folder, { recursive: true });
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(at('accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
    writeFileSync(at('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(at('tokens.csv'), `${token},admin,1,"system:masters"\n`);
    writeFileSync(at('kubeconfig'), JSON.stringify(kubeconfigFor(port, token)));

    processes.start('etcd', binary('etcd'), [
      `--data-dir=${at('etcd')}`, '--unsafe-no-fsync',
      `--listen-client-urls=http://127.0.0.1:${client}`, `--advertise-client-urls=http://127.0.0.1:${client}`, `--listen-peer-urls=http://127.0.0.1:${peer}`,
    ]);
    processes.start('kube-apiserver', binary('kube-apiserver'), [
      `--etcd-servers=http://127.0.0.1:${client}`, `--cert-dir=${at('certificates')}`, '--bind-address=127.0.0.1', `--secure-port=${port}`,
      '--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${at('accounts.pub')}`, `--service-account-signing-key-file=${at('accounts.key')}`,
      '--service-cluster-ip-range=10.0.0.0/24', '--authorization-mode=RBAC', `--token-auth-file=${at('tokens.csv')}`, '--allow-privileged=true',
      '--endpoint-reconciler-type=none',
    ]);
    const api = new KubernetesApi(port, token);
    await until('the API server is ready', 120, async () => {
      processes.check();
      return api.request('GET', '/readyz').catch(() => undefined);
    });
    const serving = { certificate: readFileSync(join(at('certificates'), 'apiserver.crt'), 'utf-8'), key: readFileSync(join(at('certificates'), 'apiserver.key'), 'utf-8') };
    writeFileSync(at('ca.crt'), serving.certificate);

    const access = ['', 'authentication-', 'authorization-'].map(use => `--${use}kubeconfig=${at('kubeconfig')}`);
    processes.start('kube-controller-manager', binary('kube-controller-manager'), [
      ...access, `--secure-port=${controllers}`, `--cert-dir=${at('controller-manager')}`, '--leader-elect=false', `--service-account-private-key-file=${at('accounts.key')}`,
      `--root-ca-file=${at('ca.crt')}`, `--controllers=${CONTROLLERS.join(',')}`,
    ]);
    processes.start('kube-scheduler', binary('kube-scheduler'), [
      ...access, `--secure-port=${scheduler}`, `--cert-dir=${at('scheduler')}`, '--leader-elect=false',
    ]);
    // kwok prepares CEL for its server, for the first node and for the first pod, each in a thread of its own, and dies where two of them meet in the same map. So it has
    // no server, and no pod comes before the node is ready.
    processes.start('kwok', binary('kwok'), [
      `--kubeconfig=${at('kubeconfig')}`, '--manage-all-nodes', '--node-ip=127.0.0.1', '--cidr=10.1.0.0/16', '--server-address=', '--node-port=0',
    ]);
    const node = await addNode(api);
    await until('the node is ready', 120, async () => {
      processes.check();
      return hasCondition((await api.get(node.apiVersion, node.kind, undefined, node.metadata.name))!, 'Ready') || undefined;
    });
    return new ControlPlane(api, at('kubeconfig'), serving);
  }

  private constructor(
    public readonly api: KubernetesApi,
    public readonly kubeconfig: string,
    /** What the API server serves with: valid for 127.0.0.1, with the authority that signed it behind it. */
    public readonly serving: { readonly certificate: string; readonly key: string },
  ) {}
}

function kubeconfigFor(port: number, token: string): object {
  return {
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'e2e',
    'contexts': [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
    'clusters': [{ name: 'e2e', cluster: { 'server': `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    'users': [{ name: 'admin', user: { token } }],
  };
}

async function addNode(api: KubernetesApi): Promise<KubernetesObject> {
  const room = { cpu: '256', memory: '1Ti', pods: '1000' };
  const node = await api.apply({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node', labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': 'node' } },
    status: { capacity: room, allocatable: room },
  });
  // The API server taints every new node as not ready, and the controller that takes the taint away again does not run.
  await api.patch(node, { spec: { taints: null } });
  return api.patch(node, { status: { capacity: room, allocatable: room } }, '/status');
}
