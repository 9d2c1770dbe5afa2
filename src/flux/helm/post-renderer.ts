import { patchesField } from '../common-fields';
import { ImageOverride } from '../image-override';
import { Patch } from '../patch';
import { filled } from '../reference';

/** What kustomize changes in a chart's manifests. */
export interface KustomizePostRendererOptions {
  /** @default - none */
  readonly patches?: Patch[];

  /** @default - none */
  readonly images?: ImageOverride[];
}

/**
 * Changes what a chart renders, before it is applied.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers
 */
export class PostRenderer {
  /** Changes it with kustomize. */
  public static kustomize(options: KustomizePostRendererOptions): PostRenderer {
    return new PostRenderer(() => ({ kustomize: { patches: patchesField(options.patches), images: filled(options.images) } }));
  }

  private constructor(
    /** @internal */
    public readonly _field: () => object,
  ) {}
}

/** Which of a chart's manifests the post-renderers get. */
export enum PostRenderStrategy {
  /** All but the hooks, as with Helm 3. */
  NO_HOOKS = 'nohooks',
  /** Hooks and everything else together, as with Helm 4. */
  COMBINED = 'combined',
  /** Hooks and everything else one after the other. */
  SEPARATE = 'separate',
}
