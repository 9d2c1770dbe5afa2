import { PatchTargetSelector } from './patch';

/** Fields of applied objects that Flux leaves to others: drift in them is not corrected. For a Kustomization, it needs Flux 2.9. */
export interface IgnoreRule {
  /** JSON pointers of the fields. */
  readonly paths: string[];

  /**
   * The objects that the rule is for.
   *
   * @default - all
   */
  readonly target?: PatchTargetSelector;
}
