import { SecretSource } from '../security/secret-source';

/** The PostgreSQL database in which Grafana keeps what people make: users, their dashboards, annotations. */
export interface GrafanaDatabase {
  /** Host, and port where it is not 5432: `grafana-db-rw:5432`. */
  readonly host: string;

  /**
   * Name of the database.
   *
   * @default 'grafana'
   */
  readonly name?: string;

  /** The Secret with the keys `username` and `password`. */
  readonly credentials: SecretSource;

  /**
   * Whether the connection is encrypted.
   *
   * @default true
   */
  readonly tls?: boolean;
}
