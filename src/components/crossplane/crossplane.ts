import { Construct } from 'constructs';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area } from '../../platform';

export interface CrossplaneProps extends HelmOptions {
  /** @default - `crossplane-system` */
  readonly namespace?: string;
}

/**
 * Crossplane: its controller and its own APIs.
 */
export class Crossplane extends HelmComponent {
  constructor(scope: Construct, id: string, props: CrossplaneProps = {}) {
    super(scope, id, {
      area: Area.INFRASTRUCTURE,
      namespace: 'crossplane-system',
      chart: System.CROSSPLANE.chart(scope),
      provides: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'crossplane', namespace: props.namespace ?? 'crossplane-system' }],
      ...props,
      values: mergeValues({}, props.values),
    });
  }
}
