import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'homepage',
      version: '2.1.0',
      repository: 'https://jameswynn.github.io/helm-charts',
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
