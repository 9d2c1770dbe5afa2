import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DashboardSource } from './dashboard-source';
import { IGrafana } from './grafana';
import { IGrafanaDatasource } from './grafana-datasource';
import { instanceFields, instanceProblems, uidProblems } from './grafana-fields';
import { folderReference, IGrafanaFolder } from './grafana-folder';
import { GrafanaPlugin } from './grafana-plugin';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { list } from '../../flux/reference';

/** What can be said of a dashboard beside where it is and for whom. */
export interface GrafanaDashboardOptions {
  /**
   * The folder that it is in.
   *
   * @default - one with the name of the namespace, which the operator makes
   */
  readonly folder?: IGrafanaFolder;

  /**
   * The datasources that it asks for: name of the input → datasource. `{ DS_PROMETHEUS: metrics }` fills in `${DS_PROMETHEUS}`.
   *
   * @default - none
   */
  readonly inputs?: { [name: string]: IGrafanaDatasource };

  /**
   * Its uid, which is in its URL, instead of the one in its JSON. It cannot be changed, added or taken away afterwards.
   *
   * @default - the one in its JSON; where that has none, the name of the object
   */
  readonly uid?: string;

  /**
   * Plugins that it needs.
   *
   * @default - none
   */
  readonly plugins?: GrafanaPlugin[];

  /**
   * How often the operator compares it with what is in Grafana.
   *
   * @default - as the operator does it: 10 minutes
   */
  readonly resyncPeriod?: Duration;

  /**
   * After how long a dashboard that the operator fetches is fetched anew.
   *
   * @default - when its address changes
   */
  readonly contentCacheDuration?: Duration;
}

export interface GrafanaDashboardProps extends GrafanaDashboardOptions {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Grafana that it is for, in whatever namespace. */
  readonly grafana: IGrafana;

  /** Where its JSON comes from. */
  readonly source: DashboardSource;
}

/**
 * A dashboard.
 *
 * Its JSON may have `${…}` and `$__interval` in it: they are Grafana's, and Flux leaves them as they are.
 *
 * @see https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export class GrafanaDashboard extends TypedObject {
  private readonly props: GrafanaDashboardProps;

  constructor(scope: Construct, id: string, props: GrafanaDashboardProps) {
    super(scope, id, 'grafana.integreatly.org/v1beta1', 'GrafanaDashboard', props.metadata);
    this.props = props;
  }

  /** @internal */
  protected _spec(): object {
    const { grafana, source, folder, inputs = {}, uid, plugins, resyncPeriod, contentCacheDuration } = this.props;
    const { namespace } = this.apiObject.metadata;
    const reference = folderReference(folder, namespace);
    return {
      ...instanceFields(grafana, namespace),
      resyncPeriod: resyncPeriod && goDuration(resyncPeriod),
      uid,
      folderRef: reference.ref,
      folderUID: reference.uid,
      plugins: list(plugins, ({ name, version }) => ({ name, version })),
      datasources: list(Object.entries(inputs), ([inputName, { datasourceUid }]) => ({ inputName, datasourceName: datasourceUid })),
      contentCacheDuration: contentCacheDuration && goDuration(contentCacheDuration),
      ...source._toJson(uid ?? this.name),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { grafana, source, uid } = this.props;
    const start = `the GrafanaDashboard "${this.name}"`;
    const model = source._model;
    return [
      ...source._problems.map(problem => `${start} ${problem}`),
      ...uidProblems(start, uid ?? (model && (model.uid || this.name))),
      ...instanceProblems(start, grafana),
      ...this.inputProblems(start),
    ];
  }

  /** A datasource that is not filled in is one that Grafana does not find. */
  private inputProblems(start: string): string[] {
    const { source, inputs = {} } = this.props;
    const declared = (source._model?.__inputs ?? []).filter(({ type }) => type === 'datasource').map(({ name }) => name);
    const missing = declared.filter(name => inputs[name] === undefined && source._names(name));
    const unknown = Object.keys(inputs).filter(name => source._names(name) === false);
    return [
      ...missing.map(name => `${start} asks for the datasource \${${name}}, which it is not given; expected one for each of its inputs: add inputs: { ${name}: … }.`),
      ...unknown.map(name => `${start} is given the input ${name}, which its JSON does not name; expected ${declared.join(', ') || 'none'}: correct the name, or take it out.`),
    ];
  }
}
