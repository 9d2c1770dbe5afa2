import { Scene } from './scene';
import { ObjectFixture } from '../../test/checks/check-fixtures';

export const SOURCES = 'source.toolkit.fluxcd.io/v1';

/** The same repository, as a source of its own. */
export const TEAM: ObjectFixture = {
  apiVersion: SOURCES,
  kind: 'GitRepository',
  name: 'team',
  namespace: 'flux-system',
  fields: { spec: { interval: '1h', url: 'https://github.com/acme/platform', ref: { branch: 'main' } } },
};

/** Has Flux leave a Kustomization alone, or look at it again. */
export function suspend(scene: Scene, name: string, suspended: boolean): Promise<unknown> {
  return scene.api.patch(scene.kustomization(name)!, { spec: { suspend: suspended } });
}
