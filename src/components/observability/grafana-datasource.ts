import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IGrafana } from './grafana';
import { instanceFields, instanceProblems, uidProblems } from './grafana-fields';
import { GrafanaPlugin } from './grafana-plugin';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { list } from '../../flux/reference';
import { Variable } from '../../platform';
import { SecretSource } from '../security/secret-source';
import { System } from '../system';

const KEY = /\$\{([-._a-zA-Z0-9]+)\}/g;
const VICTORIA_LOGS = 'victoriametrics-logs-datasource';

/** A datasource of a Grafana. */
export interface IGrafanaDatasource {
  /** By which dashboards find it. */
  readonly datasourceUid: string;
}

/** Who asks the datasource. */
export enum GrafanaDatasourceAccess {
  /** Grafana, which has the credentials. */
  PROXY = 'proxy',
  /** The browser. */
  DIRECT = 'direct',
}

/** What can be said of every datasource. */
export interface GrafanaDatasourceOptions {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Grafana that it is for. */
  readonly grafana: IGrafana;

  /** URL that is asked: `http://vmsingle.observability:8428`. */
  readonly url: string;

  /**
   * Name that people see.
   *
   * @default - the uid
   */
  readonly displayName?: string;

  /**
   * By which dashboards find it; it cannot be changed afterwards.
   *
   * @default - named like the object
   */
  readonly uid?: string;

  /**
   * Whether panels that name none ask it. One datasource of a Grafana can be it.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether people can change it in Grafana, until the operator writes it anew.
   *
   * @default false
   */
  readonly editable?: boolean;

  /**
   * Settings of its type: `{ httpMethod: 'POST', timeInterval: '30s' }`.
   *
   * @default - none
   */
  readonly jsonData?: { [field: string]: any };

  /**
   * Settings that are secret. In each text `${key}` stands for a key of `secret`: `{ httpHeaderValue1: 'Bearer ${token}' }`.
   *
   * @default - none
   */
  readonly secureJsonData?: { [field: string]: string };

  /**
   * The Secret with the keys that `secureJsonData` names.
   *
   * @default - none
   */
  readonly secret?: SecretSource;

  /**
   * User of HTTP basic authentication; the password is `basicAuthPassword` in `secureJsonData`.
   *
   * @default - none
   */
  readonly basicAuthUser?: string;

  /**
   * How often the operator compares it with what is in Grafana.
   *
   * @default - as the operator does it: 10 minutes
   */
  readonly resyncPeriod?: Duration;
}

export interface GrafanaDatasourceProps extends GrafanaDatasourceOptions {
  /** Its type: `prometheus`, `loki`, or the id of a plugin. */
  readonly type: string;

  /**
   * @default GrafanaDatasourceAccess.PROXY
   */
  readonly access?: GrafanaDatasourceAccess;

  /**
   * Plugins that it needs.
   *
   * @default - none
   */
  readonly plugins?: GrafanaPlugin[];
}

/**
 * A place that Grafana has its data from.
 *
 * @see https://grafana.github.io/grafana-operator/docs/datasources/
 */
export class GrafanaDatasource extends TypedObject implements IGrafanaDatasource {
  /** Prometheus, or VictoriaMetrics, whose API is the same. */
  public static prometheus(scope: Construct, id: string, options: GrafanaDatasourceOptions): GrafanaDatasource {
    return new GrafanaDatasource(scope, id, { ...options, type: 'prometheus', jsonData: { httpMethod: 'POST', ...options.jsonData } });
  }

  /** VictoriaLogs, with the plugin for it. */
  public static victoriaLogs(scope: Construct, id: string, options: GrafanaDatasourceOptions): GrafanaDatasource {
    const version = System.VICTORIA_LOGS_DATASOURCE.versions(scope).app!;
    return new GrafanaDatasource(scope, id, { ...options, type: VICTORIA_LOGS, plugins: [{ name: VICTORIA_LOGS, version }] });
  }

  /** A datasource that the program does not make. */
  public static fromUid(uid: string): IGrafanaDatasource {
    return { datasourceUid: uid };
  }

  private readonly props: GrafanaDatasourceProps;
  private readonly secretName?: string;

  constructor(scope: Construct, id: string, props: GrafanaDatasourceProps) {
    super(scope, id, 'grafana.integreatly.org/v1beta1', 'GrafanaDatasource', props.metadata);
    this.props = props;
    const keys = [...new Set(this.secureFields().flatMap(({ text }) => keysIn(text)))];
    this.secretName = props.secret?._bind(this, 'secret', { name: this.name, keys, namespace: this.apiObject.metadata.namespace });
  }

  public get datasourceUid(): string {
    return this.props.uid ?? this.name;
  }

  /** @internal */
  protected _spec(): object {
    const { grafana, url, type, access = GrafanaDatasourceAccess.PROXY, isDefault = false, editable = false, basicAuthUser, jsonData } = this.props;
    const secure = this.secureFields();
    return {
      ...instanceFields(grafana, this.apiObject.metadata.namespace),
      resyncPeriod: this.props.resyncPeriod && goDuration(this.props.resyncPeriod),
      uid: this.datasourceUid,
      plugins: list(this.props.plugins, ({ name, version }) => ({ name, version })),
      datasource: {
        name: this.props.displayName ?? this.datasourceUid,
        type,
        access,
        url,
        isDefault,
        editable,
        basicAuth: basicAuthUser === undefined ? undefined : true,
        basicAuthUser,
        jsonData,
        // The operator puts the values in, not Flux.
        secureJsonData: secure.length === 0 ? undefined : Object.fromEntries(secure.map(({ field, text }) => [field, Variable.literal(text)])),
      },
      valuesFrom: list(secure.flatMap(({ field, text }) => keysIn(text).map(key => ({ field, key }))), ({ field, key }) => ({
        targetPath: `secureJsonData.${field}`, valueFrom: { secretKeyRef: { name: this.secretName, key } },
      })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { grafana, secret, basicAuthUser, secureJsonData = {} } = this.props;
    const start = `the GrafanaDatasource "${this.name}"`;
    return [
      ...uidProblems(start, this.datasourceUid),
      ...instanceProblems(start, grafana),
      ...this.secureFields().filter(({ text }) => keysIn(text).length === 0).map(({ field }) =>
        `${start} has the secret ${field} as it is, which would be in the repository; expected a text with a key of its Secret, such as \${token}: `
        + 'name the key, and the Secret with secret.'),
      ...!secret && this.secureFields().some(({ text }) => keysIn(text).length > 0) ? [
        `${start} names keys in secureJsonData and no Secret that has them; expected one: say with secret where it comes from.`,
      ] : [],
      ...secret && Object.keys(secureJsonData).length === 0 ? [
        `${start} has a Secret and nothing that is read from it; expected a field such as httpHeaderValue1: name it in secureJsonData.`,
      ] : [],
      ...basicAuthUser !== undefined && secureJsonData.basicAuthPassword === undefined ? [
        `${start} signs in as "${basicAuthUser}" without a password; expected basicAuthPassword in secureJsonData: add it.`,
      ] : [],
    ];
  }

  private secureFields(): { field: string; text: string }[] {
    return Object.entries(this.props.secureJsonData ?? {}).map(([field, text]) => ({ field, text }));
  }
}

/** Keys of a Secret that a text names. */
function keysIn(text: string): string[] {
  return [...new Set([...text.matchAll(KEY)].map(([, key]) => key))];
}
