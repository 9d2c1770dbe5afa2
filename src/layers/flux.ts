import { Area, Cluster, Layer, LayerProps } from '../platform';

/**
 * Flux itself: its operator, its instance and its notifications. Bootstrapped by hand, then kept up to date from the repository.
 */
export class Flux extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `flux` if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.FLUX });
  }
}
