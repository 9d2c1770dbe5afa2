/** A source that nobody makes (docs/checks/source-not-delivered.md). */
import { flux } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { chart } from './operator';
import { Program, Scene, SceneOptions } from './scene';
import { CheckedPlatform, ObjectFixture, RETRYING } from '../../test/checks/check-fixtures';
import { packChart } from '../harness/chart';
import { definitionsOfGroup } from '../harness/definitions';

const CHECK = 'source-not-delivered';
const API = 'source.toolkit.fluxcd.io/v1';
const TEAM = 'github.com/acme/team';
const CHARTS = 'charts.example.com';
const TEAM_FILES = {
  'apps/base/team/configmap.yaml': stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'team', namespace: 'apps' } }),
};

/** What the sources fetch. */
const FETCHED: SceneOptions = {
  before: async (_, internet) => {
    internet.git.commit(TEAM, TEAM_FILES);
    internet.addChart(internet.urlOf(CHARTS), packChart('shop', '1.2.3', { definitions: [], objects: [] }));
  },
};

function release(name: string, from: object): ObjectFixture {
  return { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name, fields: { spec: { interval: '1h', ...from, ...RETRYING } } };
}

function fromRepository(sourceRef: object): object {
  return { chart: { spec: { chart: 'shop', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'charts', ...sourceRef } } } };
}

const WEB = release('web', { chartRef: { kind: 'OCIRepository', name: 'web' } });
const CHART = chart('web');
const ELSEWHERE: ObjectFixture = { apiVersion: API, kind: 'HelmRepository', name: 'charts', namespace: 'default', fields: { spec: { interval: '1h', url: `https://${CHARTS}` } } };
const REPOSITORY: ObjectFixture = {
  apiVersion: API, kind: 'GitRepository', name: 'team', namespace: 'flux-system', fields: { spec: { interval: '1h', url: `https://${TEAM}`, ref: { branch: 'main' } } },
};

/**
 * A layer `apps` that waits for two HelmReleases, the source of one in another namespace; a layer `later` that waits for it; and a layer `team` of another
 * repository: with all sources, or as it is with each of them left out or looked for in the wrong namespace.
 */
function platform(complete: boolean): Program {
  return props => {
    const checked = new CheckedPlatform(props);
    const shop = release('shop', fromRepository(complete ? { namespace: 'default' } : {}));
    const apps = checked.layer('apps', [checked.component('web', WEB, shop, ELSEWHERE, ...complete ? [CHART] : [])], { dependsOn: [checked.namespaces], wait: true });
    checked.layer('later', [checked.component('later', { name: 'later' })], { dependsOn: [apps] });
    complete && checked.namespaces.addComponent(checked.component('sources', REPOSITORY));
    checked.layer('team', [checked.component('team', { name: 'team' })], { dependsOn: [checked.namespaces], source: flux.Source.git('team') });
    return checked;
  };
}

/** A HelmRelease whose Helm repository is there before Flux. */
const assumed: Program = props => {
  const checked = new CheckedPlatform(props);
  checked.layer('apps', [checked.component('shop', release('shop', fromRepository({ namespace: 'default' })))], { dependsOn: [checked.namespaces], wait: true });
  checked.cluster.assume({ what: 'the charts', object: { apiVersion: API, kind: 'HelmRepository', name: 'charts', namespace: 'default' } });
  return checked;
};

test('a HelmRelease stays without a chart, what waits for it waits for ever, and a Kustomization is never built', async () => {
  const seconds = await Scene.converges(`${CHECK}-mended`, platform(true), FETCHED);
  await Scene.play(CHECK, platform(false), [CHECK], async scene => {
    expect(await scene.comesToAHalt(seconds)).toEqual([]);
    await scene.says('web', /^could not get Source object: OCIRepository\.source\.toolkit\.fluxcd\.io "web" not found/);
    await scene.says('shop', /^HelmChart 'apps\/apps-shop' is not ready: failed to get source: HelmRepository\.source\.toolkit\.fluxcd\.io "charts" not found/);
    await scene.fails('apps', /^health check failed after .*: timeout waiting for: \[HelmRelease\/apps\/(shop|web) status: 'InProgress'/);
    await scene.says('later', /^dependency 'flux-system\/apps' is not ready/);
    await scene.says('team', /^GitRepository\.source\.toolkit\.fluxcd\.io "team" not found/);
    expect(scene.run.history.attempts.has('flux-system/team')).toBe(false);
    await scene.push(platform(true));
    await scene.converges();
  }, FETCHED);
});

test('it is enough that the source is there before Flux', async () => {
  await Scene.converges(`${CHECK}-assumed`, assumed, {
    before: async (api, internet) => {
      await api.define(...definitionsOfGroup('source.toolkit.fluxcd.io'));
      await api.apply({ apiVersion: API, kind: 'HelmRepository', metadata: { name: 'charts', namespace: 'default' }, spec: { interval: '1h', url: internet.urlOf(CHARTS) } });
      internet.addChart(internet.urlOf(CHARTS), packChart('shop', '1.2.3', { definitions: [], objects: [] }));
    },
  });
});
