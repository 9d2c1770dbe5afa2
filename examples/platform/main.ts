import { EksPlatform } from 'cdk8s-strata';
import { Podinfo } from './podinfo';

const platform = new EksPlatform({
  repository: { url: 'https://github.com/acme/platform', branch: 'main' },
  clusters: [{ name: 'mycluster-0', region: 'eu-west-3', domain: 'priv.cloud.ogenki.io', vpcCidr: '10.0.0.0/16' }],
});

// An application of one's own, on one cluster: the library has the platform, not what runs on it.
const cluster = platform.cluster('mycluster-0');
cluster.addApp(new Podinfo(cluster, 'podinfo'));

platform.synth();

// The standard error stream: `cdk8s synth` keeps the other one to itself.
process.stderr.write(platform.summary());
