/** A GatewayClass, which Flux applies and waits for ahead of everything else, and the parameters that it refers to. */
import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { ACCEPTED, assumeCilium, CLASS, PARAMETERS } from './gateway-fixtures';
import { LayerProps } from '../../src';

function gateways(objects: readonly ObjectFixture[], props: LayerProps = {}): CheckedPlatform {
  const checked = new CheckedPlatform();
  assumeCilium(checked);
  checked.layer('gateways', [checked.component('class', ...objects)], { dependsOn: [checked.namespaces], wait: true, ...props });
  return checked;
}

test('its parameters may come after it in the same Kustomization', () => {
  const checked = gateways([CLASS, PARAMETERS]);
  expect(checked.findings()).toEqual([]);
  expect(checked.platform.delivery('dev').requirements.filter(({ at }) => at === 'spec.parametersRef').map(({ verdict }) => verdict)).toEqual(['settles']);
});

test('they may not where an expression judges it', () => {
  expect(gateways([CLASS, PARAMETERS], { healthCheckExprs: [ACCEPTED] }).findings()).toEqual([
    'self-deadlock error dev › flux-system/gateways › GatewayClass class: needs the CiliumGatewayClassConfig apps/parameters (spec.parametersRef), which never comes: its own '
    + 'Kustomization would bring it, and only once this is ready → bring it with a stage or a layer before',
  ]);
});

test('they have to be delivered', () => {
  expect(gateways([CLASS]).findings()).toEqual([
    'reference-not-delivered error dev › flux-system/gateways › GatewayClass class: needs the CiliumGatewayClassConfig apps/parameters (spec.parametersRef), which nothing on this '
    + 'cluster delivers → deliver it, correct the name, say with component.declare(…) which component brings it about, or call cluster.assume(…) where it is there before Flux',
  ]);
});
