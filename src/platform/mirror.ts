/** A place from which what a URL prefix names is fetched instead, for networks without access to the internet. */
export interface Mirror {
  /** Prefix of URLs, up to a `/`: `https://github.com`, `oci://ghcr.io/fluxcd`, `ghcr.io/fluxcd` for images. */
  readonly from: string;

  /** What takes its place: `https://git.example.com/mirrors/github`. */
  readonly to: string;

  /**
   * Whether the mirror is reached by plain HTTP; written where the kind has a field for it.
   *
   * @default false
   */
  readonly insecure?: boolean;
}
