import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { endpointFields, ScrapeEndpoint, scrapeProblems } from './scrape-endpoint';
import { TypedObject } from '../../flux';

export interface PodScrapeProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Labels of the pods. */
  readonly matchLabels: { [label: string]: string };

  /**
   * Namespaces of the pods.
   *
   * @default - its own
   */
  readonly namespaces?: string[];

  /** Their ports that tell metrics. */
  readonly endpoints: ScrapeEndpoint[];

  /**
   * Label of the pod whose value becomes the label `job`.
   *
   * @default - `job` is the namespace and name of the VMPodScrape
   */
  readonly jobLabel?: string;
}

/**
 * Collects the metrics of pods that have no Service for them: a VMPodScrape.
 *
 * @see https://docs.victoriametrics.com/operator/resources/vmpodscrape/
 */
export class PodScrape extends TypedObject {
  private readonly props: PodScrapeProps;

  constructor(scope: Construct, id: string, props: PodScrapeProps) {
    super(scope, id, 'operator.victoriametrics.com/v1beta1', 'VMPodScrape', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { matchLabels, namespaces, endpoints, jobLabel } = this.props;
    return {
      jobLabel,
      namespaceSelector: namespaces && { matchNames: namespaces },
      selector: { matchLabels },
      podMetricsEndpoints: endpoints.map(endpointFields),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    return scrapeProblems(`the VMPodScrape "${this.name}"`, 'pods', this.props.matchLabels, this.props.endpoints);
  }
}
