import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { LayerProps } from '../../src';

const CHECK = 'force-recreate';
const FORCED = 'has force on: whatever the API refuses as invalid or in conflict is deleted first and made anew then, and stays away where it is simply wrong';
const FORCE = { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } };
const VOLUME = { kind: 'PersistentVolumeClaim', name: 'data' };

function findings(props: LayerProps, ...objects: ObjectFixture[]): string[] {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', ...objects)], { dependsOn: [checked.namespaces], ...props });
  return checked.findings(CHECK);
}

test('warns of a layer with force, and refuses it where more is lost than comes back', () => {
  const fix = 'leave force out, and mark the one object that may go with the annotation kustomize.toolkit.fluxcd.io/force: enabled while it changes';
  expect(findings({ force: true }, { name: 'settings' })).toEqual([`warning dev › flux-system/apps: ${FORCED} → ${fix}`]);
  expect(findings({ force: true }, { name: 'settings' }, VOLUME)).toEqual([`error dev › flux-system/apps: ${FORCED} → ${fix}`]);
});

test('tells what is lost with it', () => {
  const checked = new CheckedPlatform();
  checked.layer('apps', [checked.component('shop', VOLUME, { apiVersion: 's3.aws.m.upbound.io/v1beta1', kind: 'Bucket', name: 'assets' })], { force: true });
  expect(checked.platform.findings().find(({ check }) => check === CHECK)!.evidence).toEqual([
    'with these more goes than comes back: PersistentVolumeClaim apps/data (its volume), Bucket apps/assets (what it manages outside the cluster)',
  ]);
});

test('finds a single object that is marked', () => {
  const fix = 'take the mark away once the change has come through';
  expect(findings({}, { ...VOLUME, metadata: FORCE }, { kind: 'Job', apiVersion: 'batch/v1', name: 'migration', metadata: FORCE })).toEqual([
    'error dev › flux-system/apps › PersistentVolumeClaim apps/data: is marked with kustomize.toolkit.fluxcd.io/force: a change that the API refuses as invalid or in '
    + `conflict deletes it and its volume first → ${fix}`,
    'warning dev › flux-system/apps › Job apps/migration: is marked with kustomize.toolkit.fluxcd.io/force: a change that the API refuses as invalid or in '
    + `conflict deletes it first → ${fix}`,
  ]);
});

test('warns of a Kustomization among the objects', () => {
  const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'upstream' };
  expect(findings({}, { ...kustomization, fields: { spec: { sourceRef: { kind: 'GitRepository', name: 'upstream' }, force: true } } })).toEqual([
    `warning dev › flux-system/apps › Kustomization apps/upstream: ${FORCED} → leave force out`,
  ]);
});

test('takes everything else', () => {
  expect(findings({ force: false }, VOLUME, { name: 'settings', metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'disabled' } } })).toEqual([]);
});
