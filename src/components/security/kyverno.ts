import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

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
      chart: System.KYVERNO.chart(scope),
      ...props,
      values: mergeValues({
        // The `crds` layer installs them.
        crds: { install: false },
      }, props.values),
    });
  }
}
