import { ISecretReference } from './security/external-secret';
import { SecretSource } from './security/secret-source';

/**
 * How far a client of PostgreSQL trusts the connection.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS
 */
export enum DatabaseSslMode {
  /** No encryption. */
  DISABLE = 'disable',
  /** Encrypted, with whatever certificate the server has. */
  REQUIRE = 'require',
  /** Encrypted, and an authority that is trusted signed the server's certificate. */
  VERIFY_CA = 'verify-ca',
  /** As `VERIFY_CA`, and the certificate is for the host. */
  VERIFY_FULL = 'verify-full',
}

/** A database of a PostgreSQL server that something else runs: a managed one, or CloudNativePG. */
export interface DatabaseConnection {
  /** Name or address of the server. */
  readonly host: string;

  /**
   * @default 5432
   */
  readonly port?: number;

  /** Name of the database, which is there. */
  readonly database: string;

  /** User that owns the database. */
  readonly username: string;

  /** Its password, at the key `password`. */
  readonly password: SecretSource;

  /**
   * @default DatabaseSslMode.REQUIRE
   */
  readonly sslMode?: DatabaseSslMode;

  /**
   * Secret with the certificate of the authority that signed the server's, at the key `ca.crt`.
   *
   * @default - those that the system's image trusts
   */
  readonly certificateAuthority?: ISecretReference;
}
