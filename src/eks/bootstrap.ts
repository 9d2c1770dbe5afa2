import { EksComponents } from './eks-components';
import { FluxBootstrap } from './flux-bootstrap';
import { CrossplaneProviders } from '../components';
import { Cluster, Prerequisite } from '../platform';

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
  [...infrastructure(), ...flux].forEach(prerequisite => cluster.assume(prerequisite));
}

function infrastructure(): Prerequisite[] {
  return [
    {
      what: 'a network, so that pods start',
      because: 'Cilium is its CNI; the release in the infrastructure layer takes it over',
    },
    {
      what: `an EKS Pod Identity for the ServiceAccount crossplane-system/${CrossplaneProviders.SERVICE_ACCOUNT}`,
      because: 'with rights on IAM and on Pod Identity Associations: Crossplane makes every other identity',
    },
    {
      what: 'the certificate for the names below the domain',
      object: { apiVersion: 'v1', kind: 'Secret', name: 'platform-tls', namespace: 'infrastructure' },
      because: 'the Gateways serve HTTPS with it',
      command: 'kubectl create namespace infrastructure\nkubectl create secret tls platform-tls --namespace infrastructure --cert=<file> --key=<file>',
    },
  ];
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
