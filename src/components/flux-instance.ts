import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component, Variable } from '../platform';

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
    new ApiObject(this, 'flux', {
      apiVersion: 'fluxcd.controlplane.io/v1',
      kind: 'FluxInstance',
      metadata: { name: 'flux' },
      spec: {
        distribution: { version: '2.9.x', registry: 'ghcr.io/fluxcd' },
        components: ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'],
        cluster: { type: 'aws', size: 'medium', networkPolicy: true },
        sync: {
          kind: 'GitRepository',
          provider: 'github',
          url: props.repositoryUrl,
          ref: `refs/heads/${props.branch}`,
          path: `clusters/${Variable.of('cluster_name')}`,
          pullSecret: props.pullSecret,
        },
      },
    });
  }
}
