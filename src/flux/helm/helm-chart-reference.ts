import { Duration } from 'cdk8s';
import { commonMetadataField } from '../common-fields';
import { CommonMetadata } from '../common-metadata';
import { goDuration } from '../duration';
import { filled, sourceRef } from '../reference';
import { ChartReconcileStrategy } from '../source/helm-chart';
import { IChartArtifact, IChartSource } from '../source/source';
import { SourceVerification } from '../source/source-verification';

/** Which chart of a source, and how Flux takes it. */
export interface RepositoryChartOptions {
  /** Name of the chart in a HelmRepository, or its path in a GitRepository or Bucket. */
  readonly chart: string;

  /**
   * Version, or a range of them: `1.2.x`. In a GitRepository or Bucket it does not count.
   *
   * @default - the highest
   */
  readonly version?: string;

  /**
   * How often Flux looks for a new version.
   *
   * @default - the interval of the HelmRelease
   */
  readonly interval?: Duration;

  /**
   * @default ChartReconcileStrategy.CHART_VERSION
   */
  readonly reconcileStrategy?: ChartReconcileStrategy;

  /**
   * Files in the source that take the place of the chart's `values.yaml`; a later one wins.
   *
   * @default - the `values.yaml` of the chart
   */
  readonly valuesFiles?: string[];

  /**
   * Whether a file of values that does not exist is passed over.
   *
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;

  /**
   * Signature that the chart must have; with a HelmRepository whose URL is `oci://…` alone.
   *
   * @default - none
   */
  readonly verify?: SourceVerification;

  /**
   * Labels and annotations of the HelmChart that Flux makes of this, beside the source.
   *
   * @default - none
   */
  readonly metadata?: CommonMetadata;
}

/** Where a HelmRelease has its chart from: by its name from a source of charts, or from a source that is one. */
export class HelmChartReference {
  /**
   * A chart of a HelmRepository, GitRepository or Bucket.
   *
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
   */
  public static fromRepository(source: IChartSource, options: RepositoryChartOptions): HelmChartReference {
    const { metadata, chart, version, interval, reconcileStrategy, valuesFiles, ignoreMissingValuesFiles, verify } = options;
    // The API has no fields for the rest of what a verification can say.
    const { provider, secretRef, ...rest } = (verify?._fields() ?? {}) as { readonly [field: string]: unknown };
    const unknown = Object.keys(rest).filter(field => rest[field] !== undefined);
    return new HelmChartReference(within => ({
      chart: {
        metadata: commonMetadataField(metadata),
        spec: {
          chart,
          version,
          sourceRef: sourceRef(source.chartSourceReference, within),
          interval: interval && goDuration(interval),
          reconcileStrategy,
          valuesFiles: filled(valuesFiles),
          ignoreMissingValuesFiles,
          verify: filled({ provider, secretRef }),
        },
      },
    }), unknown.map(field =>
      `verifies its chart "${chart}" with ${field}; expected none, because its API has no field for it: refer to an OciRepository that verifies the chart.`,
    ));
  }

  /**
   * An OCIRepository, HelmChart or ExternalArtifact, which is a chart.
   *
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference
   */
  public static fromArtifact(artifact: IChartArtifact): HelmChartReference {
    return new HelmChartReference(within => ({ chartRef: sourceRef(artifact.chartReference, within) }), []);
  }

  private constructor(
    /** `chart` or `chartRef` of a HelmRelease in a namespace. @internal */
    public readonly _fields: (within: string) => object,
    /** What is wrong with it, a sentence each. @internal */
    public readonly _problems: string[],
  ) {}
}
