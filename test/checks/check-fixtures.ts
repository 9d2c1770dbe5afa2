import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Cluster, Component, Layer, LayerProps, Platform, PlatformProps, Severity, Testing, components } from '../../src';

/** A whole platform with one cluster, whose first layer makes the namespace `apps`. */
export class CheckedPlatform {
  public readonly platform: Platform;
  public readonly cluster: Cluster;
  public readonly namespaces: Layer;

  constructor(props: PlatformProps = {}, variables: { [name: string]: string } = {}) {
    this.platform = Testing.platform({ partial: false, ...props });
    this.cluster = new Cluster(this.platform, 'dev', { variables });
    this.namespaces = this.layer('namespaces', [new components.Namespaces(this.platform, 'namespaces', { names: ['apps'] })]);
  }

  /** A component in the namespace `apps`. */
  public component(id: string, ...objects: ObjectFixture[]): Component {
    const component = new Component(this.platform, id, { area: 'apps', namespace: 'apps' });
    objects.forEach(({ apiVersion = 'v1', kind = 'ConfigMap', name, namespace, ...fields }, i) =>
      new ApiObject(component, `${i}`, { apiVersion, kind, metadata: { name, namespace, ...fields.metadata }, ...fields.fields }));
    return component;
  }

  public layer(id: string, delivered: Component[], props: LayerProps = {}): Layer {
    return new Layer(this.cluster, id, { components: delivered, ...props });
  }

  /** What a check finds, a line each: `error dev › flux-system/apps › ConfigMap apps/settings: what is wrong → how to mend it`. */
  public findings(check?: string): string[] {
    return findingsOf(this.platform, check);
  }
}

/** An object: a ConfigMap, if nothing else is said. */
export interface ObjectFixture {
  readonly name: string;
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly metadata?: ApiObjectMetadata;
  readonly fields?: { [field: string]: any };
}

/** What is found on a platform, a line each; without a check, every error and warning with the check's id in front. */
export function findingsOf(platform: Platform, check?: string): string[] {
  return platform.findings().filter(finding => check === undefined ? finding.severity !== Severity.INFO : finding.check === check)
    .map(({ check: id, severity, cluster, kustomization, object, message, fix }) =>
      `${check === undefined ? `${id} ` : ''}${severity} ${[cluster, kustomization, object].filter(part => part !== undefined).join(' › ')}: ${message} → ${fix}`);
}

/** Fields of a HelmRelease that tries again after a failure. */
export const RETRYING = { install: { strategy: { name: 'RetryOnFailure' } }, upgrade: { strategy: { name: 'RetryOnFailure' } } };
