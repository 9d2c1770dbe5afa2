import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface HomepageProps extends HelmOptions {
  /** @default - `tooling` */
  readonly namespace?: string;
}

/**
 * Homepage: the start page.
 */
export class Homepage extends HelmComponent {
  constructor(scope: Construct, id: string, props: HomepageProps = {}) {
    super(scope, id, {
      area: Area.TOOLING,
      namespace: 'tooling',
      chart: System.HOMEPAGE.chart(scope),
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
