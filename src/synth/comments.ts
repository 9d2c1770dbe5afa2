import { IConstruct } from 'constructs';
import { Comments } from './yaml';

const METADATA_TYPE = 'cdk8s-strata/comments';

/** Lets a construct say which comments its object carries; asked when the object is rendered. */
export function provideComments(object: IConstruct, produce: () => Comments): void {
  object.node.addMetadata(METADATA_TYPE, produce);
}

/** The comments that were provided for an object. */
export function commentsOf(object: IConstruct): Comments {
  const producers = object.node.metadata.filter(entry => entry.type === METADATA_TYPE).map(entry => entry.data as () => Comments);
  return Object.assign({}, ...producers.map(produce => produce()));
}
