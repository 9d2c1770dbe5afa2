import { writeFileSync } from 'fs';
import { join } from 'path';
import { JsonObject } from '../../src/synth/json';
import { strategicMerge } from '../../src/synth/strategic-merge';
import { kustomizeBuild } from '../kustomize';
import { temporaryFolder } from '../temporary-folder';

/** What kustomize makes of the object and the patch. */
function kustomized(object: JsonObject, patch: JsonObject): unknown {
  const directory = temporaryFolder();
  const { apiVersion, kind } = object;
  const { name } = object.metadata as JsonObject;
  const document = { apiVersion, kind, ...patch, metadata: { name, ...patch.metadata as JsonObject } };
  writeFileSync(join(directory, 'object.yaml'), JSON.stringify(object));
  writeFileSync(join(directory, 'kustomization.yaml'), JSON.stringify({
    resources: ['object.yaml'],
    patches: [{ target: { kind, name }, patch: JSON.stringify(document) }],
  }));
  return kustomizeBuild(directory)[0];
}

const CONTAINERS: JsonObject[] = [
  {
    name: 'web',
    image: 'web:1',
    args: ['--port', '80'],
    env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'C', value: '3' }],
    ports: [{ containerPort: 80, name: 'http' }, { containerPort: 9090, name: 'metrics' }],
    resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m' } },
    volumeMounts: [{ mountPath: '/data', name: 'data' }, { mountPath: '/etc/web', name: 'config' }],
  },
  { name: 'sidecar', image: 'sidecar:1' },
];

const POD: JsonObject = {
  containers: CONTAINERS,
  initContainers: [{ name: 'migrate', image: 'web:1' }],
  resourceClaims: [{ name: 'a' }],
  schedulingGates: [{ name: 'a' }],
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { zone: 'a', size: 'large' },
  tolerations: [{ key: 'spot', operator: 'Exists' }],
  topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }],
  volumes: [{ name: 'data', emptyDir: {} }, { name: 'config', configMap: { name: 'web', items: [{ key: 'a', path: 'a' }] } }],
};

function deployment(pod: JsonObject = POD): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: {
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: pod },
    },
  };
}

test.each<[string, JsonObject]>([
  ['changes an image', { containers: [{ name: 'web', image: 'web:2' }] }],
  ['changes two containers', { containers: [{ name: 'web', image: 'web:2' }, { name: 'sidecar', image: 'sidecar:2' }] }],
  ['adds a container', { containers: [{ name: 'proxy', image: 'proxy:1' }] }],
  ['changes the second container', { containers: [{ name: 'sidecar', image: 'sidecar:2' }] }],
  ['adds a container before and one after', { containers: [{ name: 'n1', image: 'n' }, { name: 'sidecar', image: 's' }, { name: 'n2', image: 'n' }] }],
  ['merges a container by a directive', { containers: [{ name: 'sidecar', $patch: 'merge', image: 'sidecar:2' }] }],
  ['replaces a container, which changes nothing', { containers: [{ name: 'sidecar', $patch: 'replace', image: 'sidecar:2' }] }],
  ['replaces a container that is not there', { containers: [{ name: 'proxy', $patch: 'replace', image: 'proxy:1' }] }],
  ['replaces every container', { containers: [{ $patch: 'replace' }, { name: 'proxy', image: 'proxy:1', tty: null }] }],
  ['replaces every container, by a directive at the end', { containers: [{ name: 'proxy', image: 'proxy:1' }, { $patch: 'replace' }] }],
  ['replaces every container by none', { containers: [{ $patch: 'replace' }] }],
  ['deletes the list of containers', { containers: [{ $patch: 'delete' }, { name: 'proxy' }] }],
  ['names a container twice', { containers: [{ name: 'web', image: 'first' }, { name: 'web', image: 'second' }] }],
  ['names a new container twice', { containers: [{ name: 'proxy', image: 'first' }, { name: 'proxy', image: 'second' }] }],
  ['adds two containers', { containers: [{ name: 'proxy', image: 'proxy:1' }, { name: 'agent', image: 'agent:1' }] }],
  ['adds a container in front and changes the first', { containers: [{ name: 'proxy', image: 'p' }, { name: 'web', image: 'web:2' }] }],
  ['deletes a container', { containers: [{ name: 'sidecar', $patch: 'delete' }] }],
  ['deletes every container', { containers: [{ name: 'web', $patch: 'delete' }, { name: 'sidecar', $patch: 'delete' }] }],
  ['deletes a container that is not there', { containers: [{ name: 'nobody', $patch: 'delete' }] }],
  ['gives no containers', { containers: [] }],
  ['changes a variable of the environment', { containers: [{ name: 'web', env: [{ name: 'A', value: '9' }] }] }],
  ['adds a variable of the environment', { containers: [{ name: 'web', env: [{ name: 'Z', value: '9' }, { name: 'A', value: '0' }] }] }],
  ['deletes a variable of the environment', { containers: [{ name: 'web', env: [{ name: 'B', $patch: 'delete' }] }] }],
  ['reads a variable of the environment from a Secret', {
    containers: [{ name: 'web', env: [{ name: 'A', value: null, valueFrom: { secretKeyRef: { name: 's', key: 'a' } } }] }],
  }],
  ['removes the environment', { containers: [{ name: 'web', env: null }] }],
  ['replaces arguments', { containers: [{ name: 'web', args: ['--help'] }] }],
  ['empties arguments', { containers: [{ name: 'web', args: [] }] }],
  ['removes arguments', { containers: [{ name: 'web', args: null }] }],
  ['adds a command', { containers: [{ name: 'web', command: ['web'] }] }],
  ['renames a port', { containers: [{ name: 'web', ports: [{ containerPort: 80, name: 'web' }] }] }],
  ['changes a port that has no protocol by one that has', { containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 'TCP', name: 'a' }] }] }],
  ['deletes a port that has no protocol by one that has', { containers: [{ name: 'web', ports: [{ containerPort: 80, protocol: 'TCP', $patch: 'delete' }] }] }],
  ['adds a port with a protocol', { containers: [{ name: 'web', ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 9090, name: 'm' }] }] }],
  ['adds a port', { containers: [{ name: 'web', ports: [{ containerPort: 8443, name: 'https' }] }] }],
  ['mounts another volume at a path', { containers: [{ name: 'web', volumeMounts: [{ mountPath: '/data', name: 'config' }] }] }],
  ['mounts one volume more', { containers: [{ name: 'web', volumeMounts: [{ mountPath: '/tmp', name: 'data' }] }] }],
  ['unmounts a volume', { containers: [{ name: 'web', volumeMounts: [{ mountPath: '/etc/web', $patch: 'delete' }] }] }],
  ['removes a limit', { containers: [{ name: 'web', resources: { limits: { cpu: null } } }] }],
  ['removes every request', { containers: [{ name: 'web', resources: { requests: null } }] }],
  ['makes a volume another kind of volume', { volumes: [{ name: 'data', emptyDir: null, persistentVolumeClaim: { claimName: 'data' } }] }],
  ['adds a volume', { volumes: [{ name: 'cache', emptyDir: {} }] }],
  ['deletes a volume', { volumes: [{ name: 'data', $patch: 'delete' }] }],
  ['deletes what a list that is not there has not', { ephemeralContainers: [{ name: 'a', $patch: 'delete' }, { name: 'b', image: null, tty: true }] }],
  ['deletes all of a list that is not there', { containers: [{ name: 'sidecar', env: [{ name: 'A', $patch: 'delete' }] }] }],
  ['replaces a volume, which changes nothing', { volumes: [{ name: 'data', $patch: 'replace', configMap: { name: 'c' } }] }],
  ['replaces resource claims', { resourceClaims: [{ name: 'b' }] }],
  ['replaces scheduling gates', { schedulingGates: [{ name: 'b' }] }],
  ['adds an init container and changes the other', { initContainers: [{ name: 'wait', image: 'w' }, { name: 'migrate', image: 'web:2' }] }],
  ['adds a pull secret', { imagePullSecrets: [{ name: 'mirror' }] }],
  ['replaces tolerations', { tolerations: [{ key: 'gpu', operator: 'Exists' }] }],
  ['changes a spread', { topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule' }] }],
  ['adds a spread', { topologySpreadConstraints: [{ topologyKey: 'host', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }] }],
  ['adds a spread of the same topology', { topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 2, whenUnsatisfiable: 'ScheduleAnyway' }] }],
  ['changes a spread without saying which', { topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 2 }] }],
  ['adds a host alias', { hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] }],
  ['merges a mapping', { nodeSelector: { zone: 'b', arch: 'arm64' } }],
  ['removes a key of a mapping', { nodeSelector: { zone: null } }],
  ['removes every key of a mapping', { nodeSelector: { zone: null, size: null } }],
  ['replaces a mapping', { nodeSelector: { $patch: 'replace', arch: 'arm64' } }],
  ['removes a mapping', { nodeSelector: null }],
  ['deletes a mapping', { nodeSelector: { $patch: 'delete' } }],
  ['deletes a mapping that is not there', { securityContext: { $patch: 'delete' } }],
  ['merges nothing into a mapping', { nodeSelector: {} }],
  ['adds an empty mapping', { securityContext: {} }],
  ['adds a mapping', { securityContext: { fsGroup: 1000, runAsUser: null } }],
  ['removes what is not there', { securityContext: null, priorityClassName: null }],
])('a patch of a pod that %s does in the model what it does in kustomize', (_, pod) => {
  const patch = { spec: { template: { spec: pod } } };
  const merged = strategicMerge(deployment(), patch);
  expect(merged).toEqual(kustomized(deployment(), patch));
});

const SERVICE: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', annotations: { old: 'a' } },
  spec: { selector: { app: 'web' }, externalIPs: ['10.0.0.1'], ports: [{ port: 80, name: 'http', targetPort: 8080 }, { port: 443, name: 'https' }] },
};

const DNS: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'dns', namespace: 'shop' },
  spec: { ports: [{ port: 53, protocol: 'TCP', name: 'tcp' }, { port: 53, protocol: 'UDP', name: 'udp' }, { port: 80, name: 'http' }] },
};

const HALF_DNS: JsonObject = { ...DNS, spec: { ports: [{ port: 53, protocol: 'UDP', name: 'udp' }, { port: 53, name: 'tcp' }] } };

const ACCOUNT: JsonObject = {
  apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' }, secrets: [{ name: 'a' }], imagePullSecrets: [{ name: 'a' }],
};

const CRON_JOB: JsonObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'report', namespace: 'shop' },
  spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'a:1' }] } } } } },
};

const UNKNOWN: JsonObject = {
  apiVersion: 'apps/v1', kind: 'Nope', metadata: { name: 'nope', namespace: 'shop', finalizers: ['acme.io/a'] }, spec: { containers: [{ name: 'a' }] },
};

const SLICE: JsonObject = {
  apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: 'web', namespace: 'shop' }, addressType: 'IPv4', endpoints: [], ports: [{ port: 1 }],
};

const SCALER: JsonObject = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', finalizers: ['acme.io/a'] }, spec: {} };

const CUSTOM: JsonObject = {
  apiVersion: 'acme.io/v1',
  kind: 'Thing',
  metadata: { name: 'thing', namespace: 'shop', finalizers: ['acme.io/a'] },
  spec: { containers: [{ name: 'a', size: 1 }, { name: 'b' }], env: [{ name: 'A' }], list: [1, 2], deep: { a: 1, b: { c: [1], d: 'x' } } },
};

const OWNER: JsonObject = { apiVersion: 'v1', kind: 'Secret', name: 'a', uid: '1' };

const CONFIG: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', labels: { a: 'b' }, finalizers: ['acme.io/a', 'acme.io/b'], ownerReferences: [OWNER] },
  data: { a: '1', b: '2' },
};

const ROLE: JsonObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'reader' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};

const WEBHOOKS: JsonObject = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'guard' },
  webhooks: [{ name: 'a.acme.io', failurePolicy: 'Fail', rules: [{ operations: ['*'] }] }, { name: 'b.acme.io', failurePolicy: 'Fail' }],
};

const POLICY: JsonObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] },
};

const FOREIGN_POD: JsonObject = {
  apiVersion: 'apps.acme.io/v1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
};

test.each<[string, JsonObject, JsonObject]>([
  ['changes a scalar', deployment(), { spec: { replicas: 3 } }],
  ['replaces a strategy', deployment(), { spec: { strategy: { $patch: 'replace', type: 'Recreate' } } }],
  ['adds labels', deployment(), { metadata: { labels: { team: 'a' } } }],
  ['changes a port of a Service', SERVICE, { spec: { ports: [{ port: 80, targetPort: 9090 }] } }],
  ['adds a port to a Service', SERVICE, { spec: { ports: [{ port: 8080, name: 'alt' }] } }],
  ['deletes a port of a Service', SERVICE, { spec: { ports: [{ port: 443, $patch: 'delete' }] } }],
  ['changes a port of a Service by its protocol', DNS, { spec: { ports: [{ port: 53, protocol: 'UDP', targetPort: 9 }] } }],
  ['adds ports beside protocols', DNS, { spec: { ports: [{ port: 80, targetPort: 9 }, { port: 81 }, { port: 53, protocol: 'SCTP' }] } }],
  ['deletes one of two protocols', DNS, { spec: { ports: [{ port: 53, protocol: 'UDP', $patch: 'delete' }] } }],
  ['deletes a port without a protocol beside protocols', DNS, { spec: { ports: [{ port: 80, $patch: 'delete' }] } }],
  ['deletes a port that has protocols without any', DNS, { spec: { ports: [{ port: 53, $patch: 'delete' }] } }],
  ['changes a port that has protocols without any', DNS, { spec: { ports: [{ port: 53, targetPort: 9 }] } }],
  ['gives a port of a Service a protocol', SERVICE, { spec: { ports: [{ port: 80, protocol: 'TCP', targetPort: 9 }] } }],
  ['changes the second port of a Service', SERVICE, { spec: { ports: [{ port: 443, targetPort: 9 }] } }],
  ['adds a port where a protocol is given only once', HALF_DNS, { spec: { ports: [{ port: 80 }] } }],
  ['adds secrets to a ServiceAccount', ACCOUNT, { secrets: [{ name: 'b' }], imagePullSecrets: [{ name: 'b' }] }],
  ['changes a CronJob', CRON_JOB, {
    spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', args: ['x'] }, { name: 'b' }] } } } } },
  }],
  ['changes an unknown kind of a known group', UNKNOWN, { metadata: { finalizers: ['acme.io/b'] }, spec: { containers: [{ name: 'b' }] } }],
  ['replaces the ports of an EndpointSlice', SLICE, { ports: [{ port: 2 }] }],
  ['adds finalizers', CONFIG, { metadata: { finalizers: ['acme.io/c', 'acme.io/b'] } }],
  ['replaces finalizers', CONFIG, { metadata: { finalizers: [{ $patch: 'replace' }, 'acme.io/c'] } }],
  ['replaces finalizers of a version that kustomize does not know', SCALER, { metadata: { finalizers: ['acme.io/b'] } }],
  ['replaces finalizers of a custom resource', CUSTOM, { metadata: { finalizers: ['acme.io/b'] } }],
  ['adds an owner', CONFIG, { metadata: { ownerReferences: [{ ...OWNER, name: 'b', uid: '2' }] } }],
  ['changes an owner', CONFIG, { metadata: { ownerReferences: [{ uid: '1', controller: true }] } }],
  ['replaces metadata', CONFIG, { metadata: { $patch: 'replace', annotations: { a: 'b' } } }],
  ['replaces labels', CONFIG, { metadata: { labels: { $patch: 'replace', c: 'd' } } }],
  ['deletes labels', CONFIG, { metadata: { labels: { $patch: 'delete' } } }],
  ['removes a label of a pod', deployment(), { spec: { template: { metadata: { labels: { app: null } } } } }],
  ['moves the object', CONFIG, { metadata: { namespace: 'mail' } }],
  ['gives the object a namespace', ROLE, { metadata: { namespace: 'mail' } }],
  ['merges the object by a directive', CONFIG, { $patch: 'merge', data: { c: '3' } }],
  ['deletes the object', CONFIG, { $patch: 'delete' }],
  ['replaces the object, which changes nothing', CONFIG, { $patch: 'replace', data: { c: '3' } }],
  ['deletes a mapping of a custom resource', CUSTOM, { spec: { deep: { $patch: 'delete' }, fresh: { $patch: 'delete' } } }],
  ['has directives in a list of a custom resource', CUSTOM, { spec: { containers: [{ $patch: 'replace' }, { name: 'b', $patch: 'delete', size: null }] } }],
  ['has a list that is called constructor', deployment(), { spec: { constructor: ['a'], toString: ['b'] } }],
  ['replaces a null', { ...CUSTOM, spec: { deep: null, list: null } }, { spec: { deep: { a: 1 }, list: [1] } }],
  ['replaces the addresses of a Service', SERVICE, { spec: { externalIPs: ['10.0.0.2'] } }],
  ['adds an annotation', SERVICE, { metadata: { annotations: { new: 'b' } } }],
  ['changes data', CONFIG, { data: { a: null, b: '', c: '3' } }],
  ['adds a field', CONFIG, { immutable: true }],
  ['replaces the rules of a role', ROLE, { rules: [{ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] }] }],
  ['changes a webhook', WEBHOOKS, { webhooks: [{ name: 'a.acme.io', failurePolicy: 'Ignore' }] }],
  ['adds a webhook', WEBHOOKS, { webhooks: [{ name: 'c.acme.io', failurePolicy: 'Ignore' }] }],
  ['replaces the ports of a NetworkPolicy', POLICY, { spec: { ingress: [{ ports: [{ port: 81 }] }] } }],
  ['replaces the lists of a custom resource', CUSTOM, { spec: { containers: [{ name: 'b', size: 2 }], env: [{ name: 'B' }], list: [3] } }],
  ['empties a list of a custom resource', CUSTOM, { spec: { list: [] } }],
  ['merges the mappings of a custom resource', CUSTOM, { spec: { deep: { a: null, b: { d: 'y', e: 1 } } } }],
  ['replaces a mapping of a custom resource', CUSTOM, { spec: { deep: { $patch: 'replace', z: 1 } } }],
  ['adds to a custom resource', CUSTOM, { spec: { fresh: { a: 1, gone: null }, none: {}, empty: [] } }],
  ['replaces the containers of somebody\'s own workload', FOREIGN_POD, { spec: { template: { spec: { containers: [{ name: 'proxy' }] } } } }],
])('a patch that %s does in the model what it does in kustomize', (_, object, patch) => {
  const merged = strategicMerge(object, patch);
  expect(merged).toEqual(kustomized(object, patch));
});

test.each(['CronJob', 'Job'].map(kind => ['batch/v1', kind]).concat(
  ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'].map(kind => ['apps/v1', kind]),
  ['Pod', 'PodTemplate', 'ReplicationController'].map(kind => ['v1', kind]),
))('the pods of a %s %s are merged as kustomize merges them', (apiVersion, kind) => {
  const nested = (pod: JsonObject): JsonObject => {
    const template = { template: { spec: pod } };
    const byKind: Record<string, JsonObject> = { CronJob: { spec: { jobTemplate: { spec: template } } }, Pod: { spec: pod }, PodTemplate: template };
    return byKind[kind] ?? { spec: template };
  };
  const object = { apiVersion, kind, metadata: { name: 'web' }, ...nested({ containers: [{ name: 'a' }, { name: 'b' }] }) };
  const patch = nested({ containers: [{ name: 'c' }, { name: 'b', image: 'b:2' }] });
  expect(strategicMerge(object, patch)).toEqual(kustomized(object, patch));
});

test.each<[string, JsonObject, JsonObject]>([
  ['spec.template.spec.nodeSelector is a mapping and the patch has a scalar', deployment(), { spec: { template: { spec: { nodeSelector: 'x' } } } }],
  ['spec.template.spec.nodeSelector is a mapping and the patch has a list', deployment(), { spec: { template: { spec: { nodeSelector: [] } } } }],
  ['spec.template.spec.containers is a list and the patch has a mapping', deployment(), { spec: { template: { spec: { containers: {} } } } }],
  ['spec.template.spec.containers[0].image is a scalar and the patch has a list', deployment(), {
    spec: { template: { spec: { containers: [{ name: 'web', image: ['a'] }] } } },
  }],
  ['spec.replicas is a scalar and the patch has a mapping', deployment(), { spec: { replicas: { $patch: 'delete' } } }],
  ['spec.list is a list and the patch has a scalar', CUSTOM, { spec: { list: 1 } }],
])('a patch fails in the model and in kustomize: %s', (message, object, patch) => {
  expect(() => strategicMerge(object, patch)).toThrow(new Error(message));
  expect(() => kustomized(object, patch)).toThrow('wrong node kind');
});

test.each<[string, JsonObject, JsonObject]>([
  ['spec.template.spec.containers[0] has no name', deployment(), { spec: { template: { spec: { containers: [{ image: 'x' }] } } } }],
  ['spec.template.spec.containers[1] has no name', deployment(), { spec: { template: { spec: { containers: [{ name: 'web' }, null] } } } }],
  ['spec.template.spec.containers[0].ports[0] has no containerPort', deployment(), {
    spec: { template: { spec: { containers: [{ name: 'web', ports: [{ name: 'http' }] }] } } },
  }],
  ['spec.template.spec.containers[1] has no name', deployment({}), {
    spec: { template: { spec: { containers: [{ name: 'web' }, { $patch: 'replace' }] } } },
  }],
  ['spec.ports[0] has no port', SERVICE, { spec: { ports: [{ name: 'http', targetPort: 9 }] } }],
  ['metadata.labels.a is null, which kustomize writes as the text "null"; remove it with Patch.json6902', CONFIG, { metadata: { labels: { a: null } } }],
  ['metadata.annotations.old is null, which kustomize writes as the text "null"; remove it with Patch.json6902', SERVICE, {
    metadata: { annotations: { new: 'a', old: null } },
  }],
  ['metadata.labels is null, which kustomize ignores; remove it with Patch.json6902', CUSTOM, { metadata: { labels: null } }],
  ['metadata.annotations is null, which kustomize ignores; remove it with Patch.json6902', SERVICE, { metadata: { annotations: null } }],
])('a patch that kustomize takes for something else is an error: %s', (message, object, patch) => {
  expect(() => strategicMerge(object, patch)).toThrow(new Error(message));
});

test('the object stays what it is, whatever the patch says', () => {
  const { metadata, ...object } = CONFIG;
  const patch = { apiVersion: 'v2', kind: 'Secret', metadata: { name: 'other', namespace: 'mail', labels: { c: 'd' } }, data: { a: '9' } };
  expect(strategicMerge(CONFIG, patch)).toEqual({
    ...object, metadata: { ...metadata as JsonObject, labels: { a: 'b', c: 'd' } }, data: { a: '9', b: '2' },
  });
  expect(strategicMerge(CONFIG, { metadata: { $patch: 'delete' } })).toEqual({ ...object, metadata: { name: 'settings', namespace: 'shop' } });
});

test('containers are merged by their name', () => {
  const object: JsonObject = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a:1', tty: true }, { name: 'b', image: 'b:1' }] } };
  expect(strategicMerge(object, { spec: { containers: [{ name: 'a', image: 'a:2' }] } })).toEqual({
    apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', image: 'a:2', tty: true }, { name: 'b', image: 'b:1' }] },
  });
});

test('new elements of a list come first', () => {
  const object: JsonObject = { apiVersion: 'v1', kind: 'Pod', spec: { volumes: [{ name: 'a' }] } };
  expect(strategicMerge(object, { spec: { volumes: [{ name: 'b' }, { name: 'c' }] } })?.spec).toEqual({
    volumes: [{ name: 'b' }, { name: 'c' }, { name: 'a' }],
  });
});

test('a list of a custom resource is replaced', () => {
  const object: JsonObject = { apiVersion: 'acme.io/v1', kind: 'Thing', spec: { containers: [{ name: 'a' }] } };
  expect(strategicMerge(object, { spec: { containers: [{ name: 'b' }] } })?.spec).toEqual({ containers: [{ name: 'b' }] });
});

test('neither the object nor the patch is touched', () => {
  const object = deployment();
  const patch = { spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'Z', value: '1' }] }], nodeSelector: { zone: null } } } } };
  strategicMerge(object, patch);
  expect(object).toEqual(deployment());
  expect(patch.spec.template.spec).toEqual({ containers: [{ name: 'web', env: [{ name: 'Z', value: '1' }] }], nodeSelector: { zone: null } });
});
