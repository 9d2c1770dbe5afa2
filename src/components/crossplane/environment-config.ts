import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { TypedObject } from '../../flux';

export interface EnvironmentConfigProps {
  /**
   * @default - named like the construct
   */
  readonly metadata?: ApiObjectMetadata;

  /** What Compositions can read. Nothing secret: everyone who may read EnvironmentConfigs sees it. */
  readonly data: { [key: string]: any };
}

/**
 * Values that Compositions read: what differs between clusters, and is the same for everything on one.
 *
 * @see https://docs.crossplane.io/latest/composition/environment-configs/
 */
export class EnvironmentConfig extends TypedObject {
  private readonly props: EnvironmentConfigProps;

  constructor(scope: Construct, id: string, props: EnvironmentConfigProps) {
    super(scope, id, 'apiextensions.crossplane.io/v1beta1', 'EnvironmentConfig', props.metadata, 'data');
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    return this.props.data;
  }
}
