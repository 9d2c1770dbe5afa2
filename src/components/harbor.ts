import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area, Variable } from '../platform';

export interface HarborProps extends HelmOptions {
  /** @default - `tooling` */
  readonly namespace?: string;
}

/**
 * Harbor: the registry.
 */
export class Harbor extends HelmComponent {
  constructor(scope: Construct, id: string, props: HarborProps = {}) {
    super(scope, id, {
      area: Area.TOOLING,
      namespace: 'tooling',
      chart: 'harbor',
      version: '1.18.3',
      repository: 'https://helm.goharbor.io',
      ...props,
      values: mergeValues({
        expose: { type: 'clusterIP', tls: { enabled: false } },
        externalURL: `https://harbor.${Variable.of('domain')}`,
      }, props.values),
    });
  }
}
