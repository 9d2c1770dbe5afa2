import { CheckedPlatform } from './check-fixtures';
import { flux, LayerProps } from '../../src';

const CHECK = 'revision-barrier';

function twoLayers(props: LayerProps): CheckedPlatform {
  const checked = new CheckedPlatform();
  checked.cluster.assume({ what: 'the team\'s repository', object: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'team', namespace: 'flux-system' } });
  checked.layer('apps', [checked.component('web', { name: 'web' })], { dependsOn: [checked.namespaces], ...props });
  return checked;
}

test('tells a dependency on a Kustomization of another source', () => {
  const checked = twoLayers({ source: flux.Source.git('team') });
  expect(checked.findings(CHECK)).toEqual([
    'info dev › flux-system/apps: depends on namespaces, which reads GitRepository flux-system/flux-system and not GitRepository flux-system/team: it waits until namespaces is ready, '
    + 'not until that one has applied the same commit → let both read one source where a change has to reach them in this order',
  ]);
  expect(checked.findings()).toEqual([]);
});

test('takes a dependency on one of the same source', () => {
  expect(twoLayers({}).findings(CHECK)).toEqual([]);
});
