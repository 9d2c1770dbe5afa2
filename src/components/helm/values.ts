import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';

/** Values of a chart, as plain data. @internal */
export type Values = { [key: string]: any };

/** Values of a component with the user's on top: mappings are merged, everything else is replaced. @internal */
export function mergeValues(values: Values, overrides: Values = {}): Values {
  const merged = { ...values };
  for (const [key, value] of Object.entries(overrides)) {
    merged[key] = isMapping(merged[key]) && isMapping(value) ? mergeValues(merged[key], value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** `resources` of a container, as Kubernetes and nearly every chart write it; undefined where nothing is said. @internal */
export function resourceValues(resources: ContainerResources | undefined): Values | undefined {
  const { cpu, memory, ephemeralStorage } = resources ?? {};
  const requests = present({ 'cpu': cpu?.request?.amount, 'memory': bytes(memory?.request), 'ephemeral-storage': bytes(ephemeralStorage?.request) });
  const limits = present({ 'cpu': cpu?.limit?.amount, 'memory': bytes(memory?.limit), 'ephemeral-storage': bytes(ephemeralStorage?.limit) });
  return present({ requests, limits });
}

/**
 * Requests for CPU and memory, and a limit on memory. None on CPU: a container that is throttled fails its probes, one that gets
 * what is left does not. @internal
 */
export function usualResources(cpu: Cpu, memory: Size, memoryLimit: Size = memory): ContainerResources {
  return { cpu: { request: cpu }, memory: { request: memory, limit: memoryLimit } };
}

/** What the Pod Security level `restricted` asks of a container, with a root file system that is read-only. @internal */
export const RESTRICTED_CONTAINER: Values = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What the Pod Security level `restricted` asks of a pod. @internal */
export const RESTRICTED_POD: Values = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** The fields that have a value; undefined where none has. @internal */
export function present(fields: Values): Values | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function bytes(size: Size | undefined): string | undefined {
  return size?.asString();
}
