import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { HelmChartReference, HelmRepository, OciLayerOperation, OciReference, OciRepository } from '../../flux';

const EXACT_VERSION = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

/** A chart, its version, and where it comes from. */
export class ChartSource {
  /**
   * A chart of a Helm repository.
   *
   * @param url `https://…`, or `oci://…` without the name of the chart
   * @param chart name of the chart
   * @param version version, or a range of them: `1.2.x`
   */
  public static repository(url: string, chart: string, version: string): ChartSource {
    return new ChartSource(chart, version, (scope, id) => {
      const repository = new HelmRepository(scope, 'repository', { metadata: { name: id }, url, interval: Duration.hours(1) });
      return { object: repository, file: 'helmrepository.yaml', reference: HelmChartReference.fromRepository(repository, { chart, version }) };
    });
  }

  /**
   * A chart that is an OCI artifact, fetched as one.
   *
   * @param url `oci://…` with the name of the chart
   * @param version version, or a range of them: `1.2.x`
   */
  public static oci(url: string, version: string): ChartSource {
    return new ChartSource(url.slice(url.lastIndexOf('/') + 1), version, (scope, id) => {
      const artifact = new OciRepository(scope, 'chart', {
        metadata: { name: id },
        url,
        interval: Duration.hours(1),
        ref: EXACT_VERSION.test(version) ? OciReference.tag(version) : OciReference.semver(version),
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: OciLayerOperation.COPY },
      });
      return { object: artifact, file: 'ocirepository.yaml', reference: HelmChartReference.fromArtifact(artifact) };
    });
  }

  private constructor(
    /** Name of the chart. */
    public readonly chart: string,
    /** Version, or a range of them. */
    public readonly version: string,
    /** Makes the source's object in a scope; `id` is its name. @internal */
    public readonly _bind: (scope: Construct, id: string) => BoundChart,
  ) {}
}

/** A chart whose source is an object of the program. @internal */
export interface BoundChart {
  readonly object: IConstruct;
  /** File that the object is usually written to. */
  readonly file: string;
  readonly reference: HelmChartReference;
}
