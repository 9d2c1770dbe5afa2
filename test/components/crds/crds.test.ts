import { writeFileSync } from 'fs';
import { join } from 'path';
import { Cluster, Platform, Testing, components, layers } from '../../../src';
import { temporaryFolder } from '../../temporary-folder';
import { manifestsOf } from '../component-fixtures';

const { ChartSource, Crds, CrdSource, System } = components;

const definition = (plural: string) => `\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.example.com
  annotations:
    controller-gen.kubebuilder.io/version: v0.21.0
spec:
  group: example.com
  names: { kind: Widget, plural: ${plural} }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;

const folder = temporaryFolder();

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The health checks of a cluster's `crds` layer that delivers the definitions. */
function gatesOf(crds: components.Crds): string[] {
  const platform = crds.node.root as Platform;
  new layers.Crds(new Cluster(platform, 'c1'), 'crds', { components: [crds] });
  const { healthChecks = [] } = Testing.repository(platform).object('clusters/c1/crds.yaml').spec as any;
  return healthChecks.map(({ kind, name, namespace }: any) => `${kind} ${namespace}/${name}`);
}

describe('from a directory of a Git repository', () => {
  const source = CrdSource.git({ url: 'https://github.com/example/widgets', tag: 'v1.2.3', path: 'config/crds' });

  test('nothing else is fetched, and nothing is ever pruned', () => {
    expect(manifestsOf(new Crds(Testing.platform(), 'widgets', { source }))).toMatchSnapshot();
  });

  test('the layer waits until they are applied', () => {
    expect(gatesOf(new Crds(Testing.platform(), 'widgets', { source }))).toEqual(['Kustomization flux-system/widgets-crds']);
  });
});

describe('from an OCI artifact', () => {
  const source = CrdSource.oci({ url: 'oci://ghcr.io/example/manifests/widgets', tag: 'v1.2.3', path: 'crds' });

  test('nothing is ever pruned', () => {
    expect(manifestsOf(new Crds(Testing.platform(), 'widgets', { source }))).toMatchSnapshot();
  });

  test('all of it is applied where no directory is said', () => {
    const platform = Testing.platform();
    new Crds(platform, 'widgets', { source: CrdSource.oci({ url: 'oci://ghcr.io/example/manifests/widgets', tag: 'v1.2.3' }) });
    Testing.repository(platform).hasObject('Kustomization', 'widgets-crds', { spec: { path: './', prune: false } });
  });

  test('the layer waits until they are applied', () => {
    expect(gatesOf(new Crds(Testing.platform(), 'widgets', { source }))).toEqual(['Kustomization flux-system/widgets-crds']);
  });
});

describe('from a chart', () => {
  const chart = ChartSource.oci('oci://ghcr.io/example/charts/widgets-crds', '1.2.3');

  test('those in its folder are upgraded with it', () => {
    const platform = Testing.platform();
    new Crds(platform, 'widgets', { source: CrdSource.chart(chart) });
    expect(Testing.synth(platform)['crds/base/widgets/helmrelease.yaml']).toBe(`\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: widgets-crds
  namespace: flux-system
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: widgets-crds
  install:
    strategy:
      name: RetryOnFailure
    crds: Create
  upgrade:
    strategy:
      name: RetryOnFailure
    crds: CreateReplace
  driftDetection:
    mode: enabled
`);
  });

  test('its namespace and values can be said', () => {
    const platform = Testing.platform();
    new Crds(platform, 'widgets', { source: CrdSource.chart(chart, { namespace: 'crossplane-system', values: { crds: { keep: true } } }) });
    Testing.repository(platform).hasObject('HelmRelease', 'widgets-crds', {
      metadata: { namespace: 'crossplane-system' }, spec: { values: { crds: { keep: true } } },
    });
  });

  test('the layer waits until it is installed', () => {
    expect(gatesOf(new Crds(Testing.platform(), 'widgets', { source: CrdSource.chart(chart) }))).toEqual(['HelmRelease flux-system/widgets-crds']);
  });
});

describe('from files of the program', () => {
  test('each is an object of its own that Flux never deletes', () => {
    const source = CrdSource.files(file('two.yaml', `${definition('widgets')}---\n${definition('gadgets')}`), file('one.yaml', `---\n${definition('gizmos')}`));
    expect(manifestsOf(new Crds(Testing.platform(), 'widgets', { source }))).toMatchSnapshot();
  });

  test('the layer waits for nothing: they are there when it is applied', () => {
    expect(gatesOf(new Crds(Testing.platform(), 'widgets', { source: CrdSource.files(file('widgets.yaml', definition('widgets'))) }))).toEqual([]);
  });

  test.each([
    ['other.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n', 'an object of the kind ConfigMap'],
    ['list.yaml', '- a\n- b\n', 'something without a kind'],
    ['text.yaml', 'just text\n', 'something without a kind'],
    ['empty.yaml', '---\n', 'no object'],
  ])('%s is refused', (name, text, what) => {
    const path = file(name, text);
    expect(() => new Crds(Testing.platform(), 'widgets', { source: CrdSource.files(path) })).toThrow(new Error(
      `${path} holds ${what}; expected CustomResourceDefinitions alone: deliver everything else with the component that it belongs to.`,
    ));
  });
});

describe('of a system', () => {
  test('they are those of the version that the platform has of it', () => {
    const platform = new Platform({ versions: { 'cert-manager': { chart: 'v1.21.2' } } });
    Crds.ofSystem(platform, 'cert-manager', System.CERT_MANAGER);
    Testing.repository(platform).hasObject('GitRepository', 'cert-manager-crds', {
      spec: { url: 'https://github.com/cert-manager/cert-manager', ref: { tag: 'v1.21.2' }, ignore: '/*\n!/deploy/crds\n' },
    });
  });

  test('they are refused where the system brings them itself', () => {
    const platform = Testing.platform();
    expect(() => Crds.ofSystem(platform, 'karpenter', System.KARPENTER)).toThrow(new Error(
      'the definitions of karpenter\'s APIs come with the system itself; expected one of cert-manager, external-secrets, gateway-api, grafana-operator, kyverno, '
      + 'victoria-metrics.',
    ));
  });
});

test('a cluster can have definitions of its own', () => {
  const platform = Testing.platform();
  expect(Crds.ofSystem(new Cluster(platform, 'c1'), 'kyverno', System.KYVERNO).directory).toBe('crds/c1/kyverno');
});
