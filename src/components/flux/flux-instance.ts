import { Construct } from 'constructs';
import * as flux from '../../flux';
import { Area, Component, Variable } from '../../platform';

export interface FluxInstanceProps {
  /** `https://` URL of the repository. */
  readonly repositoryUrl: string;

  /** Branch that Flux follows. */
  readonly branch: string;

  /** Secret in `flux-system` with the credentials of the GitHub App. */
  readonly pullSecret: string;
}

/** Flux itself, as the Flux Operator installs it: its components, and this repository as what it reconciles. */
export class FluxInstance extends Component {
  constructor(scope: Construct, id: string, props: FluxInstanceProps) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    new flux.FluxInstance(this, 'flux', {
      distribution: { version: '2.9.x', registry: 'ghcr.io/fluxcd' },
      components: [
        flux.FluxComponent.SOURCE_CONTROLLER, flux.FluxComponent.KUSTOMIZE_CONTROLLER,
        flux.FluxComponent.HELM_CONTROLLER, flux.FluxComponent.NOTIFICATION_CONTROLLER,
      ],
      cluster: { type: flux.FluxClusterType.AWS, size: flux.FluxClusterSize.MEDIUM, networkPolicy: true },
      sync: {
        kind: flux.FluxSyncKind.GIT_REPOSITORY,
        provider: flux.FluxSyncProvider.GITHUB,
        url: props.repositoryUrl,
        ref: `refs/heads/${props.branch}`,
        path: `clusters/${Variable.of('cluster_name')}`,
        pullSecret: props.pullSecret,
      },
    });
  }
}
