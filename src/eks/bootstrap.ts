import { EksComponents } from './eks-components';
import { FluxBootstrap } from './flux-bootstrap';
import { CrossplaneProviders, ExternalSecret } from '../components';
import { Cluster, Prerequisite } from '../platform';
import { render } from '../synth/substitution';

const NAMESPACE = 'flux-system';

/** The repository as the bootstrap needs it. */
export interface BootstrapSource {
  readonly bootstrap: FluxBootstrap;
  readonly repositoryUrl: string;
  readonly branch: string;
  readonly pullSecret: string;
}

/** What Terraform, or a person, has to bring about before an EKS cluster can be handed to Flux, Flux itself included. */
export function assumeBootstrap(cluster: Cluster, shared: EksComponents, source: BootstrapSource): void {
  const flux = source.bootstrap === FluxBootstrap.FLUX_CLI ? fluxCli(cluster, source) : fluxOperator(cluster, shared, source);
  [...infrastructure(cluster, shared), ...flux].forEach(prerequisite => cluster.assume(prerequisite));
}

function infrastructure(cluster: Cluster, shared: EksComponents): Prerequisite[] {
  const { karpenter, harbor, zitadel } = shared;
  return [
    {
      what: 'Cilium as the network, so that pods start',
      apis: [{ group: 'cilium.io' }],
      controllers: ['cilium.io', 'gateway.networking.k8s.io'],
      because: 'its operator runs the Gateways, and its network policies are used; it wants the definitions of the Gateway API when it starts',
    },
    {
      what: 'the Tailscale operator',
      because: 'it makes the load balancers of the Gateways; `gatewayApi` of the components says another way',
    },
    {
      what: `an EKS Pod Identity for the ServiceAccount crossplane-system/${CrossplaneProviders.SERVICE_ACCOUNT}`,
      because: 'with rights on IAM and on Pod Identity Associations: Crossplane makes every other identity',
    },
    {
      // Asked for when it is told: applications have secrets, too.
      get what() { return `values in AWS Secrets Manager: ${storePaths(cluster).join(', ')}`; },
      because: 'ExternalSecrets make Secrets of them',
    },
    ...karpenter ? [{
      what: `the role ${readable(karpenter.nodeRole)} for nodes, the queue for interruptions, and subnets and security groups tagged karpenter.sh/discovery`,
      because: 'Karpenter starts nodes with them',
    }] : [],
    ...harbor || zitadel ? [{
      what: `a PostgreSQL server with ${[...zitadel ? ['zitadel'] : [], ...harbor ? ['harbor'] : []].join(' and ')} as databases and users`,
      because: 'the platform runs no databases of its own',
    }] : [],
    ...harbor ? [{
      what: 'a Valkey, a bucket for images, and a user of IAM whose access key may use the bucket',
      because: 'Harbor keeps its queues and its images there, and its registry takes no pod identity',
    }] : [],
  ];
}

/** Paths of every value that ExternalSecrets on a cluster read from a store. */
function storePaths(cluster: Cluster): string[] {
  const secrets = cluster.node.root.node.findAll().filter((construct): construct is ExternalSecret => construct instanceof ExternalSecret);
  return [...new Set(secrets.filter(secret => [undefined, cluster].includes(Cluster.of(secret))).flatMap(secret => secret.storePaths))].sort();
}

/** Text with its variables as a person reads them. */
function readable(text: string): string {
  return render(text, false);
}

function fluxOperator(cluster: Cluster, { fluxInstance }: EksComponents, { pullSecret }: BootstrapSource): Prerequisite[] {
  return [
    {
      what: 'the Flux Operator',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'flux-operator', namespace: NAMESPACE },
      command: `helm install flux-operator oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --namespace ${NAMESPACE} --create-namespace`,
    },
    {
      what: 'the credentials of the GitHub App',
      object: { apiVersion: 'v1', kind: 'Secret', name: pullSecret, namespace: NAMESPACE },
      because: 'Flux fetches the repository with them',
      command: `flux create secret githubapp ${pullSecret} --app-id=<id> --app-installation-owner=<owner> --app-private-key=<file>`,
    },
    {
      what: 'Flux, and this repository as what it reconciles',
      object: { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', name: 'flux', namespace: NAMESPACE },
      command: `cluster_name=${cluster.clusterName} flux envsubst < ${fluxInstance!.directory}/fluxinstance-flux.yaml | kubectl apply -f -`,
    },
  ];
}

function fluxCli(cluster: Cluster, { repositoryUrl, branch }: BootstrapSource): Prerequisite[] {
  const [, owner, repository] = /^https:\/\/github\.com\/([^/]+)\/([^/]+?)(?:\.git)?$/.exec(repositoryUrl) ?? [];
  const target = owner === undefined ? `git --url=${repositoryUrl}` : `github --owner=${owner} --repository=${repository}`;
  return [{
    what: 'Flux, and this repository as what it reconciles',
    object: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: NAMESPACE, namespace: NAMESPACE },
    because: `it commits its own manifests to ${cluster.directory}/${NAMESPACE}`,
    command: `flux bootstrap ${target} --branch=${branch} --path=${cluster.directory}`,
  }];
}
