import { Area, Cluster, Layer, LayerProps } from '../platform';

/**
 * Secrets, certificates, policies, identity and access: what infrastructure and apps rely on.
 */
export class Security extends Layer {
  /**
   * @param cluster where the layer runs
   * @param id name of the layer and its Kustomization
   * @param props its components, what it depends on, and every field of the Kustomization; the area is `security` if nothing is said
   */
  constructor(cluster: Cluster, id: string, props: LayerProps = {}) {
    super(cluster, id, { ...props, area: props.area ?? Area.SECURITY });
  }
}
