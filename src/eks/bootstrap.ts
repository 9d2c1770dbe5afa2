import { EksComponents } from './eks-components';
import { CrossplaneProviders } from '../components';
import { Cluster } from '../platform';

/** What Terraform, or a person, has to bring about before an EKS cluster can be handed to Flux. */
export function assumeBootstrap(cluster: Cluster, shared: EksComponents, pullSecret: string): void {
  const namespace = 'flux-system';
  cluster.assume({
    what: 'a network, so that pods start',
    because: 'Cilium is its CNI; the release in the infrastructure layer takes it over',
  });
  cluster.assume({
    what: `an EKS Pod Identity for the ServiceAccount crossplane-system/${CrossplaneProviders.SERVICE_ACCOUNT}`,
    because: 'with rights on IAM and on Pod Identity Associations: Crossplane makes every other identity',
  });
  cluster.assume({
    what: 'the certificate for the names below the domain',
    object: { apiVersion: 'v1', kind: 'Secret', name: 'platform-tls', namespace: 'infrastructure' },
    because: 'the Gateways serve HTTPS with it',
    command: 'kubectl create namespace infrastructure\nkubectl create secret tls platform-tls --namespace infrastructure --cert=<file> --key=<file>',
  });
  cluster.assume({
    what: 'the Flux Operator',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'flux-operator', namespace },
    command: `helm install flux-operator oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator --namespace ${namespace} --create-namespace`,
  });
  cluster.assume({
    what: 'the credentials of the GitHub App',
    object: { apiVersion: 'v1', kind: 'Secret', name: pullSecret, namespace },
    because: 'Flux fetches the repository with them',
    command: `flux create secret githubapp ${pullSecret} --app-id=<id> --app-installation-owner=<owner> --app-private-key=<file>`,
  });
  cluster.assume({
    what: 'Flux, and this repository as what it reconciles',
    object: { apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', name: 'flux', namespace },
    command: `cluster_name=${cluster.clusterName} flux envsubst < ${shared.fluxInstance.directory}/fluxinstance-flux.yaml | kubectl apply -f -`,
  });
}
