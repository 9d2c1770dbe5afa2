/** Another name, tag or digest for an image. */
export interface ImageOverride {
  /** Name of the image as the manifests have it, without tag. */
  readonly name: string;

  /** @default - the name stays */
  readonly newName?: string;

  /** @default - the tag stays */
  readonly newTag?: string;

  /**
   * Replaces the tag.
   *
   * @default - none
   */
  readonly digest?: string;
}
