/** How Flux comes onto a cluster. */
export enum FluxBootstrap {
  /**
   * The Flux Operator, and a FluxInstance that says what it installs and which repository it reconciles, with the credentials of a
   * GitHub App. Both are kept up to date from the repository.
   */
  FLUX_OPERATOR = 'FluxOperator',

  /** `flux bootstrap`, which commits Flux's own manifests to `clusters/<cluster>/flux-system/`. */
  FLUX_CLI = 'FluxCli',
}
