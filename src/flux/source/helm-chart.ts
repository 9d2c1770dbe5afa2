import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../duration';
import { FluxObject } from '../flux-object';
import { filled } from '../reference';
import { IChartArtifact, IChartSource } from './source';
import { SourceReference } from '../source-reference';
import { SourceVerification } from './source-verification';

/** What makes Flux take a chart anew. */
export enum ChartReconcileStrategy {
  /** Another version in its `Chart.yaml`. */
  CHART_VERSION = 'ChartVersion',
  /** Any change of its source. */
  REVISION = 'Revision',
}

/** A HelmChart, made by the program or known by its name. */
export interface IHelmChart extends IChartArtifact {
  readonly helmChartName: string;
}

export interface HelmChartProps {
  /**
   * Metadata of the object.
   *
   * @default - named like the construct, in the namespace of its component, or in `flux-system` where that has none
   */
  readonly metadata?: ApiObjectMetadata;

  /** Name of the chart in a HelmRepository, or its directory in a GitRepository or Bucket. */
  readonly chart: string;

  /** Where the chart is taken from; in the same namespace. */
  readonly source: IChartSource;

  /**
   * A version, or a range of them: `>=1.2.0 <2.0.0`. Of a GitRepository or Bucket Flux takes what is there.
   *
   * @default - the newest
   */
  readonly version?: string;

  /**
   * How often Flux looks for a new chart.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * @default ChartReconcileStrategy.CHART_VERSION
   */
  readonly reconcileStrategy?: ChartReconcileStrategy;

  /**
   * Files that take the place of the chart's `values.yaml`, each on top of those before it: paths in the chart of a
   * HelmRepository, or in the GitRepository or Bucket.
   *
   * @default - the chart's `values.yaml`
   */
  readonly valuesFiles?: string[];

  /**
   * Whether a file that does not exist is passed over.
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
   * Whether Flux leaves the object alone.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A chart that several releases use. A HelmRelease that names its chart makes one by itself.
 *
 * @see https://fluxcd.io/flux/components/source/helmcharts/
 */
export class HelmChart extends FluxObject implements IHelmChart {
  /** A HelmChart that the program does not make. */
  public static fromName(name: string, namespace?: string): IHelmChart {
    return { helmChartName: name, chartReference: { kind: 'HelmChart', name, namespace } };
  }

  private readonly props: HelmChartProps;

  constructor(scope: Construct, id: string, props: HelmChartProps) {
    super(scope, id, 'source.toolkit.fluxcd.io/v1', 'HelmChart', props.metadata);
    this.props = props;
  }

  public get helmChartName(): string {
    return this.name;
  }

  public get chartReference(): SourceReference {
    return { kind: 'HelmChart', name: this.name, namespace: this.namespace };
  }

  /** @internal */
  protected _spec(): object {
    const { props } = this;
    const { apiVersion, kind, name } = props.source.chartSourceReference;
    return {
      interval: goDuration(props.interval ?? Duration.minutes(10)),
      chart: props.chart,
      version: props.version,
      sourceRef: { apiVersion, kind, name },
      reconcileStrategy: props.reconcileStrategy,
      valuesFiles: filled(props.valuesFiles),
      ignoreMissingValuesFiles: props.ignoreMissingValuesFiles,
      verify: props.verify?._fields(),
      suspend: props.suspend,
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { verify, source } = this.props;
    const { kind, name, namespace = this.namespace } = source.chartSourceReference;
    return [
      ...namespace === this.namespace ? [] : [
        `takes its chart from the ${kind} "${name}" in the namespace "${namespace}"; expected one in its own, "${this.namespace}", because its API has no `
        + 'field for another: make the two in one namespace.',
      ],
      ...verify === undefined || kind === 'HelmRepository' ? [] : [
        `verifies a chart of the ${kind} "${name}"; expected a HelmRepository, because Flux knows signatures of registries alone: take verify away, or `
        + `verify the ${kind}.`,
      ],
      ...verify?._trustedRootSecretName === undefined ? [] : [
        `verifies with the trusted root in the Secret "${verify._trustedRootSecretName}"; expected none, because its API has no field for it: take the chart from `
        + 'an OciRepository, or trust the public Sigstore.',
      ],
      ...verify?._problems() ?? [],
    ];
  }
}
