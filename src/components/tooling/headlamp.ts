import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface HeadlampProps extends HelmOptions {
  /** @default - `tooling` */
  readonly namespace?: string;
}

/**
 * Headlamp: a view of the cluster.
 */
export class Headlamp extends HelmComponent {
  constructor(scope: Construct, id: string, props: HeadlampProps = {}) {
    super(scope, id, {
      area: Area.TOOLING,
      namespace: 'tooling',
      chart: System.HEADLAMP.chart(scope),
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
