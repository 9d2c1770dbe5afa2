import { Area, Cluster, Layer, LayerProps } from '../platform';

/**
 * Tools for the people of the platform: registry, dashboards, start page.
 */
export class Tooling extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `tooling` if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.TOOLING });
  }
}
