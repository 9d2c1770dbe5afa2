/**
 * "If it synthesizes, an empty cluster that is pointed at the repository converges": the examples, each of their clusters from nothing on. Nobody touches
 * anything from the bootstrap on.
 */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Delivery, EksPlatform } from 'cdk8s-strata';
import { platformOf } from './harness/examples';
import { Failure } from './harness/history';
import { Internet } from './harness/internet';
import { Run } from './played/run';
import { objectId } from '../src/delivery/object-id';
import { planOf } from '../src/delivery/plan';
import { prove } from '../src/delivery/proof';
import { referenceTable } from '../src/delivery/references';
import { ready, tried } from '../src/delivery/rules';

const MINUTES = 20;

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
    let delivery: Delivery;
    let run: Run;

    beforeAll(async () => {
      delivery = platform.delivery(name);
      run = await Run.start({ name: `converges-${example}-${name}`, internet, repository, delivery, startSeconds });
    });

    afterAll(() => run?.stop());

    test('every object comes to be there, and everything becomes ready that a controller looks after', async () => {
      await run.converges(MINUTES);
      console.log(`${example}, ${name}: converged after ${run.seconds} s`);
    });

    test('no Kustomization failed for something that the proof calls ordered', () => {
      // Where something only settles, Flux may fail at the object that needs it, and names it: `ClusterIssuer/letsencrypt dry-run failed …`.
      const settling = delivery.requirements.filter(({ strength, verdict }) => ['build', 'apply'].includes(strength) && verdict !== 'ordered');
      const mayBe = ({ name: failed, message }: Failure): boolean => settling.some(({ kustomization, object }) =>
        kustomization === failed && (object === undefined || message.includes(object.replace(' ', '/'))));
      expect(run.history.failures.filter(failure => failure.kind === 'Kustomization' && !mayBe(failure))).toEqual([]);
    });

    test('no HelmRelease failed', () => {
      expect(run.history.failures.filter(({ kind }) => kind === 'HelmRelease')).toEqual([]);
    });

    test('everything came in an order that the plan allows', () => {
      const { events } = prove(planOf(delivery, referenceTable()));
      const { first } = run.history;
      const kustomizations = delivery.kustomizations.map(kustomization =>
        objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', kustomization.name, kustomization.namespace));
      const moments = kustomizations.flatMap(id => [tried(id), ready(id)]);
      const pairs = moments.flatMap(moment => [...events.implied(moment)].filter(event => first.has(event)).map(event => ({ event, moment })));
      const late = pairs.filter(({ event, moment }) => first.get(event)! > (first.get(moment) ?? 0));
      expect(late.map(({ event, moment }) => `${event} after ${moment}`)).toEqual([]);
      expect(pairs.length).toBeGreaterThan(1000);
      console.log(`${example}, ${name}: ${pairs.length} pairs of events in order`);
    });
  });
});
