import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmChartReference, HelmRelease, HelmRepository, ObjectReference } from '../flux';
import { Component, ComponentProps } from '../platform';

/** What can be said of a component that is one Helm chart. */
export interface HelmOptions {
  /**
   * Version of the chart.
   *
   * @default - the version that the component was written for
   */
  readonly version?: string;

  /**
   * Values for the chart; they win over those that the component sets.
   *
   * @default - none
   */
  readonly values?: { [key: string]: any };
}

/** A Helm chart, and where to install it. */
export interface HelmComponentProps extends ComponentProps, HelmOptions {
  /** Name of the chart; for an OCI repository the last segment of its URL. */
  readonly chart: string;

  /** `https://…` for a Helm repository, `oci://…` for an OCI repository without the chart's name. */
  readonly repository: string;

  /**
   * Name of the release.
   *
   * @default - the name of the chart
   */
  readonly releaseName?: string;

  /**
   * What the chart brings onto the cluster, so that layers can check its health.
   *
   * @default - not said
   */
  readonly provides?: ObjectReference[];
}

/**
 * A system that is installed by one Helm chart: its repository and its HelmRelease.
 *
 * The release is tried again until it succeeds. Flux's own default is to give up after the first failed install, and what a
 * release needs may be there only a minute later.
 */
export class HelmComponent extends Component {
  /** The HelmRelease. */
  public readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: HelmComponentProps) {
    super(scope, id, props);
    const repository = new HelmRepository(this, 'repository', { metadata: { name: id }, url: props.repository, interval: Duration.hours(1) });
    this.release = new HelmRelease(this, 'release', {
      metadata: { name: props.releaseName ?? props.chart },
      chart: HelmChartReference.fromRepository(repository, { chart: props.chart, version: props.version }),
      values: props.values,
    });
    this.setFile(repository, 'helmrepository.yaml');
    this.setFile(this.release, 'helmrelease.yaml');
    this.provides(...props.provides ?? []);
  }
}

/** Values of a component with the user's on top: mappings are merged, everything else is replaced. */
export function mergeValues(values: { [key: string]: any }, overrides: { [key: string]: any } = {}): { [key: string]: any } {
  const merged = { ...values };
  for (const [key, value] of Object.entries(overrides)) {
    merged[key] = isMapping(merged[key]) && isMapping(value) ? mergeValues(merged[key], value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
