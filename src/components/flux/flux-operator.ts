import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmChartReference, HelmCrdsPolicy, HelmRelease, OciLayerOperation, OciReference, OciRepository } from '../../flux';
import { Area, Component } from '../../platform';

/** Flux Operator, from its OCI chart. Installed by hand at the bootstrap; the release takes it over and keeps it up to date. */
export class FluxOperator extends Component {
  constructor(scope: Construct, id: string) {
    super(scope, id, { area: Area.FLUX, namespace: 'flux-system' });
    const chart = new OciRepository(this, 'chart', {
      metadata: { name: 'flux-operator' },
      interval: Duration.hours(1),
      url: 'oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator',
      ref: OciReference.semver('0.58.x'),
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: OciLayerOperation.COPY },
    });
    const release = new HelmRelease(this, 'release', {
      metadata: { name: 'flux-operator' },
      chart: HelmChartReference.fromArtifact(chart),
      upgrade: { crds: HelmCrdsPolicy.CREATE_REPLACE },
    });
    this.setFile(chart, 'ocirepository.yaml');
    this.setFile(release, 'helmrelease.yaml');
  }
}
