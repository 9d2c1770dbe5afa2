import { SecretSource } from '../security/secret-source';

/**
 * An identity provider that people sign in with, by OpenID Connect. Its redirect URI is `<URL of Grafana>/login/generic_oauth`.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/
 */
export interface GrafanaOidc {
  /**
   * What the button says: "Sign in with …".
   *
   * @default 'SSO'
   */
  readonly name?: string;

  /** URL of the authorization endpoint. */
  readonly authUrl: string;

  /** URL of the token endpoint. */
  readonly tokenUrl: string;

  /** URL of the userinfo endpoint; Grafana calls it `api_url`. */
  readonly userInfoUrl: string;

  /** The Secret with the keys `client-id` and `client-secret`. */
  readonly client: SecretSource;

  /**
   * @default - `openid`, `profile` and `email`
   */
  readonly scopes?: string[];

  /**
   * JMESPath that makes a role of what the provider says of a person: `contains(roles[*], 'admin') && 'Admin' || 'Viewer'`.
   *
   * @default - everybody is a viewer
   */
  readonly roleAttributePath?: string;

  /**
   * Whether people of whom it makes no role are kept out.
   *
   * @default false
   */
  readonly roleAttributeStrict?: boolean;

  /**
   * Whether people get an account when they first sign in.
   *
   * @default true
   */
  readonly signUp?: boolean;

  /**
   * Whether people are sent to the provider without being asked.
   *
   * @default false
   */
  readonly autoLogin?: boolean;

  /**
   * URL that people are sent to when they sign out.
   *
   * @default - Grafana's own page
   */
  readonly signOutUrl?: string;
}
