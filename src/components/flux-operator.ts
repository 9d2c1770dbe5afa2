import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../platform';

/** Flux Operator, from its OCI chart. Installed by hand at the bootstrap; the release takes it over and keeps it up to date. */
export class FluxOperator extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    const chart = new ApiObject(this, 'chart', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: 'flux-operator' },
      spec: {
        interval: '1h',
        url: 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator',
        ref: { semver: '0.58.x' },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    });
    const release = new ApiObject(this, 'release', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'flux-operator' },
      spec: {
        interval: '10m',
        chartRef: { kind: 'OCIRepository', name: chart.name },
        install: { strategy: { name: 'RetryOnFailure' } },
        upgrade: { strategy: { name: 'RetryOnFailure' }, crds: 'CreateReplace' },
        driftDetection: { mode: 'enabled' },
      },
    });
    this.setFile(chart, 'ocirepository.yaml');
    this.setFile(release, 'helmrelease.yaml');
  }
}
