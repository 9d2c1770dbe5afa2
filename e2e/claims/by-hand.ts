/** What a test does to a cluster by itself, in place of an operator, and when things happened there. */
import { Scene } from './scene';
import { ObjectId, objectId } from '../../src/delivery/object-id';
import { exists, ready, tried } from '../../src/delivery/rules';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { KubernetesObject } from '../harness/kubernetes-api';
import { workload } from '../played/operator';

const GROUP = 'example.com';
const MINUTES = 5;

/** An object of a kind that no operator looks at. */
export function widget(name: string, kind = 'Widget'): ObjectFixture {
  return { apiVersion: `${GROUP}/v1`, kind, name };
}

/** A Deployment in the namespace `apps` whose pods are ready at once. */
export function deployment(name: string): ObjectFixture {
  const { apiVersion, kind, spec } = workload({ kind: 'Deployment', name, namespace: 'apps', release: name, startSeconds: 0 });
  return { apiVersion, kind, name, fields: { spec } };
}

/** Has the kinds of `widget` defined before Flux starts. */
export function assumeWidgets({ cluster }: CheckedPlatform, ...kinds: readonly string[]): void {
  cluster.assume({ what: 'definitions', apis: [{ group: GROUP, kinds: [...kinds] }] });
}

/** Says of a widget, once it is there, what its operator would, and tells when: as etcd's revision. */
export async function report(scene: Scene, { kind, name }: ObjectFixture, status: object): Promise<number> {
  const found = await there(scene, kind!, name);
  const { metadata } = await scene.api.patch(found, { status }, '/status');
  return Number(metadata.resourceVersion);
}

/** A status with one condition. */
export function condition(type: string, status: string): object {
  return { conditions: [{ type, status, reason: 'Reported', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' }] };
}

/** Waits until an object in the namespace `apps` is there. */
export async function there(scene: Scene, kind: string, name: string): Promise<KubernetesObject> {
  return scene.run.until(`${kind} ${name} is there`, MINUTES, () => scene.object(kind, name, 'apps'));
}

/** Waits until a Kustomization is ready, and tells when: as etcd's revision. */
export async function becomesReady(scene: Scene, name: string): Promise<number> {
  return scene.run.until(`${name} is ready`, MINUTES, () => readyAt(scene, name));
}

/** Waits until Flux has tried a Kustomization so many times. */
export async function isTried(scene: Scene, name: string, times = 1): Promise<void> {
  await scene.run.until(`${name} is tried ${times} times`, MINUTES, () => (scene.run.history.attempts.get(`flux-system/${name}`) ?? 0) >= times || undefined);
}

/** Waits until Flux has tried each of these Kustomizations three more times, and until it took three times as long as the mended platform did. */
export async function areTriedInVain(scene: Scene, names: readonly string[], seconds: number): Promise<void> {
  await Promise.all(names.map(name => isTried(scene, name, (scene.run.history.attempts.get(`flux-system/${name}`) ?? 0) + 3)));
  await scene.run.until('the mended platform would be there', MINUTES, () => scene.run.seconds >= 3 * seconds || undefined);
}

/** When a Kustomization was first ready, as etcd's revision; not at all where it never was. */
export function readyAt({ run }: Scene, name: string): number | undefined {
  return run.history.first.get(ready(kustomization(name)));
}

/** When Flux first began with a Kustomization, as etcd's revision; not at all where it never did. */
export function triedAt({ run }: Scene, name: string): number | undefined {
  return run.history.first.get(tried(kustomization(name)));
}

/** When an object in the namespace `apps` was first there, and when it was first ready, as etcd's revisions. */
export function momentsOf({ run: { history: { first } } }: Scene, apiVersion: string, kind: string, name: string): Moments {
  const id = objectId(apiVersion, kind, name, 'apps');
  return { there: first.get(exists(id)), ready: first.get(ready(id)) };
}

interface Moments {
  readonly there?: number;
  readonly ready?: number;
}

function kustomization(name: string): ObjectId {
  return objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system');
}
