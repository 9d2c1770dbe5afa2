/** A dependency on a Kustomization that does not exist (docs/checks/missing-dependency-target.md). */
import { execFileSync } from 'child_process';
import { flux } from 'cdk8s-strata';
import { Program, Scene } from './scene';
import { CheckedPlatform } from '../../test/checks/check-fixtures';
import { binary } from '../harness/programs';

const CHECK = 'missing-dependency-target';

/** A layer that depends on a Kustomization by its name. */
function dependingOn(name: string): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const apps = checked.layer('apps', [checked.component('web', { name: 'web', namespace: 'default' })]);
    apps.firstStage.addDependency(flux.Kustomization.fromName(name));
    return checked;
  };
}

test('it is looked for beside the one that depends on it, for ever, and never counts as stalled', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, dependingOn('namespaces'));
  await Scene.play(CHECK, dependingOn('namespace'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    const { status } = await scene.says('apps', /^dependency 'flux-system\/namespace' not found/);
    expect(status.conditions.find(({ type }: { type: string }) => type === 'Ready').reason).toBe('DependencyNotReady');
    expect(status.conditions.map(({ type }: { type: string }) => type)).not.toContain('Stalled');
    expect(scene.failuresOf('apps')).toEqual([]);
    await scene.push(dependingOn('namespaces'));
    await scene.converges();
  });
});

test('Flux tries again by itself: once somebody makes the Kustomization, it goes on', async () => {
  await Scene.play(`${CHECK}-later`, dependingOn('namespace'), [CHECK], async scene => {
    await scene.says('apps', /^dependency 'flux-system\/namespace' not found/);
    const { apiVersion, kind, spec, metadata: { namespace } } = scene.object('Kustomization', 'namespaces', 'flux-system')!;
    await scene.api.apply({ apiVersion, kind, metadata: { name: 'namespace', namespace }, spec });
    await scene.converges();
  });
});

test('it tries again every 30 seconds, where Flux is not told otherwise', () => {
  expect(help('kustomize-controller')).toMatch(/--requeue-dependency duration\s.*\(default 30s\)/);
});

/** What a program says of its flags. */
function help(program: string): string {
  return execFileSync('sh', ['-c', '"$0" --help 2>&1 || true', binary(program)], { encoding: 'utf-8' });
}

test('only Kustomizations can be named', async () => {
  const program = dependingOn('namespaces');
  await Scene.play(`${CHECK}-kind`, program, [], async scene => {
    await scene.fails('flux-system', /^Kustomization\/flux-system\/apps dry-run failed.*\.spec\.dependsOn\[.*\]\.kind: field not declared in schema/);
  }, {
    edit: files => {
      files['clusters/dev/apps.yaml'] = files['clusters/dev/apps.yaml'].replace(/- name: namespaces/, '- kind: HelmRelease\n      name: namespaces');
    },
  });
});
