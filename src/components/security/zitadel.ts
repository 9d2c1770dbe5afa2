import { Construct } from 'constructs';
import { ExternalSecret } from './external-secret';
import { ISecretStore } from './secret-store';
import { HelmComponent, HelmOptions } from '../helm/helm-component';
import { mergeValues } from '../helm/values';
import { System } from '../system';
import { Area, Variable } from '../../platform';

export interface ZitadelProps extends HelmOptions {
  /** @default - `security` */
  readonly namespace?: string;

  /** Store with the master key (`zitadel/masterkey`) and the environment (`zitadel/env`). */
  readonly store: ISecretStore;
}

/** ZITADEL: identity and access management. Its database is said in the environment: `ZITADEL_DATABASE_POSTGRES_DSN`. */
export class Zitadel extends HelmComponent {
  constructor(scope: Construct, id: string, props: ZitadelProps) {
    const masterKey = 'zitadel-masterkey';
    const environment = 'zitadel-env';
    super(scope, id, {
      area: Area.SECURITY,
      namespace: 'security',
      chart: System.ZITADEL.chart(scope),
      ...props,
      values: mergeValues({
        zitadel: {
          masterkeySecretName: masterKey,
          configmapConfig: { ExternalDomain: `auth.${Variable.of('domain')}`, ExternalPort: 443, ExternalSecure: true, TLS: { Enabled: false } },
        },
        envVarsSecret: environment,
      }, props.values),
    });
    new ExternalSecret(this, masterKey, { metadata: { name: masterKey }, store: props.store, data: { masterkey: 'zitadel/masterkey' } });
    new ExternalSecret(this, environment, {
      metadata: { name: environment }, store: props.store, data: { ZITADEL_DATABASE_POSTGRES_DSN: 'zitadel/database-dsn' },
    });
  }
}
