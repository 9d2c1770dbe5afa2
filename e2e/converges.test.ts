/**
 * "If it synthesizes, an empty cluster that is pointed at the repository converges": the examples, each of their clusters from nothing on. Nobody touches
 * anything from the bootstrap on.
 */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Delivery, EksPlatform } from 'cdk8s-strata';
import { platformOf } from './harness/examples';
import { Failure, History, Kind } from './harness/history';
import { Internet } from './harness/internet';
import { isReady, stateOf } from './harness/readiness';
import { TestCluster } from './harness/test-cluster';
import { until } from './harness/until';
import { pointAt, prepare } from './played/bootstrap';
import { Operators } from './played/operators';
import { addStandIns } from './played/stand-ins';
import { Webhooks } from './played/webhooks';
import { idText, objectId } from '../src/delivery/object-id';
import { planOf } from '../src/delivery/plan';
import { prove } from '../src/delivery/proof';
import { referenceTable } from '../src/delivery/references';
import { ready, tried } from '../src/delivery/rules';

const MINUTES = 20;

/** Beside what a platform delivers. */
const FURTHER_KINDS: readonly Kind[] = [
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'], ['source.toolkit.fluxcd.io/v1', 'GitRepository'], ['apps/v1', 'Deployment'], ['v1', 'Secret'],
  ['v1', 'Service'], ['v1', 'ServiceAccount'], ['v1', 'ConfigMap'],
];

// On some clusters pods take their time: what is in order must not depend on it.
describe.each([
  { example: 'platform', repository: 'github.com/acme/platform', clusters: [{ name: 'mycluster-0', startSeconds: 0 }] },
  {
    example: 'fleet',
    repository: 'github.com/acme/fleet',
    clusters: [{ name: 'dev', startSeconds: 0 }, { name: 'staging', startSeconds: 10 }, { name: 'production', startSeconds: 30 }],
  },
])('the example $example', ({ example, repository, clusters }) => {
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-strata-e2e-'));
  let internet: Internet;
  let platform: EksPlatform;

  beforeAll(async () => {
    internet = await Internet.start(join(work, 'git'));
    platform = platformOf(example, internet.mirrors, join(work, 'gitops'));
    internet.git.commit(repository, platform.files());
  });

  afterAll(async () => {
    await internet.stop();
    rmSync(work, { recursive: true, force: true });
  });

  describe.each(clusters)('cluster $name, pods in $startSeconds s', ({ name, startSeconds }) => {
    let cluster: TestCluster;
    let webhooks: Webhooks;
    let operators: Operators;
    let delivery: Delivery;
    let history: History;

    beforeAll(async () => {
      delivery = platform.delivery(name);
      cluster = await TestCluster.start(`converges-${example}-${name}`);
      webhooks = await Webhooks.start(cluster.api, cluster.controlPlane.serving);
      addStandIns(internet, delivery, webhooks, startSeconds);
      history = new History(cluster.api, [...kindsOf(delivery), ...FURTHER_KINDS], join(cluster.logs, 'history.log'));
      await history.begin();
      await prepare(cluster.api, delivery);
      operators = new Operators(cluster.api, startSeconds);
      await cluster.startFlux();
      await pointAt(cluster.api, internet, repository, delivery);
    });

    afterAll(async () => {
      history?.end();
      await operators?.stop();
      await webhooks?.stop();
      await cluster?.stop();
    });

    test('every object comes to be there, and everything becomes ready that a controller looks after', async () => {
      const start = Date.now();
      await until(`${name} converges`, MINUTES * 60, async () => {
        cluster.processes.check();
        operators.check();
        return unreadyIn(delivery, history).length === 0 ? true : undefined;
      }, () => `Not ready:\n${unreadyIn(delivery, history).join('\n')}\nAsked for and not there: ${[...internet.missed].join(', ') || 'nothing'}`);
      console.log(`${example}, ${name}: converged after ${Math.round((Date.now() - start) / 1000)} s`);
    });

    test('no Kustomization failed for something that the proof calls ordered', () => {
      // Where something only settles, Flux may fail at the object that needs it, and names it: `ClusterIssuer/letsencrypt dry-run failed …`.
      const settling = delivery.requirements.filter(({ strength, verdict }) => ['build', 'apply'].includes(strength) && verdict !== 'ordered');
      const mayBe = ({ name: failed, message }: Failure): boolean => settling.some(({ kustomization, object }) =>
        kustomization === failed && (object === undefined || message.includes(object.replace(' ', '/'))));
      expect(history.failures.filter(failure => failure.kind === 'Kustomization' && !mayBe(failure))).toEqual([]);
    });

    test('no HelmRelease failed', () => {
      expect(history.failures.filter(({ kind }) => kind === 'HelmRelease')).toEqual([]);
    });

    test('everything came in an order that the plan allows', () => {
      const { events } = prove(planOf(delivery, referenceTable()));
      const kustomizations = delivery.kustomizations.map(kustomization =>
        objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', kustomization.name, kustomization.namespace));
      const moments = kustomizations.flatMap(id => [tried(id), ready(id)]);
      const { first } = history;
      const pairs = moments.flatMap(moment => [...events.implied(moment)].filter(event => first.has(event)).map(event => ({ event, moment })));
      const late = pairs.filter(({ event, moment }) => first.get(event)! > (first.get(moment) ?? 0));
      expect(late.map(({ event, moment }) => `${event} after ${moment}`)).toEqual([]);
      expect(pairs.length).toBeGreaterThan(1000);
      console.log(`${example}, ${name}: ${pairs.length} pairs of events in order`);
    });
  });
});

function kindsOf({ kustomizations, beside }: Delivery): Kind[] {
  return [...kustomizations.flatMap(({ objects }) => objects), ...beside].map(({ apiVersion, kind }) => [apiVersion, kind] as const);
}

/** What is delivered and not there, or not ready, in words. */
function unreadyIn(delivery: Delivery, history: History): string[] {
  const delivered = [
    ...delivery.kustomizations.map(({ name, namespace }) => objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, namespace)),
    ...delivery.kustomizations.flatMap(({ objects }) => objects)
      .map(({ apiVersion, kind, name, namespace }) => objectId(apiVersion, kind, name, namespace)),
  ].map(idText);
  return delivered.flatMap(id => {
    const object = history.objects.get(id);
    return !object ? [`${id}: not there`] : isReady(object) ? [] : [stateOf(object)];
  });
}
