import { Construct } from 'constructs';
import { Area } from '../../platform';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';

export interface CertManagerProps extends HelmOptions {
  /** @default - `security` */
  readonly namespace?: string;
}

/**
 * cert-manager: TLS certificates.
 */
export class CertManager extends HelmComponent {
  constructor(scope: Construct, id: string, props: CertManagerProps = {}) {
    super(scope, id, {
      area: Area.SECURITY,
      namespace: 'security',
      chart: System.CERT_MANAGER.chart(scope),
      ...props,
      values: mergeValues({
        crds: { enabled: true, keep: true },
      }, props.values),
    });
  }
}
