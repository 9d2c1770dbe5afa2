/** Kustomizations that wait for each other (docs/checks/dependency-cycle.md). */
import { readFileSync } from 'fs';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { flux } from 'cdk8s-strata';
import { chart, release } from './operator';
import { Program, Scene } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'dependency-cycle';

/**
 * Two layers, one of which depends on the other, and each on the other if there is a circle. Beside them `outside`, which waits for nobody, and `brisk`, which looks
 * at the repository by itself every 15 seconds; everything else does so every 10 minutes.
 *
 * @param content what all their ConfigMaps say
 */
function twoLayers(circle: 'circle' | 'row', content = 'first'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const layer = (id: string, interval = Duration.minutes(10)) =>
      checked.layer(id, [checked.component(`${id}-settings`, { name: id, namespace: 'default', fields: { data: { content } } })], { interval });
    layer('outside');
    layer('brisk', Duration.seconds(15));
    const [security, infrastructure] = ['security', 'infrastructure'].map(id => layer(id));
    infrastructure.addDependency(security);
    infrastructure.addDependency(checked.namespaces);
    if (circle === 'circle') {
      security.addDependency(infrastructure);
    }
    return checked;
  };
}

const contentOf = (scene: Scene, name: string): unknown => scene.object('ConfigMap', name, 'default')?.data.content;

/** What kustomize-controller wrote into its log. */
const logOf = (scene: Scene): string => readFileSync(join(scene.run.cluster.logs, 'kustomize-controller.log'), 'utf-8');

test('without a circle, a new commit reaches everything at once, and nothing waits for its interval', async () => {
  await Scene.play(`${CHECK}-row`, twoLayers('row'), [], async scene => {
    await scene.converges();
    await scene.push(twoLayers('row', 'second'));
    await Promise.all(['outside', 'security', 'infrastructure'].map(name => scene.applies(name)));
    expect(contentOf(scene, 'outside')).toBe('second');
  });
});

test('layers that wait for each other never come, and nobody says why; nothing of the repository gets a new commit, what mends it included', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, twoLayers('row'));
  await Scene.play(CHECK, twoLayers('circle'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('security', /^dependency 'flux-system\/infrastructure' is not ready$/);
    await scene.says('infrastructure', /^dependency 'flux-system\/security' is not ready$/);
    expect(scene.run.history.failures).toEqual([]);
    const events = await scene.api.list('v1', 'Event');
    expect(events.filter(({ involvedObject, message }) => involvedObject.name === 'security' && /^Dependencies do not meet ready condition/.test(message))).not.toEqual([]);
    expect(events.filter(({ message }) => /circ|cycl/i.test(message))).toEqual([]);

    for (const [circle, content] of [['circle', 'second'], ['circle', 'third'], ['row', 'mended']] as const) {
      scene.commit(twoLayers(circle, content), circle === 'circle' ? [CHECK] : []);
      await scene.run.fetch(scene.delivery);
      await scene.applies('brisk');
      expect(contentOf(scene, 'brisk')).toBe(content);
      expect(contentOf(scene, 'outside')).toBe('first');
    }
    expect(logOf(scene)).toMatch(/failed to sort dependencies for revision change.*circular dependency detected: flux-system\/\w+ -> flux-system\/\w+ -> /);

    // As `flux reconcile kustomization flux-system` does: the circle is gone, and what it depends on has the old commit.
    await scene.run.reconciled('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'flux-system');
    await scene.says('infrastructure', /^dependency 'flux-system\/namespaces' revision is not up to date$/);
    await scene.applies('security');
    expect(contentOf(scene, 'outside')).toBe('first');
    // The next commit reaches everything.
    await scene.push(twoLayers('row', 'next'));
    await scene.converges();
    await Promise.all(['outside', 'security', 'infrastructure'].map(name => scene.applies(name)));
    expect(contentOf(scene, 'infrastructure')).toBe('next');
  });
});

test('after a restart of kustomize-controller, what mends a circle reaches everything', async () => {
  await Scene.play(`${CHECK}-restart`, twoLayers('circle'), [CHECK], async scene => {
    await scene.says('security', /^dependency 'flux-system\/infrastructure' is not ready$/);
    await scene.says('infrastructure', /^dependency 'flux-system\/security' is not ready$/);
    await scene.applies('brisk');
    scene.commit(twoLayers('row', 'mended'));
    await scene.run.fetch(scene.delivery);
    await scene.applies('brisk');
    await scene.says('infrastructure', /^dependency 'flux-system\/security' is not ready$/);
    await scene.run.cluster.processes.restart('kustomize-controller');
    await Promise.all(['outside', 'security', 'infrastructure'].map(name => scene.applies(name)));
    expect(contentOf(scene, 'outside')).toBe('mended');
    await scene.converges();
  });
});

/** A layer that applies a Kustomization, which may depend on it. */
function parent(options: { readonly wait: boolean; readonly childWaits: boolean }): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const component = checked.component('nested');
    const child = new flux.Kustomization(component, 'child', { path: './child' });
    const layer = checked.layer('parent', [component], { wait: options.wait });
    if (options.childWaits) {
      child.addDependency(layer.firstStage);
    }
    return checked;
  };
}

const CHILD = { edit: (files: { [path: string]: string }) => { files['child/configmap.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: child, namespace: default}\n'; } };

test('a layer that waits for the health of a Kustomization which depends on it never becomes ready, until one of both no longer waits', async () => {
  const seconds = await Scene.converges(`${CHECK}-hidden-mended`, parent({ wait: true, childWaits: false }), CHILD);
  await Scene.converges(`${CHECK}-hidden-unchecked`, parent({ wait: false, childWaits: true }), CHILD);
  await Scene.play(`${CHECK}-hidden`, parent({ wait: true, childWaits: true }), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('child', /^dependency 'flux-system\/parent' is not ready$/);
    expect(scene.failuresOf('parent')[0].message).toMatch(/timeout waiting for: \[Kustomization\/flux-system\/child status: 'InProgress'\]$/);
    await scene.push(parent({ wait: true, childWaits: false }));
    await scene.converges();
  }, CHILD);
});

const TEAM: ObjectFixture = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  name: 'team',
  namespace: 'flux-system',
  fields: { spec: { interval: '1h', url: 'https://github.com/acme/platform', ref: { branch: 'main' } } },
};

/** A layer `apps` that reads a source, which a layer delivers that may depend on it. */
function sourceLater(later: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const apps = checked.layer('apps', [checked.component('web', { name: 'web', namespace: 'default' })], { source: flux.Source.git('team') });
    checked.layer('sources', [checked.component('team', TEAM)], { dependsOn: later ? [apps] : [] });
    return checked;
  };
}

test('a layer whose source comes only with a layer after it never comes', async () => {
  const seconds = await Scene.converges(`${CHECK}-source-mended`, sourceLater(false));
  await Scene.play(`${CHECK}-source`, sourceLater(true), ['source-order'], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('apps', /"team" not found$/);
    await scene.says('sources', /^dependency 'flux-system\/apps' is not ready$/);
    await scene.push(sourceLater(false));
    await scene.converges();
  });
});

/** HelmReleases of which one, or each, depends on the other. */
function releases(circle: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const after = (name: string, ...others: string[]): ObjectFixture =>
      release(name, { chartRef: { kind: 'OCIRepository', name: 'chart' }, ...RETRYING, dependsOn: others.map(other => ({ name: other })) });
    const component = checked.component('web', chart('chart'), after('one', 'two'), circle ? after('two', 'one') : after('two'));
    checked.layer('apps', [component], { dependsOn: [checked.namespaces] });
    return checked;
  };
}

test('HelmReleases that wait for each other never come', async () => {
  const seconds = await Scene.converges(`${CHECK}-releases-mended`, releases(false));
  await Scene.play(`${CHECK}-releases`, releases(true), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('one', /^dependency 'apps\/two' is not ready$/);
    await scene.says('two', /^dependency 'apps\/one' is not ready$/);
    await scene.push(releases(false));
    await scene.converges();
  });
});
