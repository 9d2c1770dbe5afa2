import { Construct } from 'constructs';
import { ChartSource } from './chart-source';
import { mergeValues, Values } from './values';
import { HelmRelease, HelmReleaseOptions, ObjectReference, ProvidedApi } from '../../flux';
import { Component, ComponentProps } from '../../platform';

/** What can be said of every component that is a Helm chart. */
export interface HelmOptions {
  /**
   * Further values for the chart, for what the component has no prop for; they win over those that the component sets, field by
   * field.
   *
   * @default - none
   */
  readonly values?: { [key: string]: any };

  /**
   * Fields of the HelmRelease: its timeout, what is done with drift, post-renderers.
   *
   * @default - those of `flux.HelmRelease`: tried again until it succeeds, drift is corrected
   */
  readonly release?: HelmReleaseOptions;
}

/** A Helm chart, and where to install it. */
export interface HelmComponentProps extends ComponentProps, HelmOptions {
  /** The chart, its version and its source. */
  readonly chart: ChartSource;

  /**
   * Values that a component sets; `values`, which are the user's, win over them, field by field.
   *
   * @default - none
   */
  readonly defaultValues?: { [key: string]: any };

  /**
   * Name of the HelmRelease, and of the release.
   *
   * @default - the name of the chart
   */
  readonly releaseName?: string;

  /**
   * What the chart brings onto the cluster that others refer to, or whose health is checked: Deployments, ServiceAccounts.
   *
   * @default - not said
   */
  readonly provides?: ObjectReference[];

  /**
   * The APIs that the chart installs.
   *
   * @default - none
   */
  readonly apis?: ProvidedApi[];

  /**
   * API groups whose objects become ready by a controller of the chart.
   *
   * @default - none
   */
  readonly controllers?: string[];

  /**
   * API groups whose objects a webhook of the chart looks at before they are accepted.
   *
   * @default - none
   */
  readonly webhooks?: string[];
}

/**
 * A system that is installed by a Helm chart: its source and its HelmRelease.
 *
 * The release is tried again until it succeeds. Flux's own default is to give up after the first failed install, and what a
 * release needs may be there only a minute later.
 */
export class HelmComponent extends Component {
  /** The HelmRelease. */
  public readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: HelmComponentProps) {
    super(scope, id, props);
    this.release = installChart(this, props);
    this.declare({ objects: props.provides, controllers: props.controllers, webhooks: props.webhooks, by: [this.release] });
  }
}

/** What is said of a chart's release. @internal */
export type ChartRelease = Pick<HelmComponentProps, 'chart' | 'releaseName' | 'defaultValues' | 'values' | 'release' | 'apis'>;

/** Makes a chart's source and its HelmRelease in a component. @internal */
export function installChart(component: Component, props: ChartRelease): HelmRelease {
  const { chart, releaseName, defaultValues = {}, values, release, apis = [] } = props;
  const { object, file, reference } = chart._bind(component, component.node.id);
  const helmRelease = new HelmRelease(component, 'release', {
    ...release,
    metadata: { name: releaseName ?? chart.chart },
    chart: reference,
    values: withContent(mergeValues(mergeValues(defaultValues, values), release?.values)),
    provides: [...apis, ...release?.provides ?? []],
  });
  component.setFile(object, file);
  component.setFile(helmRelease, 'helmrelease.yaml');
  return helmRelease;
}

/** No field for values where there are none. */
function withContent(values: Values): Values | undefined {
  return Object.keys(values).length === 0 ? undefined : values;
}
