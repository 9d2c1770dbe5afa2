/** A source that comes after what reads it (docs/checks/source-order.md). */
import { flux, LayerProps } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { chart } from './operator';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';

const CHECK = 'source-order';
const SOURCE_API = 'source.toolkit.fluxcd.io/v1';

/** A release with its source in a registry, and one with its source in a Helm repository. */
const RELEASES: ObjectFixture[] = [
  { chartRef: { kind: 'OCIRepository', name: 'web' } },
  { chart: { spec: { chart: 'shop', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
].map((from, i) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: ['web', 'shop'][i], fields: { spec: { interval: '1h', ...from, ...RETRYING } },
}));
const SOURCES: ObjectFixture[] = [
  chart('web'),
  { apiVersion: SOURCE_API, kind: 'HelmRepository', name: 'charts', fields: { spec: { interval: '1h', url: 'https://charts.example.com' } } },
];
const WITHOUT_SOURCE = /^could not get Source object: OCIRepository\.source\.toolkit\.fluxcd\.io "web" not found/;
const WITHOUT_CHART = /^HelmChart 'apps\/apps-shop' is not ready/;

/** HelmReleases in a layer `apps`, their sources in a layer `charts`, which is ready once they are; which of the two waits for the other. */
function releases(waiting: 'apps' | 'charts' | undefined, release: LayerProps = {}): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const charts = checked.layer('charts', [checked.component('charts', ...SOURCES)], { dependsOn: [checked.namespaces], wait: true });
    const apps = checked.layer('apps', [checked.component('web', ...RELEASES)], { dependsOn: [checked.namespaces], ...release });
    waiting === 'apps' && apps.addDependency(charts);
    waiting === 'charts' && charts.addDependency(apps);
    return checked;
  };
}

const TEAM = 'github.com/acme/team';
const TEAM_FILES = {
  'apps/base/web/configmap.yaml': stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'apps' } }),
};
const WITH_TEAM: SceneOptions = { before: async (_, internet) => internet.git.commit(TEAM, TEAM_FILES) };

/** A layer `apps` of another repository, and a layer `sources` with its GitRepository; which of them waits for the other. */
function repositories(waiting?: 'apps' | 'sources'): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const team = { url: `https://${TEAM}`, interval: '1h', ref: { branch: 'main' } };
    const source: ObjectFixture = { apiVersion: SOURCE_API, kind: 'GitRepository', name: 'team', namespace: 'flux-system', fields: { spec: team } };
    const sources = checked.layer('sources', [checked.component('sources', source)]);
    const apps = checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], source: flux.Source.git('team') });
    waiting === 'apps' && apps.addDependency(sources);
    waiting === 'sources' && sources.addDependency(apps);
    return checked;
  };
}

test.each([
  ['in a layer that waits for it', 'after', releases('charts'), []],
  ['in a layer that neither waits for', 'beside', releases(undefined), [CHECK]],
] as const)('a HelmRelease whose source is %s goes on when the source is there', async (_, name, program, checks) => {
  await Scene.play(`${CHECK}-${name}`, program, checks, async scene => {
    await scene.says('web', WITHOUT_SOURCE);
    await scene.says('shop', WITHOUT_CHART);
    scene.release();
    await scene.converges();
    expect(scene.run.history.failures.filter(({ name: of, message }) => of !== 'apps/web' || !WITHOUT_SOURCE.test(message))).toEqual([]);
  }, { late: ['charts'] });
});

test('a layer that waits for a HelmRelease, and a source that waits for the layer, wait for ever', async () => {
  const mended = releases('apps', { wait: true });
  const seconds = await Scene.converges(`${CHECK}-mended`, mended);
  await Scene.play(`${CHECK}-deadlock`, releases('charts', { wait: true }), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    expect(scene.failuresOf('apps')[0].message).toMatch(/^health check failed after .*: timeout waiting for: \[HelmRelease\/apps\/(shop|web) status: 'InProgress'/);
    await scene.says('web', WITHOUT_SOURCE);
    await scene.says('shop', WITHOUT_CHART);
    await scene.says('charts', /^dependency 'flux-system\/apps' is not ready/);
    await scene.push(mended);
    await scene.converges();
  });
});

test('a layer whose own source waits for it waits for ever, too', async () => {
  const seconds = await Scene.converges(`${CHECK}-own-mended`, repositories('apps'), WITH_TEAM);
  await Scene.play(`${CHECK}-own-deadlock`, repositories('sources'), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('apps', /^GitRepository\.source\.toolkit\.fluxcd\.io "team" not found/);
    await scene.says('sources', /^dependency 'flux-system\/apps' is not ready/);
    await scene.push(repositories('apps'));
    await scene.converges();
  }, WITH_TEAM);
});

test('a layer whose own source comes later goes on when it is there, and not only at its next try', async () => {
  await Scene.play(`${CHECK}-own-late`, repositories(), [], async scene => {
    await scene.says('apps', /^GitRepository\.source\.toolkit\.fluxcd\.io "team" not found/);
    scene.release();
    await scene.converges();
  }, {
    ...WITH_TEAM,
    late: ['sources'],
    edit: files => {
      files['clusters/dev/apps.yaml'] = files['clusters/dev/apps.yaml'].replace(/ *retryInterval: .*\n/, '');
    },
  });
});
