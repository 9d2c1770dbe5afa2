import { Construct } from 'constructs';
import { CrdSource } from './crd-source';
import { ProvidedApi } from '../../flux';
import { Area, Component, ComponentOptions } from '../../platform';
import { System } from '../system';

export interface CrdsProps extends ComponentOptions {
  /** Where the definitions come from. */
  readonly source: CrdSource;

  /**
   * The APIs that they define.
   *
   * @default - those that the repository shows: with `CrdSource.files` all of them, otherwise none
   */
  readonly apis?: ProvidedApi[];
}

/**
 * The CustomResourceDefinitions of a system, ahead of the system: what uses its APIs can then be applied beside it. They are never
 * deleted with what brought them, because every object of their kinds would go with them.
 */
export class Crds extends Component {
  /**
   * The definitions of one of the catalogue's systems, at the version that the platform has of it.
   *
   * @param id name of the directory
   * @throws where the system brings its definitions itself
   */
  public static ofSystem(scope: Construct, id: string, system: System): Crds {
    return new Crds(scope, id, { source: system.definitions(scope), apis: system.apis });
  }

  /**
   * @param scope the platform, or a cluster
   * @param id name of the directory; what fetches the definitions is called `<id>-crds`
   */
  constructor(scope: Construct, id: string, props: CrdsProps) {
    super(scope, id, { ...props, area: Area.CRDS });
    for (const { object, file } of props.source._bind(this, id, props.apis ?? [])) {
      this.setFile(object, file);
    }
  }
}
