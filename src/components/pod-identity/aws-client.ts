import { ServiceAccountReference } from './service-account-reference';
import { Statement } from './statement';

/** A component whose pods call APIs of AWS: `podIdentities.addClient(component)` gives them the rights. */
export interface IAwsClient {
  /** The ServiceAccount that they run as. */
  readonly serviceAccount: ServiceAccountReference;

  /** What they do on AWS; nothing if there is none. */
  readonly awsStatements: Statement[];
}
