import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Area, Component } from '../../platform';

export interface CrossplaneProvidersProps {
  /**
   * AWS services whose provider is installed.
   *
   * @default - `iam` and `eks`: what pod identities need
   */
  readonly services?: string[];
}

/** Crossplane's AWS providers, and the functions that Compositions are made of. */
export class CrossplaneProviders extends Component {
  /** ServiceAccount, in Crossplane's namespace, that the AWS providers run as. Something outside the cluster gives it rights on AWS. */
  public static readonly SERVICE_ACCOUNT = 'provider-aws';

  constructor(scope: Construct, id: string, props: CrossplaneProvidersProps = {}) {
    super(scope, id, { area: Area.INFRASTRUCTURE });
    const runtime = new ApiObject(this, 'runtime', {
      apiVersion: 'pkg.crossplane.io/v1beta1',
      kind: 'DeploymentRuntimeConfig',
      metadata: { name: 'provider-aws' },
      spec: { serviceAccountTemplate: { metadata: { name: CrossplaneProviders.SERVICE_ACCOUNT } } },
    });
    for (const service of props.services ?? ['iam', 'eks']) {
      this.addPackage('Provider', `provider-aws-${service}`, 'v2.6.0', { runtimeConfigRef: { name: runtime.name } });
    }
    this.addPackage('Function', 'function-go-templating', 'v0.11.0');
    this.addPackage('Function', 'function-auto-ready', 'v0.7.0');
  }

  private addPackage(kind: string, name: string, version: string, spec: object = {}): void {
    new ApiObject(this, name, {
      apiVersion: 'pkg.crossplane.io/v1',
      kind,
      metadata: { name },
      spec: { package: `xpkg.crossplane.io/crossplane-contrib/${name}:${version}`, ...spec },
    });
  }
}
