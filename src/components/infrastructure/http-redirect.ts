/** Where a client is sent to. */
export interface HttpRedirectOptions {
  /**
   * `http` or `https`.
   *
   * @default - that of the request
   */
  readonly scheme?: string;

  /**
   * @default - that of the request
   */
  readonly hostname?: string;

  /**
   * @default - that of the scheme, if it is said; otherwise that of the listener
   */
  readonly port?: number;

  /**
   * The whole path.
   *
   * @default - that of the request
   */
  readonly path?: string;

  /**
   * Whether clients may remember it: status 301 instead of 302.
   *
   * @default false
   */
  readonly permanent?: boolean;
}

/** An answer that sends a client elsewhere. */
export class HttpRedirect {
  /** To the same address by HTTPS, for good. */
  public static toHttps(): HttpRedirect {
    return HttpRedirect.to({ scheme: 'https', permanent: true });
  }

  /** To another address. */
  public static to(options: HttpRedirectOptions): HttpRedirect {
    const { scheme, hostname, port, path, permanent = false } = options;
    return new HttpRedirect({
      scheme,
      hostname,
      path: path === undefined ? undefined : { type: 'ReplaceFullPath', replaceFullPath: path },
      port,
      statusCode: permanent ? 301 : 302,
    });
  }

  private constructor(/** @internal */ public readonly _fields: object) {}
}
