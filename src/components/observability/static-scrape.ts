import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { scrapeFields, ScrapeOptions } from './scrape-endpoint';
import { TypedObject } from '../../flux';

export interface StaticScrapeProps extends ScrapeOptions {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Hosts with their ports: `db.example.com:9187`. */
  readonly targets: string[];

  /**
   * Labels of all that is collected.
   *
   * @default - none
   */
  readonly labels?: { [label: string]: string };

  /**
   * The label `job`.
   *
   * @default - the name of the construct
   */
  readonly jobName?: string;
}

/**
 * Collects the metrics of hosts that are known by name: a VMStaticScrape.
 *
 * @see https://docs.victoriametrics.com/operator/resources/vmstaticscrape/
 */
export class StaticScrape extends TypedObject {
  private readonly props: StaticScrapeProps;

  constructor(scope: Construct, id: string, props: StaticScrapeProps) {
    super(scope, id, 'operator.victoriametrics.com/v1beta1', 'VMStaticScrape', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { targets, labels, jobName } = this.props;
    return {
      jobName: jobName ?? this.node.id,
      targetEndpoints: [{ targets, labels, ...scrapeFields(this.props) }],
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { targets } = this.props;
    const wrong = targets.find(target => target.includes('/'));
    return [
      ...targets.length > 0 ? [] : [`the VMStaticScrape "${this.name}" has no targets; expected at least one: name a host with its port.`],
      ...wrong === undefined ? [] : [
        `the VMStaticScrape "${this.name}" has the target "${wrong}"; expected a host with its port, such as db.example.com:9187: `
        + 'say the path with path, and TLS with https.',
      ],
    ];
  }
}
