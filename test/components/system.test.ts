import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { Platform, SystemVersions, Testing, components } from '../../src';
import { chartFacts } from '../charts';

const { System } = components;

/** A system of the catalogue as it is in a platform that overrides versions. */
function versionsOf(system: components.System, versions: { [system: string]: SystemVersions }): SystemVersions {
  return system.versions(new Platform({ versions }));
}

describe('versions', () => {
  test('are the catalogue\'s where nothing is said', () => {
    expect(System.KYVERNO.versions(Testing.platform())).toEqual({ chart: '3.8.2', app: 'v1.18.2' });
    expect(System.GATEWAY_API.versions(Testing.platform())).toEqual({ app: 'v1.6.1' });
    expect(System.ZITADEL.versions(Testing.platform())).toEqual({ chart: '10.0.4' });
  });

  test('are overridden in one place for chart, definitions, further charts, images and packages', () => {
    const platform = new Platform({
      outdir: Testing.platform().outdir,
      versions: {
        'kyverno': { chart: '3.8.3', app: 'v1.18.3' }, 'grafana': { app: '13.1.0' }, 'crossplane-provider-aws': { app: 'v2.7.0' },
      },
    });
    const kyverno = new components.Kyverno(platform, 'kyverno');
    new components.KyvernoPolicies(platform, 'kyverno-policies', { kyverno });
    components.Crds.ofSystem(platform, 'kyverno-definitions', System.KYVERNO);
    const repository = Testing.repository(platform);
    repository.hasObject('HelmRelease', 'kyverno', { spec: { chart: { spec: { version: '3.8.3' } } } });
    repository.hasObject('HelmRelease', 'kyverno-policies', { spec: { chart: { spec: { chart: 'kyverno-policies', version: '3.8.3' } } } });
    repository.hasObject('GitRepository', 'kyverno-definitions-crds', { spec: { ref: { tag: 'v1.18.3' } } });
    expect(System.GRAFANA.versions(platform)).toEqual({ app: '13.1.0' });
    expect(System.CROSSPLANE_PROVIDER_AWS.package(platform, 'provider-aws-iam')).toBe('xpkg.crossplane.io/crossplane-contrib/provider-aws-iam:v2.7.0');
  });

  test('of the system follow the chart where upstream gives both the same number, written as the system writes it', () => {
    expect(versionsOf(System.CERT_MANAGER, { 'cert-manager': { chart: 'v1.21.2' } })).toEqual({ chart: 'v1.21.2', app: 'v1.21.2' });
    expect(versionsOf(System.EXTERNAL_SECRETS, { 'external-secrets': { chart: '2.9.1' } })).toEqual({ chart: '2.9.1', app: 'v2.9.1' });
    expect(versionsOf(System.KARPENTER, { karpenter: { chart: 'v1.13.1' } })).toEqual({ chart: 'v1.13.1', app: '1.13.1' });
  });

  test('of the chart stay where the system\'s alone is said', () => {
    expect(versionsOf(System.KYVERNO, { kyverno: { app: 'v1.18.3' } })).toEqual({ chart: '3.8.2', app: 'v1.18.3' });
  });

  test('of the system stay where it has another number than the chart and no definitions to go with it', () => {
    expect(versionsOf(System.HARBOR, { harbor: { chart: '1.18.4' } })).toEqual({ chart: '1.18.4', app: '2.14.3' });
  });

  test('of one system leave the others as they are', () => {
    expect(versionsOf(System.CILIUM, { kyverno: { chart: '3.8.3', app: 'v1.18.3' } })).toEqual({ chart: '1.20.0', app: '1.20.0' });
  });

  test('of a chart alone are refused where the definitions are of another number', () => {
    expect(() => versionsOf(System.KYVERNO, { kyverno: { chart: '3.8.3' } })).toThrow(new Error(
      'the platform is given the version 3.8.3 of kyverno\'s chart and none of the system itself; expected both, because the definitions of its APIs are those of '
      + 'the system and not of the chart (3.8.2 brings v1.18.2): add app, the appVersion of that chart.',
    ));
  });

  test('of a system that does not exist are refused, whichever system is asked', () => {
    expect(() => versionsOf(System.CILIUM, { kiverno: { chart: '3.8.3' } })).toThrow(new Error(
      'the platform is given versions of "kiverno", which is no system of the catalogue; expected one of cert-manager, cilium, crossplane, crossplane-provider-aws, '
      + 'crossplane-function-auto-ready, crossplane-function-environment-configs, crossplane-function-go-templating, external-dns, external-secrets, flux, '
      + 'flux-operator, gateway-api, grafana, grafana-operator, harbor, headlamp, homepage, karpenter, kyverno, victoria-logs-cluster, victoria-logs-single, '
      + 'victoria-logs-datasource, victoria-metrics, zitadel: correct the name.',
    ));
  });
});

describe('a system', () => {
  test('without a chart has none to install', () => {
    expect(() => System.GRAFANA.chart(Testing.platform())).toThrow(new Error('grafana has no chart; expected a system that is installed by one.'));
  });

  test('whose definitions come with it has none to install ahead of it', () => {
    expect(System.KARPENTER.hasDefinitions).toBe(false);
    expect(() => System.KARPENTER.definitions(Testing.platform())).toThrow(new Error(
      'the definitions of karpenter\'s APIs come with the system itself; expected one of cert-manager, external-secrets, gateway-api, grafana-operator, kyverno, '
      + 'victoria-metrics.',
    ));
  });

  test('that is none of Crossplane\'s packages is none', () => {
    expect(() => System.KYVERNO.package(Testing.platform(), 'provider-aws-iam')).toThrow(new Error(
      'kyverno is no package of Crossplane; expected a provider or a function.',
    ));
  });

  test('gives its APIs away as a copy', () => {
    System.KYVERNO.apis.pop();
    expect(System.KYVERNO.apis.map(({ group }) => group)).toEqual(['kyverno.io', 'policies.kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io']);
  });
});

/** What the tests hold a system to: the facts of its chart, and the definitions of its kinds. */
describe('what objects and values are held to is of the version that the catalogue installs', () => {
  interface ChartEntry { readonly chart: string; readonly version: string; readonly appVersion: string }
  interface DefinitionEntry { readonly project: string; readonly repository: string; readonly version: string; readonly definitions: string[] }

  const read = (...path: string[]) => parse(readFileSync(join(__dirname, '..', '..', ...path), 'utf-8'));
  const charts: ChartEntry[] = read('test', 'charts', 'index.yaml');
  const definitions: DefinitionEntry[] = read('crds', 'index.yaml');
  const platform = Testing.platform();

  /** Systems that no chart installs. */
  const WITHOUT_CHART = [
    'crossplane-provider-aws', 'crossplane-function-auto-ready', 'crossplane-function-environment-configs', 'crossplane-function-go-templating',
    'flux', 'gateway-api', 'grafana', 'victoria-logs-datasource',
  ];

  /** Charts that are known at another version than the one that is installed: which, and which it is. */
  const OTHER_FACTS: Record<string, string> = { zitadel: '9.35.0' };

  /** Charts that belong to another's system. */
  const FURTHER_CHARTS = ['kyverno-policies'];

  /** Definitions of another version than the system's: which, and how the index calls it. */
  const OTHER_DEFINITIONS: Record<string, RegExp> = { cilium: /^main of 2026-05-29, towards 1\.20;/ };

  /** Systems whose definitions are not here: the Flux Operator's are under the AGPL, and nothing here writes ExternalDNS's one kind. */
  const WITHOUT_DEFINITIONS = ['external-dns', 'flux-operator'];

  /** Definitions that belong to a system which does not tell its APIs: Flux is there first, and packages bring their own. */
  const OWNERS: Record<string, string> = { 'provider-aws': 'crossplane-provider-aws' };
  const OF_NO_SYSTEM = ['flux'];

  const bare = (version: string) => version.replace(/^v/, '');
  const chartOf = (system: components.System) => WITHOUT_CHART.includes(system.name) ? undefined : system.chart(platform);

  /** How a system's chart and what is known of it drifted apart. */
  function chartDrift(name: string, chart: { chart: string; version: string }, app: string | undefined): string[] {
    const entry = charts.find(candidate => candidate.chart === chart.chart);
    const facts = chartFacts(chart.chart);
    if (!entry || !facts) {
      return [`${name}: nothing is known of the chart ${chart.chart}`];
    }
    const expected = OTHER_FACTS[name] ?? chart.version;
    return [
      ...entry.version === expected ? [] : [`${name} installs the chart ${expected}, and what is known is of ${entry.version}`],
      ...facts.version === entry.version && facts.appVersion === entry.appVersion ? [] : [
        `${name}: test/charts/${chart.chart}.yaml is of ${facts.version}, and the index says ${entry.version}`,
      ],
      ...app === undefined || bare(entry.appVersion) === bare(app) ? [] : [`${name} is ${app}, and its chart brings ${entry.appVersion}`],
    ];
  }

  /** How a system and the definitions of its kinds drifted apart. */
  function definitionDrift(name: string, app: string, entry: DefinitionEntry): string[] {
    const other = OTHER_DEFINITIONS[name];
    return (other ? other.test(entry.version) : bare(entry.version) === bare(app)) ? [] : [
      `${name} is ${app}, and the definitions in crds/${entry.project} are of ${entry.version}`,
    ];
  }

  /** The entries of the index whose kinds are of a system's APIs. */
  function definitionsOf({ name, apis }: components.System): DefinitionEntry[] {
    return definitions.filter(({ project, definitions: names }) => OWNERS[project] === name
      || names.some(definition => apis.some(({ group }) => definition.slice(definition.indexOf('.') + 1) === group)));
  }

  const byName = (systems: components.System[]) => systems.map(system => [system.name, system] as const);

  test.each(byName(System.all.filter(({ name }) => !WITHOUT_CHART.includes(name))))('the chart of %s', (name, system) => {
    expect(chartDrift(name, chartOf(system)!, system.versions(platform).app)).toEqual([]);
  });

  test.each(byName(System.all.filter(system => definitionsOf(system).length > 0)))('the definitions of %s', (name, system) => {
    const { app } = system.versions(platform);
    expect(definitionsOf(system).flatMap(entry => definitionDrift(name, app!, entry))).toEqual([]);
  });

  test.each(byName(System.all.filter(system => system.hasDefinitions)))('%s installs the definitions that are known', (name, system) => {
    const fresh = Testing.platform();
    components.Crds.ofSystem(fresh, name, system);
    const { url, ref } = Testing.repository(fresh).object(`crds/base/${name}/gitrepository.yaml`).spec as any;
    expect(definitionsOf(system).map(entry => [entry.repository, entry.version])).toEqual(definitionsOf(system).map(() => [url, ref.tag]));
  });

  test('every chart that is known belongs to a system', () => {
    const names = System.all.map(system => chartOf(system)?.chart);
    expect(charts.map(({ chart }) => chart).filter(chart => !names.includes(chart) && !FURTHER_CHARTS.includes(chart))).toEqual([]);
    const [kyverno, policies] = ['kyverno', 'kyverno-policies'].map(name => charts.find(({ chart }) => chart === name)!);
    expect([policies.version, policies.appVersion]).toEqual([kyverno.version, kyverno.appVersion]);
  });

  test('every definition that is known belongs to a system, and every system with APIs has some', () => {
    const known = System.all.flatMap(definitionsOf);
    expect(definitions.filter(entry => !known.includes(entry) && !OF_NO_SYSTEM.includes(entry.project)).map(({ project }) => project)).toEqual([]);
    const without = System.all.filter(system => system.apis.length > 0 && definitionsOf(system).length === 0);
    expect(without.map(({ name }) => name)).toEqual(WITHOUT_DEFINITIONS);
  });

  test('every exception is still one', () => {
    const zitadel = System.ZITADEL.chart(platform);
    expect(zitadel.version).not.toBe(OTHER_FACTS.zitadel);
    expect(definitionsOf(System.CILIUM).map(({ version }) => bare(version))).not.toContain(System.CILIUM.versions(platform).app);
    for (const name of WITHOUT_CHART) {
      expect(() => System.all.find(system => system.name === name)!.chart(platform)).toThrow('has no chart');
    }
  });

  test('a controller that moves ahead of its definitions, or a chart ahead of what is known of it, is told', () => {
    const [entry] = definitionsOf(System.KYVERNO);
    expect(definitionDrift('kyverno', 'v1.19.0', entry)).toEqual(['kyverno is v1.19.0, and the definitions in crds/kyverno are of v1.18.2']);
    expect(chartDrift('kyverno', { chart: 'kyverno', version: '3.9.0' }, 'v1.19.0')).toEqual([
      'kyverno installs the chart 3.9.0, and what is known is of 3.8.2', 'kyverno is v1.19.0, and its chart brings v1.18.2',
    ]);
    expect(chartDrift('loki', { chart: 'loki', version: '7.0.0' }, undefined)).toEqual(['loki: nothing is known of the chart loki']);
  });
});

test('the documentation has the table as it is', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'components', 'crds.md'), 'utf-8');
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \| (.*?) ?\| (.*?) ?\| (.*?) ?\|$/gm)].map(([, name, chart, app]) => [name, chart, app.replace(/,.*/, '')]);
  expect(documented).toEqual(System.all.map(system => {
    const { chart = '', app = 'the chart\'s' } = system.versions(Testing.platform());
    return [system.name, chart, app];
  }));
});
