import { CheckedPlatform, findingsOf } from './check-fixtures';
import { Cluster, Layer, Variable, flux } from '../../src';

const CHECK = 'undefined-variable';
const FAILS = 'which has no value on this cluster: the build of the whole Kustomization fails';

function layer(variables: { [name: string]: string }, ...texts: string[]): CheckedPlatform {
  const checked = new CheckedPlatform({}, variables);
  const objects = texts.map((text, i) => ({ name: `settings-${i}`, fields: { data: { text } } }));
  checked.layer('one', [checked.component('first', ...objects)], { dependsOn: [checked.namespaces] });
  return checked;
}

test('refuses a variable that a cluster does not have, once for all that use it', () => {
  const checked = layer({ zone: 'a' }, `${Variable.of('domain')}`, `${Variable.of('zone')}.${Variable.of('domain')}`, '${domain^^}');
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/one › ConfigMap apps/settings-0: uses \${domain} at /data/text, ${FAILS} → add "domain" to the cluster's variables`,
  ]);
  expect(checked.platform.findings().find(({ check }) => check === CHECK)!.evidence).toEqual([
    '2 more places have it: ConfigMap apps/settings-1 at /data/text, ConfigMap apps/settings-2 at /data/text',
  ]);
});

test('takes a variable that the cluster has, one with a default, and one that is escaped', () => {
  const checked = layer({ domain: 'example.com' }, `${Variable.of('domain')} $\${x} ${Variable.literal('${x}')}`, `${Variable.of('zone', { defaultValue: 'a' })}`);
  expect(checked.findings()).toEqual([]);
});

test('tells a slip of the pen by the variable that was meant', () => {
  expect(layer({ domain: 'example.com' }, '${domain} ${domian} ${DOMAIN}').findings()).toEqual(['DOMAIN', 'domian'].map(name =>
    `${CHECK} error dev › flux-system/one › ConfigMap apps/settings-0: uses \${${name}} at /data/text, ${FAILS} → write \${domain} if that was meant, or add "${name}" `
    + 'to the cluster\'s variables, or write Variable.literal(…) where it is text',
  ));
});

test('takes the values of a Kustomization and of other sources, and leaves alone what asks for that', () => {
  const checked = new CheckedPlatform();
  const fields = { data: { text: `${Variable.of('tier')} ${Variable.of('token')}` } };
  const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  checked.layer('one', [checked.component('first', { name: 'settings', fields }, { name: 'other', metadata: { annotations }, fields: { data: { text: '${other}' } } })], {
    dependsOn: [checked.namespaces],
    postBuild: { substitute: { tier: 'gold' }, substituteFrom: [flux.VariableSource.secret('tokens', { variables: ['token'] })] },
  });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('tells one cluster that lacks what another has', () => {
  const checked = layer({ domain: 'example.com' }, `${Variable.of('domain')}`);
  const [shared] = checked.platform.node.children.filter(({ node }) => node.id === 'first');
  new Layer(new Cluster(checked.platform, 'prod'), 'one', { components: [shared as any] });
  expect(findingsOf(checked.platform, CHECK)).toEqual([
    `error prod › flux-system/one › ConfigMap apps/settings-0: uses \${domain} at /data/text, ${FAILS} → add "domain" to the cluster's variables`,
  ]);
});

test('refuses a variable in what a Kustomization puts into its objects', () => {
  const checked = new CheckedPlatform({}, { domain: 'example.com' });
  checked.layer('one', [checked.component('first', { name: 'settings', fields: { data: { text: `${Variable.of('domain')}` } } })], {
    dependsOn: [checked.namespaces], images: [{ name: 'web', newTag: '${tag}' }],
  });
  expect(checked.findings()).toEqual([
    `${CHECK} error dev › flux-system/one: uses \${tag} at /spec/images/0/newTag, ${FAILS} → add "tag" to the cluster's variables, or write Variable.literal(…) where it is text`,
  ]);
});
