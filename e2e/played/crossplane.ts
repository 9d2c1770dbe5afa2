import { PlayedKind, workload } from './operator';
import { hasCondition, isAvailable, World } from './world';
import { definitionsOf } from '../harness/definitions';
import { KubernetesObject } from '../harness/kubernetes-api';

const NAMESPACE = 'crossplane-system';
const runs = (world: World): Promise<boolean> => world.runs('crossplane');

/**
 * A package: it is installed; of a provider, the definitions of the resources that are activated appear; its Deployment starts, with the account that its
 * runtime configuration names; and once that is available it is healthy.
 */
async function reconcilePackage(object: KubernetesObject, world: World): Promise<void> {
  const { name } = object.metadata;
  await world.report(object, { Installed: ['True', 'ActivePackageRevision'], ...hasCondition(object, 'Healthy') ? {} : { Healthy: ['False', 'UnhealthyPackageRevision', 'starting'] } });
  const configuration = await world.find('pkg.crossplane.io/v1beta1', 'DeploymentRuntimeConfig', undefined, object.spec.runtimeConfigRef?.name ?? 'default');
  if (!configuration && object.spec.runtimeConfigRef) {
    return;
  }
  if (object.kind === 'Provider') {
    await define(object, world);
  }
  const account = configuration?.spec?.serviceAccountTemplate?.metadata?.name ?? name;
  const running = await world.find('apps/v1', 'Deployment', NAMESPACE, name);
  if (!running) {
    await world.make(object, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace: NAMESPACE } });
    await world.make(object, workload({ kind: 'Deployment', name, namespace: NAMESPACE, release: name, account, startSeconds: world.startSeconds }));
  } else if (isAvailable(running)) {
    await world.report(object, { Healthy: ['True', 'HealthyPackageRevision'] });
  }
}

/** Definitions of a provider: those of its own configuration at once, those of resources once a policy activates them. */
async function define({ spec }: KubernetesObject, world: World): Promise<void> {
  const service = String(spec.package).match(/provider-(?:family-)?aws(?:-([a-z0-9]+))?:/)?.[1];
  const group = service === undefined ? 'aws.m.upbound.io' : `${service}.aws.m.upbound.io`;
  const policies = await world.list('apiextensions.crossplane.io/v1alpha1', 'ManagedResourceActivationPolicy');
  const active = policies.flatMap(policy => policy.spec.activate as string[]);
  const there = new Set((await world.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition')).map(({ metadata }) => metadata.name));
  const wanted = definitionsOf('provider-aws').filter(definition => definition.spec.group === group && !there.has(definition.metadata.name)
    && (service === undefined || active.some(pattern => new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '.*')}$`).test(definition.metadata.name))));
  await Promise.all(wanted.map(definition => world.apply(definition)));
}

/** A composite type: its definition appears, and once that is established the type is. */
async function reconcileDefinition(object: KubernetesObject, world: World): Promise<void> {
  const definition = await world.find('apiextensions.k8s.io/v1', 'CustomResourceDefinition', undefined, object.metadata.name);
  if (!definition) {
    await world.make(object, definitionOfComposite(object));
  } else if (hasCondition(definition, 'Established')) {
    await world.report(object, { Established: ['True', 'WatchingCompositeResource'] });
  }
}

/** The definition that Crossplane makes of an XRD: see `ForCompositeResource` in `github.com/crossplane/crossplane-runtime/v2/pkg/xcrd`. */
export function definitionOfComposite({ apiVersion, metadata: { name }, spec }: KubernetesObject): KubernetesObject {
  const { group, names, versions, scope = apiVersion.endsWith('/v1') ? 'LegacyCluster' : 'Namespaced', defaultCompositionUpdatePolicy } = spec;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: {
      group,
      names: { listKind: `${names.kind}List`, singular: names.kind.toLowerCase(), ...names, categories: [...names.categories ?? [], 'composite'] },
      scope: scope === 'Namespaced' ? 'Namespaced' : 'Cluster',
      versions: versions.map((version: any) => ({
        name: version.name,
        served: version.served,
        storage: version.referenceable,
        deprecated: version.deprecated,
        deprecationWarning: version.deprecationWarning,
        additionalPrinterColumns: version.additionalPrinterColumns,
        subresources: { status: {}, scale: version.subresources?.scale },
        schema: { openAPIV3Schema: composite(version.schema.openAPIV3Schema, scope, defaultCompositionUpdatePolicy) },
      })),
    },
  };
}

/** The schema of a composite type: some of what its author wrote, and what Crossplane itself keeps there. */
function composite(schema: any, scope: string, updatePolicy?: string): object {
  const { metadata, spec = {}, status = {} } = schema.properties ?? {};
  const machinery = compositionFields(scope, updatePolicy);
  return {
    'type': 'object',
    'description': schema.description,
    'required': ['spec'],
    'x-kubernetes-validations': schema['x-kubernetes-validations'],
    'properties': {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: {
        type: 'object',
        properties: { name: { ...metadata?.properties?.name, type: 'string', maxLength: Math.min(63, metadata?.properties?.name?.maxLength ?? 63) } },
      },
      spec: {
        type: 'object',
        ...taken(spec, 'x-kubernetes-preserve-unknown-fields'),
        properties: { ...spec.properties, ...scope === 'LegacyCluster' ? machinery : { crossplane: { type: 'object', properties: machinery } } },
      },
      status: { type: 'object', ...taken(status), properties: { ...status.properties, ...statusFields(scope) } },
    },
  };
}

/** What Crossplane takes from the schema of `spec` or `status`, beside the fields. */
function taken(schema: any, ...further: readonly string[]): object {
  return Object.fromEntries(['description', 'required', 'oneOf', 'x-kubernetes-validations', ...further].map(keyword => [keyword, schema[keyword]]));
}

const text = { type: 'string' };

function mapping(required: readonly string[], fields: readonly string[] = required): object {
  return { type: 'object', required, properties: Object.fromEntries(fields.map(field => [field, text])) };
}

function compositionFields(scope: string, updatePolicy?: string): object {
  const selector = { type: 'object', required: ['matchLabels'], properties: { matchLabels: { type: 'object', additionalProperties: text } } };
  const resource = mapping(['apiVersion', 'kind'], ['apiVersion', 'kind', 'name', ...scope === 'Namespaced' ? [] : ['namespace']]);
  return {
    compositionRef: mapping(['name']),
    compositionSelector: selector,
    compositionRevisionRef: mapping(['name']),
    compositionRevisionSelector: selector,
    compositionUpdatePolicy: { type: 'string', enum: ['Automatic', 'Manual'], default: updatePolicy },
    resourceRefs: { 'type': 'array', 'items': resource, 'x-kubernetes-list-type': 'atomic' },
    ...scope === 'LegacyCluster'
      ? { claimRef: mapping(['apiVersion', 'kind', 'namespace', 'name']), writeConnectionSecretToRef: mapping(['name', 'namespace']) }
      : {},
  };
}

function statusFields(scope: string): object {
  const moment = { type: 'string', format: 'date-time' };
  return {
    conditions: {
      'type': 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      'items': {
        type: 'object',
        required: ['lastTransitionTime', 'reason', 'status', 'type'],
        properties: { lastTransitionTime: moment, message: text, reason: text, status: text, type: text, observedGeneration: { type: 'integer', format: 'int64' } },
      },
    },
    ...scope === 'LegacyCluster'
      ? {
        connectionDetails: { type: 'object', properties: { lastPublishedTime: moment } },
        claimConditionTypes: { 'type': 'array', 'x-kubernetes-list-type': 'set', 'items': text },
      }
      : {},
  };
}

export const CROSSPLANE: readonly PlayedKind[] = [
  { apiVersion: 'pkg.crossplane.io/v1', kind: 'Provider', operated: runs, reconcile: reconcilePackage, isReady: object => hasCondition(object, 'Healthy') },
  { apiVersion: 'pkg.crossplane.io/v1', kind: 'Function', operated: runs, reconcile: reconcilePackage, isReady: object => hasCondition(object, 'Healthy') },
  {
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    operated: runs,
    reconcile: reconcileDefinition,
    isReady: object => hasCondition(object, 'Established'),
  },
  compositeKind('cloud.ogenki.io/v1alpha1', 'EKSPodIdentity'),
];

/**
 * A composite resource: it is synced once its type is established, a composition for it is there and the functions of that are healthy; and ready at the
 * next look, when what it consists of is.
 */
export function compositeKind(apiVersion: string, kind: string): PlayedKind {
  const [group] = apiVersion.split('/');
  return {
    apiVersion,
    kind,
    operated: async world => (await world.list('apiextensions.crossplane.io/v2', 'CompositeResourceDefinition'))
      .some(definition => definition.spec.group === group && definition.spec.names.kind === kind && hasCondition(definition, 'Established')),
    reconcile: async (object, world) => {
      const composition = (await world.list('apiextensions.crossplane.io/v1', 'Composition')).find(({ spec: { compositeTypeRef } }) =>
        compositeTypeRef.apiVersion === apiVersion && compositeTypeRef.kind === kind);
      const functions = (await world.list('pkg.crossplane.io/v1', 'Function')).filter(candidate => hasCondition(candidate, 'Healthy')).map(({ metadata }) => metadata.name);
      const missing = ((composition?.spec.pipeline ?? []) as any[]).map(step => step.functionRef.name).filter(name => !functions.includes(name));
      const configured = (await world.list('aws.m.upbound.io/v1beta1', 'ClusterProviderConfig')).length > 0;
      if (!composition || missing.length > 0) {
        await world.report(object, { Synced: ['False', 'ReconcileError', composition ? `no function ${missing.join(', ')}` : 'no composition'] });
      } else if (!hasCondition(object, 'Synced')) {
        await world.report(object, { Synced: ['True', 'ReconcileSuccess'], Ready: ['False', 'Creating'] });
      } else if (configured) {
        await world.report(object, { Ready: ['True', 'Available'] });
      }
    },
    isReady: object => hasCondition(object, 'Synced') && hasCondition(object, 'Ready'),
  };
}
