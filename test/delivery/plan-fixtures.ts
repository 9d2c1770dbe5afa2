import { ObjectId, objectId } from '../../src/delivery/object-id';
import { Provision } from '../../src/delivery/provisions';
import { referenceTable } from '../../src/delivery/references';
import { Plan } from '../../src/delivery/rules';
import { JsonObject } from '../../src/synth/json';

const FLUX = 'kustomize.toolkit.fluxcd.io/v1';
const SOURCE = objectId('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'flux-system');

/** APIs that are there before Flux starts. */
const APIS = [
  '/*', 'apps/*', 'rbac.authorization.k8s.io/*', 'apiextensions.k8s.io/*', 'storage.k8s.io/*', 'kustomize.toolkit.fluxcd.io/*', 'source.toolkit.fluxcd.io/*', 'helm.toolkit.fluxcd.io/*',
  'external-secrets.io/*',
];

/** What a test says of a Kustomization. */
export interface KustomizationFixture {
  readonly name: string;
  readonly dependsOn?: string[];
  readonly wait?: boolean;
  readonly healthChecks?: { apiVersion: string; kind: string; name: string; namespace?: string }[];
  /** Kind and name of where they are: `ConfigMap vars`. */
  readonly variables?: string;
  readonly account?: string;
  /** Whether another one's objects hold it, and not the bootstrap's. */
  readonly nested?: boolean;
  readonly objects: JsonObject[];
}

/** An object with a name, in the namespace `team` unless it says another one or none. */
export function object(apiVersion: string, kind: string, name: string, fields: JsonObject = {}, namespace: string | undefined = 'team'): JsonObject {
  return { apiVersion, kind, metadata: { name, ...namespace === '' ? {} : { namespace } }, ...fields };
}

/** The Flux Kustomization of a fixture, as an object that another one may apply. */
export function kustomization({ name, dependsOn = [], wait, healthChecks, variables, account }: Omit<KustomizationFixture, 'objects' | 'nested'>): JsonObject {
  return object(FLUX, 'Kustomization', name, {
    spec: JSON.parse(JSON.stringify({
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      dependsOn: dependsOn.map(on => ({ name: on })),
      wait,
      healthChecks,
      postBuild: variables && { substituteFrom: [{ kind: variables.split(' ')[0], name: variables.split(' ')[1] }] },
      serviceAccountName: account,
    })),
  }, 'flux-system');
}

/** A cluster whose bootstrap applies these Kustomizations; the namespaces `team` and `flux-system` and the usual APIs are there. */
export function plan(fixtures: readonly KustomizationFixture[], declared: Readonly<Record<string, Provision>> = {}): Plan {
  const own = fixtures.map(fixture => ({ manifest: kustomization(fixture), objects: fixture.objects, nested: fixture.nested }));
  const root = kustomization({ name: 'flux-system' });
  const there: ObjectId[] = [SOURCE, objectId(FLUX, 'Kustomization', 'flux-system', 'flux-system'), objectId('v1', 'Namespace', 'team'), objectId('v1', 'Namespace', 'flux-system')];
  return {
    kustomizations: [{ manifest: root, objects: own.filter(({ nested }) => nested !== true).map(({ manifest }) => manifest) }, ...own],
    declared: Object.entries(declared).map(([by, provision]) => ({ by: [by], provision })),
    assumed: { objects: there, apis: APIS, controllers: ['external-secrets.io'] },
    references: referenceTable(),
  };
}
