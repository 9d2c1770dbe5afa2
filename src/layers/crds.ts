import { Area, Cluster, Layer, LayerProps } from '../platform';

/**
 * The CustomResourceDefinitions. Second, because no custom resource can be applied before its definition.
 *
 * Nothing is ever pruned: with a definition, every object of its kind goes. Where a component brings its definitions by a
 * Kustomization or a HelmRelease of its own, the layer is ready only once that one is; Flux waits for definitions that it applies
 * itself.
 *
 * Reads `crds/base` where it delivers all that the area shares, so that the next system's definitions are one more folder.
 */
export class Crds extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `crds` and `prune` is off
   *   if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.CRDS, prune: props.prune ?? false });
    if (!props.prune) {
      this.firstStage.addComment('/spec/prune', 'Never prune CRDs to avoid data loss');
    }
    this.firstStage.addGate('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
    this.firstStage.addGate('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
  }

  /** @internal */
  public get _readsWholeArea(): boolean {
    return true;
  }
}
