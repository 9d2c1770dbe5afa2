/** What synth adds to the order is needed: without it, what the proof says of a race happens. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { platformOf } from './harness/examples';
import { Internet } from './harness/internet';
import { Run } from './played/run';

const REPOSITORY = 'github.com/acme/platform';
const MINUTES = 10;

describe('the example platform without the health checks that synth adds, pods in 30 s', () => {
  const work = mkdtempSync(join(tmpdir(), 'cdk8s-strata-e2e-'));
  let internet: Internet;
  let run: Run;

  beforeAll(async () => {
    internet = await Internet.start(join(work, 'git'));
    const platform = platformOf('platform', internet.mirrors, join(work, 'gitops'));
    const delivery = platform.delivery('mycluster-0');
    const files = platform.files();
    const edited = Object.fromEntries(delivery.inferred.map(({ to, healthCheck }) => {
      const { file } = delivery.kustomizations.find(({ name, namespace }) => `${namespace}/${name}` === to)!;
      const kustomization = parse(files[file]);
      kustomization.spec.healthChecks = kustomization.spec.healthChecks.filter(({ name }: { name: string }) => name !== healthCheck?.name);
      files[file] = stringify(kustomization);
      return [file, files[file]];
    }));
    expect(Object.keys(edited)).toEqual(['clusters/mycluster-0/security.yaml']);
    internet.git.commit(REPOSITORY, files);
    run = await Run.start({ name: 'inferred-platform', internet, repository: REPOSITORY, delivery, startSeconds: 30 });
  });

  afterAll(async () => {
    await run?.stop();
    await internet.stop();
    rmSync(work, { recursive: true, force: true });
  });

  test('the layers after it come while the webhooks do not answer yet, and fail', async () => {
    const failed = (kustomization: string) => run.history.failures.find(({ name }) => name === kustomization);
    const failures = await run.until('infrastructure and flux fail', MINUTES, () => {
      const both = [failed('flux-system/infrastructure'), failed('flux-system/flux')];
      return both.every(failure => failure !== undefined) ? both : undefined;
    });
    expect(failures.map(failure => failure!.reason)).toEqual(['ReconciliationFailed', 'ReconciliationFailed']);
    expect(failures[0]!.message).toContain('Certificate/infrastructure/platform-tls dry-run failed (InternalError): Internal error occurred: failed calling webhook');
    expect(failures[1]!.message).toContain('ExternalSecret/flux-system/slack-webhook-url dry-run failed (InternalError): Internal error occurred: failed calling webhook');
    console.log(`failed after ${run.seconds} s`);
  });
});
