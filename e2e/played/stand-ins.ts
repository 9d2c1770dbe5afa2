/**
 * What comes from elsewhere and cannot be fetched: charts, and the repositories with upstream's definitions. Charts are played by charts of the same name
 * and version which hold what the platform says that they bring; definitions are upstream's own.
 */
import { DeliveredKustomization, DeliveredObject, DeliveredProvision, Delivery } from 'cdk8s-strata';
import { stringify } from 'yaml';
import { workload } from './operator';
import { Webhooks } from './webhooks';
import { packChart } from '../harness/chart';
import { definitionsOf, definitionsOfApis, projects } from '../harness/definitions';
import { Internet } from '../harness/internet';

/**
 * Puts everything that a cluster fetches, beside its own repository, onto the internet.
 *
 * @param startSeconds how long the pods of charts take until they are available
 */
export function addStandIns(internet: Internet, delivery: Delivery, webhooks: Webhooks, startSeconds = 0): void {
  const { kustomizations } = delivery;
  const objects = kustomizations.flatMap(kustomization => kustomization.objects);
  for (const kustomization of kustomizations) {
    kustomization.objects.filter(({ kind }) => kind === 'HelmRelease').forEach(release => addChart(internet, release, objects, kustomization, webhooks, startSeconds));
  }
  addUpstream(internet, delivery);
}

/** Puts the repositories with definitions onto the internet that the Kustomizations of a cluster read. */
export function addUpstream(internet: Internet, { kustomizations }: Delivery): void {
  const objects = kustomizations.flatMap(kustomization => kustomization.objects);
  for (const { namespace, manifest: { spec } } of objects.filter(({ kind }) => kind === 'Kustomization')) {
    const source = sourceOf(spec.sourceRef, namespace, objects);
    if (source?.kind === 'GitRepository') {
      addDefinitions(internet, source.manifest.spec.url, source.manifest.spec.ref.tag, spec.path);
    }
  }
}

/** The objects of a chart: what a provision says. */
export function chartObjects(release: string, namespace: string, provisions: readonly DeliveredProvision[], startSeconds = 0): object[] {
  const objects = provisions.flatMap(provision => provision.objects);
  const accounts = new Set(objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ name }) => name));
  return objects.map(({ apiVersion, kind, name, namespace: own }) => {
    switch (kind) {
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet':
        return workload({ kind, name, namespace: own ?? namespace, release, account: accounts.has(name) ? name : undefined, startSeconds });
      case 'Service':
        return {
          apiVersion, kind, metadata: { name, namespace: own }, spec: { selector: { 'app.kubernetes.io/name': name }, ports: [{ port: 80 }] },
        };
      case 'Secret':
        return { apiVersion, kind, metadata: { name, namespace: own }, stringData: { played: 'played' } };
      default:
        return { apiVersion, kind, metadata: { name, namespace: own } };
    }
  });
}

function addChart(
  internet: Internet, release: DeliveredObject, objects: readonly DeliveredObject[], { provides }: DeliveredKustomization, webhooks: Webhooks,
  startSeconds: number,
): void {
  const { name, manifest: { spec } } = release;
  const namespace = spec.targetNamespace ?? release.namespace;
  const provisions = provides.filter(({ by }) => by.length === 1 && by[0].kind === 'HelmRelease' && by[0].name === name && by[0].namespace === release.namespace);
  const apis = provisions.flatMap(provision => provision.apis);
  const validated = [...new Set(provisions.flatMap(provision => provision.webhooks))];
  const place = chartOf(release, objects);
  if (!place) {
    return;
  }
  const { url, chart, version } = place;
  internet.addChart(url, packChart(chart, version, {
    definitions: definitionsOfApis(apis),
    objects: [
      ...chartObjects(name, namespace, provisions, startSeconds),
      ...validated.length === 0 ? [] : [webhooks.configurationOf(namespace, name, validated)],
    ],
  }));
}

interface ChartPlace {
  readonly url: string;
  readonly chart: string;
  readonly version: string;
}

/** Where a release finds its chart; nowhere if nothing delivers its source. */
function chartOf({ namespace, manifest: { spec } }: DeliveredObject, objects: readonly DeliveredObject[]): ChartPlace | undefined {
  const source = sourceOf(spec.chartRef ?? spec.chart.spec.sourceRef, namespace, objects)?.manifest.spec;
  if (!source) {
    return undefined;
  }
  if (spec.chartRef) {
    return { url: source.url, chart: source.url.split('/').pop(), version: lowest(source.ref.tag ?? source.ref.semver) };
  }
  const { chart, version } = spec.chart.spec;
  return { url: source.type === 'oci' ? `${source.url}/${chart}` : source.url, chart, version: lowest(version) };
}

interface SourceReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

function sourceOf(reference: SourceReference, own: string | undefined, objects: readonly DeliveredObject[]): DeliveredObject | undefined {
  const { kind: wanted, name: named, namespace: of = own } = reference;
  return objects.find(({ kind, name, namespace }) => kind === wanted && name === named && namespace === of);
}

/** The lowest version of a range such as `0.58.x`. */
function lowest(range: string): string {
  return range.replace(/\.x/g, '.0');
}

/** Upstream's repository at a tag: its definitions, where it has them. */
function addDefinitions(internet: Internet, url: string, tag: string, path: string): void {
  const place = internet.placeOf(url);
  const folders = projects().filter(({ repository }) => internet.placeOf(repository) === place).map(({ project }) => project);
  const definitions = [...new Set(folders)].flatMap(definitionsOf);
  internet.git.commit(place, Object.fromEntries(definitions.map(definition => [`${path}/${definition.metadata.name}.yaml`, stringify(definition)])), { tag });
}
