import { Construct } from 'constructs';
import { ExternalSecret } from './external-secret';
import { HelmComponent, HelmOptions, mergeValues } from './helm-component';
import { Area, Variable } from '../platform';

export interface ZitadelProps extends HelmOptions {
  /** @default - `security` */
  readonly namespace?: string;

  /** ClusterSecretStore with the master key (`zitadel/masterkey`) and the environment (`zitadel/env`). */
  readonly storeName: string;
}

/** ZITADEL: identity and access management. Its database is said in the environment: `ZITADEL_DATABASE_POSTGRES_DSN`. */
export class Zitadel extends HelmComponent {
  constructor(scope: Construct, id: string, props: ZitadelProps) {
    const masterKey = 'zitadel-masterkey';
    const environment = 'zitadel-env';
    super(scope, id, {
      area: Area.SECURITY,
      namespace: 'security',
      chart: 'zitadel',
      version: '10.0.4',
      repository: 'https://charts.zitadel.com',
      ...props,
      values: mergeValues({
        zitadel: {
          masterkeySecretName: masterKey,
          configmapConfig: { ExternalDomain: `auth.${Variable.of('domain')}`, ExternalPort: 443, ExternalSecure: true, TLS: { Enabled: false } },
        },
        envVarsSecret: environment,
      }, props.values),
    });
    new ExternalSecret(this, masterKey, { name: masterKey, storeName: props.storeName, data: { masterkey: 'zitadel/masterkey' } });
    new ExternalSecret(this, environment, {
      name: environment, storeName: props.storeName, data: { ZITADEL_DATABASE_POSTGRES_DSN: 'zitadel/database-dsn' },
    });
  }
}
