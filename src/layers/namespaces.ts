import { Area, Cluster, Layer, LayerProps } from '../platform';

/**
 * The namespaces. First, because every namespaced object needs its own.
 */
export class Namespaces extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `infrastructure` if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.INFRASTRUCTURE });
  }
}
