import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'headlamp',
      version: '0.44.0',
      repository: 'https://kubernetes-sigs.github.io/headlamp/',
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
