/** Labels and annotations for every object that Flux applies: on its metadata, not in selectors or templates. */
export interface CommonMetadata {
  /** @default - none */
  readonly labels?: { [key: string]: string };

  /** @default - none */
  readonly annotations?: { [key: string]: string };
}
