/** A source as the objects that read it refer to it. */
export interface SourceReference {
  /**
   * @default - found by Flux from the kind
   */
  readonly apiVersion?: string;

  readonly kind: string;

  readonly name: string;

  /**
   * @default - the namespace of the object that refers to it
   */
  readonly namespace?: string;
}
