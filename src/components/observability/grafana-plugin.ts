/** A plugin of Grafana, which the operator installs for the object that needs it. */
export interface GrafanaPlugin {
  /** Id of the plugin: `victoriametrics-logs-datasource`. */
  readonly name: string;

  /** Version: `1.2.3`. Where several objects ask for the plugin, the newest counts. */
  readonly version: string;
}
