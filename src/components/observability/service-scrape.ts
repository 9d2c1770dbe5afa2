import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { endpointFields, ScrapeEndpoint, scrapeProblems } from './scrape-endpoint';
import { TypedObject } from '../../flux';

export interface ServiceScrapeProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Labels of the Services. */
  readonly matchLabels: { [label: string]: string };

  /**
   * Namespaces of the Services.
   *
   * @default - its own
   */
  readonly namespaces?: string[];

  /** Their ports that tell metrics. */
  readonly endpoints: ScrapeEndpoint[];

  /**
   * Label of the Service whose value becomes the label `job`.
   *
   * @default - `job` is the name of the Service
   */
  readonly jobLabel?: string;
}

/**
 * Collects the metrics of the pods behind Services: a VMServiceScrape.
 *
 * @see https://docs.victoriametrics.com/operator/resources/vmservicescrape/
 */
export class ServiceScrape extends TypedObject {
  private readonly props: ServiceScrapeProps;

  constructor(scope: Construct, id: string, props: ServiceScrapeProps) {
    super(scope, id, 'operator.victoriametrics.com/v1beta1', 'VMServiceScrape', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { matchLabels, namespaces, endpoints, jobLabel } = this.props;
    return {
      jobLabel,
      namespaceSelector: namespaces && { matchNames: namespaces },
      selector: { matchLabels },
      endpoints: endpoints.map(endpointFields),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    return scrapeProblems(`the VMServiceScrape "${this.name}"`, 'Services', this.props.matchLabels, this.props.endpoints);
  }
}
