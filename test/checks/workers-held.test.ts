import { CheckedPlatform, ObjectFixture } from './check-fixtures';
import { LayerProps } from '../../src';

const CHECK = 'workers-held';

function platformWith(count: number, props: (i: number) => LayerProps, ...objects: ObjectFixture[]): CheckedPlatform {
  const checked = new CheckedPlatform({ partial: true });
  for (let i = 0; i < count; i++) {
    checked.layer(`shop-${i}`, [checked.component(`shop-${i}`, { name: `settings-${i}` }, ...i === 0 ? objects : [])], { dependsOn: [checked.namespaces], ...props(i) });
  }
  return checked;
}

const instance = (spec: object): ObjectFixture => ({ apiVersion: 'fluxcd.controlplane.io/v1', kind: 'FluxInstance', name: 'flux', namespace: 'flux-system', fields: { spec } });
const finding = (count: number, workers: number) => [
  `info dev: has ${count} Kustomizations that can wait for health at the same time, and kustomize-controller has ${workers} workers, each of which is held by one that waits: `
  + 'every other Kustomization waits until one of them is done or at its timeout → give kustomize-controller more workers (`size` of the FluxInstance, or '
  + `--concurrent=${count + 1}), or let fewer of them wait`,
];

test('tells where more can wait than there are workers', () => {
  const checked = platformWith(5, () => ({ wait: true }));
  expect(checked.findings(CHECK)).toEqual(finding(5, 4));
  expect(checked.platform.findings().find(({ check }) => check === CHECK)!.evidence).toEqual(['they are shop-0, shop-1, shop-2 and 2 more']);
});

test('knows the workers of a FluxInstance', () => {
  expect(platformWith(6, () => ({ wait: true }), instance({ cluster: { size: 'small' } })).findings(CHECK)).toEqual(finding(6, 5));
  expect(platformWith(6, () => ({ wait: true }), instance({ cluster: { size: 'medium' } })).findings(CHECK)).toEqual([]);
  const kustomize = { patches: [{ target: { name: 'kustomize-controller' }, patch: '[{op: add, path: /spec/template/spec/containers/0/args/-, value: --concurrent=8}]' }] };
  expect(platformWith(6, () => ({ wait: true }), instance({ kustomize })).findings(CHECK)).toEqual([]);
});

test('counts neither those that wait for nothing, nor those that wait for each other, nor those of other shards', () => {
  expect(platformWith(5, i => ({ wait: i > 0 })).findings(CHECK)).toEqual([]);
  expect(platformWith(5, i => ({ wait: true, suspend: i === 0 })).findings(CHECK)).toEqual([]);
  expect(platformWith(6, i => ({ wait: true, shard: i % 2 === 0 ? 'even' : 'odd' })).findings(CHECK)).toEqual([]);
  const checked = new CheckedPlatform();
  let before = checked.namespaces;
  for (let i = 0; i < 6; i++) {
    before = checked.layer(`shop-${i}`, [checked.component(`shop-${i}`, { name: `settings-${i}` })], { dependsOn: [before], wait: true });
  }
  expect(checked.findings(CHECK)).toEqual([]);
});
