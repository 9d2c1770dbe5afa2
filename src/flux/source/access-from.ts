/** Namespaces, by their labels. */
export interface NamespaceSelector {
  /**
   * Labels that a namespace must have.
   *
   * @default - every namespace
   */
  readonly matchLabels?: { [key: string]: string };
}

/** Namespaces whose objects may refer to an object. */
export interface AccessFrom {
  /** One of them has to match. */
  readonly namespaceSelectors: NamespaceSelector[];
}
