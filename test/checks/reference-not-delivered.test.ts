import { CheckedPlatform, ObjectFixture } from './check-fixtures';

const CHECK = 'reference-not-delivered';
const FIX = 'deliver it, correct the name, say with component.declare(…) which component brings it about, or call cluster.assume(…) where it is there before Flux';

/** A Deployment whose pods read a Secret. */
function deployment(secretRef: { [field: string]: any }): ObjectFixture {
  const spec = { selector: {}, template: { spec: { containers: [{ name: 'web', envFrom: [{ secretRef }] }] } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', fields: { spec } };
}

function apps(...objects: ObjectFixture[]): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('web', ...objects)], { dependsOn: [checked.namespaces] });
  return checked;
}

test('refuses a workload whose Secret nothing makes', () => {
  expect(apps(deployment({ name: 'session' })).findings()).toEqual([
    `${CHECK} error dev › flux-system/apps › Deployment apps/web: needs the Secret apps/session (spec.template.spec.containers[].envFrom[].secretRef), which nothing on this `
    + `cluster delivers → ${FIX}`,
  ]);
});

test('takes a Secret that is delivered, one that is optional, and one that is there before Flux', () => {
  expect(apps(deployment({ name: 'session' }), { kind: 'Secret', name: 'session' }).findings(CHECK)).toEqual([]);
  expect(apps(deployment({ name: 'session', optional: true })).findings(CHECK)).toEqual([]);
  const checked = apps(deployment({ name: 'session' }));
  checked.cluster.assume({ what: 'the key', object: { apiVersion: 'v1', kind: 'Secret', name: 'session', namespace: 'apps' } });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('takes the variables of the cluster, which are delivered where something uses them', () => {
  const further: ObjectFixture = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    name: 'further',
    namespace: 'flux-system',
    fields: { spec: { sourceRef: { kind: 'GitRepository', name: 'flux-system' }, postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'dev-vars' }] } } },
  };
  const job: ObjectFixture = {
    apiVersion: 'v1', kind: 'Pod', name: 'job', namespace: 'flux-system', fields: { spec: { containers: [{ name: 'job', envFrom: [{ configMapRef: { name: 'dev-vars' } }] }] } },
  };
  const withVariable = (...objects: ObjectFixture[]) => {
    const checked = new CheckedPlatform({}, { domain: 'example.com' });
    checked.layer('apps', [checked.component('web', { name: 'settings', fields: { data: { host: '${domain}' } } }, ...objects)], { dependsOn: [checked.namespaces] });
    return checked.findings(CHECK);
  };
  expect(withVariable(further)).toEqual([]);
  expect(withVariable(job)).toEqual([]);
});

test('takes a Secret that a component says it brings about', () => {
  const checked = apps(deployment({ name: 'session' }));
  const maker = checked.component('maker', { name: 'maker' });
  maker.provides({ apiVersion: 'v1', kind: 'Secret', name: 'session', namespace: 'apps' });
  checked.layer('maker', [maker], { dependsOn: [checked.namespaces] });
  expect(checked.findings(CHECK)).toEqual([]);
});

test('warns where only something is missing from view', () => {
  const alert = { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', name: 'slack', fields: { spec: { providerRef: { name: 'slack' }, eventSources: [] } } };
  expect(apps(alert).findings(CHECK)).toEqual([
    `warning dev › flux-system/apps › Alert apps/slack: needs the Provider apps/slack (spec.providerRef), which nothing on this cluster delivers → ${FIX}`,
  ]);
});
