/** Versions of a system that differ from those that the catalogue was written for. */
export interface SystemVersions {
  /**
   * Version of the chart that installs it.
   *
   * @default - the catalogue's
   */
  readonly chart?: string;

  /**
   * Version of the system itself: the tag of its definitions, images and packages, as upstream writes it (`v1.18.2`).
   *
   * @default - follows the chart where upstream gives both the same number, otherwise the catalogue's
   */
  readonly app?: string;
}
