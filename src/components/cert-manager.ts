import { Construct } from 'constructs';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area } from '../platform';

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
      chart: 'cert-manager',
      version: 'v1.21.1',
      repository: 'https://charts.jetstack.io',
      ...props,
      values: mergeValues({
        crds: { enabled: true, keep: true },
      }, props.values),
    });
  }
}
