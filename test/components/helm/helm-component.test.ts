import { Duration } from 'cdk8s';
import { Testing, components } from '../../../src';

const { ChartSource, HelmComponent } = components;
const repository = ChartSource.repository('https://stakater.github.io/stakater-charts', 'reloader', '2.2.16');

/** The files of a component that is a chart, by their names, as objects. */
function filesOf(props: Partial<components.HelmComponentProps>): { [file: string]: any } {
  const platform = Testing.platform();
  const { directory } = new HelmComponent(platform, 'reloader', { area: 'infrastructure', namespace: 'infrastructure', chart: repository, ...props });
  const synthesized = Testing.repository(platform);
  const paths = synthesized.paths.filter(path => path.startsWith(`${directory}/`));
  return Object.fromEntries(paths.map(path => [path.slice(directory.length + 1), synthesized.object(path)]));
}

describe('a chart', () => {
  test('of a Helm repository', () => {
    const files = filesOf({});
    expect(files['helmrepository.yaml']).toEqual({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: 'reloader', namespace: 'infrastructure' },
      spec: { interval: '1h', url: 'https://stakater.github.io/stakater-charts' },
    });
    expect(files['helmrelease.yaml'].spec.chart.spec).toEqual({
      chart: 'reloader', version: '2.2.16', sourceRef: { kind: 'HelmRepository', name: 'reloader' },
    });
  });

  test('of an OCI registry that is used like a Helm repository', () => {
    const files = filesOf({ chart: ChartSource.repository('oci://ghcr.io/stakater/charts', 'reloader', '2.2.x') });
    expect(files['helmrepository.yaml'].spec).toEqual({ interval: '1h', type: 'oci', url: 'oci://ghcr.io/stakater/charts' });
    expect(files['helmrelease.yaml'].spec.chart.spec.version).toBe('2.2.x');
  });

  test('that is an OCI artifact is fetched as one, by its tag', () => {
    const files = filesOf({ chart: ChartSource.oci('oci://ghcr.io/stakater/charts/reloader', '2.2.16') });
    expect(files['ocirepository.yaml'].spec).toEqual({
      interval: '1h',
      url: 'oci://ghcr.io/stakater/charts/reloader',
      ref: { tag: '2.2.16' },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    });
    expect(files['helmrelease.yaml'].spec.chartRef).toEqual({ kind: 'OCIRepository', name: 'reloader' });
    expect(files['helmrelease.yaml'].metadata.name).toBe('reloader');
    expect(Object.keys(files)).toEqual(['helmrelease.yaml', 'kustomization.yaml', 'ocirepository.yaml']);
  });

  test.each([
    ['1.2.3', { tag: '1.2.3' }], ['v1.2.3-rc.1', { tag: 'v1.2.3-rc.1' }], ['1.2.x', { semver: '1.2.x' }], ['>=1.2.0 <2.0.0', { semver: '>=1.2.0 <2.0.0' }],
  ])('that is an OCI artifact of version %s', (version, ref) => {
    expect(filesOf({ chart: ChartSource.oci('oci://ghcr.io/stakater/charts/reloader', version) })['ocirepository.yaml'].spec.ref).toEqual(ref);
  });

  test('knows its name and version', () => {
    const source = ChartSource.oci('oci://ghcr.io/stakater/charts/reloader', '2.2.16');
    expect([source.chart, source.version]).toEqual(['reloader', '2.2.16']);
  });
});

describe('values', () => {
  test('of the user win over those of a component, and what the release says over both, field by field', () => {
    expect(filesOf({
      defaultValues: { reloader: { replicas: 1, logLevel: 'info', logFormat: 'json' }, global: {} },
      values: { reloader: { replicas: 2, logLevel: 'debug' } },
      release: { values: { reloader: { logLevel: 'trace' } } },
    })['helmrelease.yaml'].spec.values).toEqual({ reloader: { replicas: 2, logLevel: 'trace', logFormat: 'json' }, global: {} });
  });

  test('that are lists are replaced', () => {
    expect(filesOf({ defaultValues: { tolerations: [{ key: 'a' }] }, values: { tolerations: [{ key: 'b' }] } })['helmrelease.yaml'].spec.values)
      .toEqual({ tolerations: [{ key: 'b' }] });
  });

  test('take the place of another kind of value', () => {
    expect(filesOf({ defaultValues: { service: { port: 80 }, image: 'a' }, values: { service: null, image: { tag: 'b' } } })['helmrelease.yaml'].spec.values)
      .toEqual({ service: null, image: { tag: 'b' } });
  });

  test('leave the component\'s as they were', () => {
    const defaultValues = { reloader: { replicas: 1 } };
    filesOf({ defaultValues, values: { reloader: { replicas: 2 } } });
    expect(defaultValues).toEqual({ reloader: { replicas: 1 } });
  });

  test('that are none are not written', () => {
    expect(Object.keys(filesOf({})['helmrelease.yaml'].spec)).not.toContain('values');
  });
});

test('the release has another name where one is given, and keeps the fields that are said of it', () => {
  const { metadata, spec } = filesOf({
    releaseName: 'reloader-internal',
    release: { timeout: Duration.minutes(10), install: { createNamespace: true }, interval: Duration.hours(1) },
  })['helmrelease.yaml'];
  expect(metadata).toEqual({ name: 'reloader-internal', namespace: 'infrastructure' });
  expect(spec).toMatchObject({ timeout: '10m', interval: '1h', install: { createNamespace: true } });
});

test('what the chart brings is provided, and its APIs are with the release', () => {
  const component = new HelmComponent(Testing.platform(), 'reloader', {
    area: 'infrastructure',
    namespace: 'infrastructure',
    chart: repository,
    provides: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'reloader', namespace: 'infrastructure' }],
    apis: [{ group: 'reloader.example.com' }],
  });
  expect(component.providedObjects).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'reloader', namespace: 'infrastructure' }]);
  expect(component.release.providedApis).toEqual([{ group: 'reloader.example.com' }]);
});
