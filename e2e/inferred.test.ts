/**
 * What synth adds to the order is needed: without it, what the proof says of a race happens. Synth adds health checks on the releases that bring webhooks.
 * Here each is one on the webhook's registration instead, which brings about the unluckiest of the orders that would be possible without any.
 */
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
    const edited = new Set(delivery.inferred.map(({ to, healthCheck }) => {
      const { file } = delivery.kustomizations.find(({ name, namespace }) => `${namespace}/${name}` === to)!;
      const kustomization = parse(files[file]);
      const check = kustomization.spec.healthChecks.find(({ name }: { name: string }) => name === healthCheck!.name);
      Object.assign(check, { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', name: `security-${check.name}` });
      delete check.namespace;
      files[file] = stringify(kustomization);
      return file;
    }));
    expect([...edited]).toEqual(['clusters/mycluster-0/security.yaml']);
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
