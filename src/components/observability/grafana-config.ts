import { GrafanaDatabase } from './grafana-database';
import { GrafanaOidc } from './grafana-oidc';
import { present, Values } from '../helm/values';

/** Sections of `grafana.ini`; every value is a text. @internal */
export type GrafanaConfig = { [section: string]: { [key: string]: string } };

/** What every Grafana is configured with. @internal */
export function usualConfig(url: string | undefined): Values {
  return {
    analytics: { check_for_updates: 'false', reporting_enabled: 'false' },
    log: { mode: 'console' },
    security: url === undefined ? undefined : { cookie_secure: 'true' },
    // The operator turns it off by itself where it can read the version, which it cannot in a whole image: memory runs full with it.
    server: present({ enable_gzip: 'false', root_url: url }),
  };
}

/** Where it keeps its data; user and password are in environment variables. @internal */
export function databaseConfig({ host, name = 'grafana', tls = true }: GrafanaDatabase): Values {
  return { database: { type: 'postgres', host, name, ssl_mode: tls ? 'require' : 'disable' } };
}

/** Pods find each other through the operator's headless Service, so that one of them alone sends an alert. @internal */
export function highAvailabilityConfig(name: string): Values {
  return {
    unified_alerting: {
      ha_advertise_address: '$__env{POD_IP}:9094',
      ha_listen_address: '$__env{POD_IP}:9094',
      ha_peers: `${name}-alerting:9094`,
    },
  };
}

/** The identity provider; id and secret of the client are in environment variables. @internal */
export function oidcConfig(oidc: GrafanaOidc): Values {
  const { scopes = ['openid', 'profile', 'email'], signUp = true, autoLogin = false, roleAttributeStrict } = oidc;
  return {
    'auth': present({ signout_redirect_url: oidc.signOutUrl }),
    'auth.generic_oauth': present({
      enabled: 'true',
      name: oidc.name ?? 'SSO',
      allow_sign_up: String(signUp),
      auto_login: String(autoLogin),
      scopes: scopes.join(' '),
      auth_url: oidc.authUrl,
      token_url: oidc.tokenUrl,
      api_url: oidc.userInfoUrl,
      use_pkce: 'true',
      role_attribute_path: oidc.roleAttributePath,
      role_attribute_strict: roleAttributeStrict === undefined ? undefined : String(roleAttributeStrict),
    }),
  };
}
