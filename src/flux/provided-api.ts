/** An API that comes to be on the cluster without being an object of the repository. */
export interface ProvidedApi {
  /** API group. */
  readonly group: string;

  /**
   * @default - every kind of the group
   */
  readonly kinds?: string[];
}
