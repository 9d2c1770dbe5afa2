import { HelmCrdsPolicy, HelmReleaseOptions } from '../../flux';

/**
 * A release whose chart's folder `crds/` is kept at the chart's version. Flux by itself installs it once, and an upgrade leaves it as it is.
 * @internal
 */
export function withChartDefinitions(release: HelmReleaseOptions = {}): HelmReleaseOptions {
  const crds = HelmCrdsPolicy.CREATE_REPLACE;
  return { ...release, install: { crds, ...release.install }, upgrade: { crds, ...release.upgrade } };
}
