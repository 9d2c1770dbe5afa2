/** A variable of a cluster that nothing on it uses (docs/checks/unused-variable.md). */
import { Variable } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { textsIn } from './text-layers';
import { CheckedPlatform, ObjectFixture } from '../../test/checks/check-fixtures';

const CHECK = 'unused-variable';

/** A layer that uses `domain`, and none that uses `tier`. */
function platform(variables: { [name: string]: string }, ...more: ObjectFixture[]): Program {
  return props => {
    const checked = new CheckedPlatform(props, { domain: 'example.com', ...variables });
    checked.layer('one', [checked.component('one', { name: 'one', fields: { data: { text: `${Variable.of('domain')}` } } }, ...more)], { dependsOn: [checked.namespaces] });
    return checked;
  };
}

test('nothing happens, with it or without', async () => {
  await Scene.play(CHECK, platform({ tier: 'gold' }), [CHECK], async scene => {
    await scene.converges();
    expect(scene.object('ConfigMap', 'dev-vars', 'flux-system')!.data).toEqual({ domain: 'example.com', tier: 'gold' });
    await scene.push(platform({}));
    await scene.converges();
    expect(scene.object('ConfigMap', 'dev-vars', 'flux-system')!.data).toEqual({ domain: 'example.com' });
    expect(textsIn(scene, { one: '' })).toEqual({ one: 'example.com' });
    expect(scene.run.history.failures).toEqual([]);
  });
});

test('a Kustomization that is delivered as an object reads all of them', async () => {
  const further: ObjectFixture = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    name: 'further',
    namespace: 'flux-system',
    fields: {
      spec: {
        interval: '1h', prune: true, path: 'further', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] },
      },
    },
  };
  await Scene.play(`${CHECK}-read`, platform({ tier: 'gold' }, further), [], async scene => {
    expect(scene.findings.filter(({ check }) => check === CHECK)).toEqual([]);
    await scene.converges();
    expect(textsIn(scene, { further: '' })).toEqual({ further: 'is gold' });
  }, {
    edit: files => {
      files['further/configmap.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: further\n  namespace: apps\ndata:\n  text: is ${tier}\n';
    },
  });
});
