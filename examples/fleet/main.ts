import { JsonPatch } from 'cdk8s';
import { EksPlatform, flux } from 'cdk8s-strata';
import { LoadTest } from './load-test';
import { Storefront } from './storefront';

// Three clusters with the same platform. They differ by their variables, by patches on single components, and by one component.
const platform = new EksPlatform({
  repository: { url: 'https://github.com/acme/fleet' },
  clusters: [
    { name: 'dev', region: 'eu-west-3', domain: 'dev.acme.example', vpcCidr: '10.10.0.0/16', variables: { storefront_message: 'Nothing here is for sale' } },
    { name: 'staging', region: 'eu-west-3', domain: 'staging.acme.example', vpcCidr: '10.20.0.0/16', variables: { storefront_message: 'Almost open' } },
    { name: 'production', region: 'eu-central-1', domain: 'acme.example', vpcCidr: '10.30.0.0/16', variables: { storefront_message: 'Welcome' } },
  ],
  databaseHost: 'postgresql.internal.acme.example',
  redisAddress: 'valkey.internal.acme.example:6379',
  certificateEmail: 'platform@acme.example',
});
const { externalSecrets, gatewayApi, grafana, kyverno, victoriaLogs, victoriaMetrics } = platform.components;

// An application for every cluster: what it says differs by a variable.
const storefront = new Storefront(platform, 'storefront', { gateway: gatewayApi.general, grafana: grafana!, store: externalSecrets.store });
platform.addApp(storefront);
victoriaMetrics.scrape(storefront);

// Production keeps logs longer.
const production = platform.cluster('production');
production.observability.addPatch(victoriaLogs!, flux.Patch.strategicMerge(
  flux.PatchTarget.object(victoriaLogs!.release.apiObject), { spec: { values: { server: { retentionPeriod: '90d' } } } },
));

// Development looks more seldom after its policies: people try things out there.
const dev = platform.cluster('dev');
dev.security.addPatch(kyverno!, flux.Patch.json6902(flux.PatchTarget.object(kyverno!.release.apiObject), JsonPatch.replace('/spec/interval', '1h')));

// And staging has one component that the others do not.
const staging = platform.cluster('staging');
staging.addApp(new LoadTest(staging, 'load-test', storefront.service));

platform.synth();

// The standard error stream: `cdk8s synth` keeps the other one to itself.
process.stderr.write(platform.summary());
