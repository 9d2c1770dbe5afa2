import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

export interface KyvernoProps extends HelmOptions {
  /** @default - `security` */
  readonly namespace?: string;
}

/**
 * Kyverno: policies, enforced when objects are admitted.
 */
export class Kyverno extends HelmComponent {
  constructor(scope: Construct, id: string, props: KyvernoProps = {}) {
    super(scope, id, {
      area: Area.SECURITY,
      namespace: 'security',
      chart: 'kyverno',
      version: '3.8.2',
      repository: 'https://kyverno.github.io/kyverno/',
      ...props,
      values: mergeValues({
        // The `crds` layer installs them.
        crds: { install: false },
      }, props.values),
    });
  }
}
