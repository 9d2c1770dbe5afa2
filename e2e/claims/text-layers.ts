import { Variable } from 'cdk8s-strata';
import { Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

/**
 * A layer for each object, in which Flux substitutes, because of the variable `zone` in another one. That one, `<layer>-beside`, has nothing wrong with it,
 * and is there once Flux applies anything of the layer's last apply stage.
 */
export function addLayers(checked: CheckedPlatform, objects: Readonly<Record<string, ObjectFixture>>): void {
  for (const [layer, object] of Object.entries(objects)) {
    const beside = { name: `${layer}-beside`, fields: { data: { zone: `${Variable.of('zone')}` } } };
    checked.layer(layer, [checked.component(layer, object, beside)], { dependsOn: [checked.namespaces] });
  }
}

/** The same with ConfigMaps, which are named as their layer is, and hold a text each. */
export function addTexts(checked: CheckedPlatform, texts: Readonly<Record<string, string>>): void {
  addLayers(checked, Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { name, fields: { data: { text } } }])));
}

/** The texts of these ConfigMaps, as the API server has them. */
export function textsIn(scene: Scene, texts: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.keys(texts).map(name => [name, scene.object('ConfigMap', name, 'apps')?.data?.text]));
}

/** Whether what is beside the objects of these layers is there. */
export function besideIn(scene: Scene, layers: Readonly<Record<string, unknown>>): Record<string, boolean> {
  return Object.fromEntries(Object.keys(layers).map(layer => [layer, scene.object('ConfigMap', `${layer}-beside`, 'apps') !== undefined]));
}
