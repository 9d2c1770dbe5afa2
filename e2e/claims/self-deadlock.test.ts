/** A Kustomization that needs what it brings itself (docs/checks/self-deadlock.md). */
import { Component, flux } from 'cdk8s-strata';
import { definition } from './definitions';
import { CHART, RELEASE, WIDGET } from './operator';
import { allRights, DEPLOYER, serviceAccount } from './rights';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';
import { ACCEPTED, assumeCilium, CLASS, PARAMETERS } from '../../test/checks/gateway-fixtures';

const CHECK = 'self-deadlock';

const DEFINITION = definition('Widget');

/** A HelmRelease that brings an API, and an object of it: in the same stage, or in one after it. */
function operator(widget: 'beside' | 'after'): Program {
  return props => {
    const checked = new CheckedPlatform({ ...props, inferDependencies: true });
    const component = checked.component('operator', CHART, RELEASE, ...widget === 'beside' ? [WIDGET] : []);
    component.declare({ apis: [{ group: 'example.com', kinds: ['Widget'] }] });
    const layer = checked.layer('operator', [component], { dependsOn: [checked.namespaces] });
    if (widget === 'after') {
      layer.addStage('operator-widgets', { components: [checked.component('widgets', WIDGET)] });
    }
    return checked;
  };
}

test('a custom resource beside the HelmRelease that brings its definition never comes, nor does the HelmRelease; in a stage after it both do', async () => {
  const seconds = await Scene.converges(`${CHECK}-release-mended`, operator('after'));
  await Scene.play(`${CHECK}-release`, operator('beside'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('operator')[0].message).toMatch(/^Widget\/apps\/blue dry-run failed: no matches for kind "Widget" in version "example.com\/v1"/);
    expect(scene.object('HelmRelease', 'operator', 'apps')).toBeUndefined();
    await scene.push(operator('after'));
    await scene.converges();
  });
});

test('a custom resource beside its definition comes at the first attempt', async () => {
  const program: Program = props => {
    const checked = new CheckedPlatform(props);
    checked.layer('apps', [checked.component('widgets', WIDGET, DEFINITION)], { dependsOn: [checked.namespaces], prune: false });
    return checked;
  };
  await Scene.play(`${CHECK}-definition`, program, [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
    expect(scene.object('Widget', 'blue', 'apps')).toBeDefined();
  });
});

const ACCOUNT = serviceAccount(DEPLOYER);
const BINDING = allRights('ClusterRoleBinding', DEPLOYER);
const SETTINGS: ObjectFixture = { name: 'settings' };

/** A layer that Flux applies as a ServiceAccount, with what of that comes before it and what is beside it. */
function deployer(before: ObjectFixture[], beside: ObjectFixture[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const dependsOn = [checked.namespaces, ...before.length === 0 ? [] : [checked.layer('accounts', [checked.component('accounts', ...before)])]];
    checked.layer('apps', [checked.component('web', SETTINGS, ...beside)], { dependsOn, serviceAccountName: DEPLOYER.name });
    return checked;
  };
}

test('the rights of the ServiceAccount that Flux acts as never come with what is applied as it; in a layer before they do', async () => {
  const seconds = await Scene.converges(`${CHECK}-account-mended`, deployer([ACCOUNT, BINDING], []));
  await Scene.play(`${CHECK}-account`, deployer([ACCOUNT], [BINDING]), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/dry-run failed \(Forbidden\): .* "system:serviceaccount:flux-system:deployer" cannot patch resource/);
    await scene.push(deployer([ACCOUNT, BINDING], []));
    await scene.converges();
  });
});

test('the ServiceAccount itself comes at the first attempt with what is applied as it, where its rights are there before', async () => {
  await Scene.play(`${CHECK}-rights`, deployer([BINDING], [ACCOUNT]), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
    expect(scene.object('ServiceAccount', 'deployer', 'flux-system')).toBeDefined();
  });
});

const VALUES: ObjectFixture = { name: 'values', namespace: 'flux-system', fields: { data: { greeting: 'hello' } } };

/** A layer whose variables are in a ConfigMap, which comes before it or with it. */
function variables(where: 'before' | 'beside'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const values: Component = checked.component('values', VALUES);
    const before = where === 'before' ? [checked.layer('values', [values])] : [];
    checked.layer('apps', [checked.component('web', SETTINGS), ...where === 'beside' ? [values] : []], {
      dependsOn: [checked.namespaces, ...before], postBuild: { substituteFrom: [flux.VariableSource.configMap('values')] },
    });
    return checked;
  };
}

test('variables in the Kustomization that needs them never come, nor does anything of it; in a layer before they do', async () => {
  const seconds = await Scene.converges(`${CHECK}-variables-mended`, variables('before'));
  await Scene.play(`${CHECK}-variables`, variables('beside'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/substitute from 'ConfigMap\/values' error: configmaps "values" not found/);
    await scene.push(variables('before'));
    await scene.converges();
  });
});

/** A GatewayClass, and the parameters that its controller wants to see: before it or beside it. */
function gatewayClass(where: 'before' | 'beside', ...healthCheckExprs: flux.HealthCheckExpression[]): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    assumeCilium(checked);
    const parameters = checked.component('parameters', PARAMETERS);
    const before = where === 'before' ? [checked.layer('parameters', [parameters], { dependsOn: [checked.namespaces] })] : [];
    checked.layer('gateways', [checked.component('class', CLASS), ...where === 'beside' ? [parameters] : []], {
      dependsOn: [checked.namespaces, ...before], wait: true, healthCheckExprs,
    });
    return checked;
  };
}

test('the parameters of a GatewayClass never come beside it where an expression wants it to be accepted; before it they do, and without the expression', async () => {
  const seconds = await Scene.converges(`${CHECK}-class-mended`, gatewayClass('before', ACCEPTED));
  await Scene.play(`${CHECK}-class`, gatewayClass('beside', ACCEPTED), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('gateways')[0].message).toMatch(/timeout waiting for: \[GatewayClass\/class status: 'InProgress'\]/);
    // Not with the parameters moved: an attempt that is under way would still apply them, and the next one would prune them (docs/checks/duplicate-object.md).
    await scene.push(gatewayClass('beside'));
    await scene.converges();
  });
});

test('they come at the first attempt where nothing judges it', async () => {
  await Scene.play(`${CHECK}-class-unjudged`, gatewayClass('beside'), [], async scene => {
    await scene.converges();
    expect(scene.run.history.failures).toEqual([]);
  });
});
