import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GitReference, GitRepository, Kustomization } from '../flux';
import { Area, Component } from '../platform';

export interface GitCrdsProps {
  /** URL of the Git repository. */
  readonly url: string;

  /** Tag; the version of the definitions. */
  readonly tag: string;

  /** Directory with the definitions, for example `config/crds`. */
  readonly path: string;
}

/**
 * CustomResourceDefinitions from a tag of a project's Git repository. Never pruned, and ready once the definitions are
 * established.
 */
export class GitCrds extends Component {
  constructor(scope: Construct, id: string, props: GitCrdsProps) {
    super(scope, id, { area: Area.CRDS });
    const name = `${id}-crds`;
    const repository = new GitRepository(this, 'repository', {
      metadata: { name },
      url: props.url,
      ref: GitReference.tag(props.tag),
      interval: Duration.hours(1),
      // Nothing but the definitions gets into the artifact.
      ignore: `/*\n!/${props.path}\n`,
    });
    const kustomization = new Kustomization(this, name, {
      interval: Duration.hours(1),
      retryInterval: Duration.minutes(1),
      path: `./${props.path}`,
      prune: false,
      source: repository,
    });
    this.setFile(repository, 'gitrepository.yaml');
    this.setFile(kustomization, 'crds.yaml');
  }
}
