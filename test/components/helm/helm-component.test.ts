import { Testing, components } from '../../../src';

test("the user's values win over those of a component, and what the release says over both, field by field", () => {
  const platform = Testing.platform();
  new components.HelmComponent(platform, 'reloader', {
    area: 'infrastructure',
    namespace: 'infrastructure',
    chart: components.ChartSource.repository('https://stakater.github.io/stakater-charts', 'reloader', '2.2.16'),
    defaultValues: { reloader: { replicas: 1, logLevel: 'info', logFormat: 'json' }, global: {} },
    values: { reloader: { replicas: 2, logLevel: 'debug' } },
    release: { values: { reloader: { logLevel: 'trace' } } },
  });
  expect(Testing.repository(platform).object('infrastructure/base/reloader/helmrelease.yaml').spec.values).toEqual({
    reloader: { replicas: 2, logLevel: 'trace', logFormat: 'json' }, global: {},
  });
});
