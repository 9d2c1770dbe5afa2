import { reportFindings } from './findings';
import { Finding, Severity } from '../checks/check';
import { DeliveredKustomization, Delivery } from '../delivery/delivery';

/** What has to be on a cluster before Flux starts there. */
export interface SummaryPrerequisite {
  readonly what: string;
  readonly object?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly because?: string;
  readonly command?: string;
}

/** What a summary tells. */
export interface SummaryInput {
  /** Directory that was written to. */
  readonly outdir: string;
  /** Path → content. */
  readonly files: Readonly<Record<string, string>>;
  readonly deliveries: readonly Delivery[];
  /** By the name of the cluster. */
  readonly prerequisites: Readonly<Record<string, readonly SummaryPrerequisite[]>>;
  /** What the checks found, none of it fatal. */
  readonly findings: readonly Finding[];
  /** Whether it has colours. */
  readonly color: boolean;
}

/** What was written, and what each cluster needs before Flux starts there, as text for a terminal. */
export function summarize({ outdir, files, deliveries, prerequisites, findings, color }: SummaryInput): string {
  return [
    `Wrote ${count(Object.keys(files).length, 'file')} to ${outdir}:`,
    ...folders(Object.keys(files)).map(([folder, size]) => `  ${folder.padEnd(16)}${count(size, 'file')}`),
    ...deliveries.flatMap(delivery => ['', ...clusterLines(delivery, prerequisites[delivery.cluster] ?? [])]),
    ...findingLines(findings, color),
    '',
  ].join('\n');
}

function folders(paths: readonly string[]): [string, number][] {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    const folder = path.split('/')[0] + '/';
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  return [...sizes];
}

/** What was accepted and what warns; the rest is counted. */
function findingLines(findings: readonly Finding[], color: boolean): string[] {
  const told = findings.filter(({ severity, acceptedBecause }) => severity === Severity.WARNING || acceptedBecause !== undefined);
  const others = findings.length - told.length;
  return [
    ...told.length === 0 ? [] : ['', reportFindings(told, { color })],
    ...others === 0 ? [] : ['', `The checks have ${count(others, 'info')} on top: platform.findings().`],
  ];
}

function clusterLines({ cluster, kustomizations }: Delivery, prerequisites: readonly SummaryPrerequisite[]): string[] {
  const objects = kustomizations.reduce((sum, kustomization) => sum + kustomization.objects.length, 0);
  return [
    `Cluster ${cluster}: ${count(kustomizations.length, 'Kustomization')} with ${count(objects, 'object')}.`,
    ...barriers(kustomizations),
    ...prerequisites.length === 0 ? [] : ['Before Flux starts there, it needs:'],
    ...prerequisites.flatMap(({ what, object, because, command }) => [
      `  - ${what}${object ? `, ${object.kind} ${[object.namespace, object.name].filter(part => part).join('/')}` : ''}${because ? ` (${because})` : ''}`,
      ...command ? command.split('\n').map(line => `      ${line}`) : [],
    ]),
  ];
}

/** Dependencies that Flux does not hold to the same commit. */
function barriers(kustomizations: readonly DeliveredKustomization[]): string[] {
  const sources = new Map(kustomizations.map(({ name, namespace, source }) => [`${namespace}/${name}`, source]));
  return kustomizations.flatMap(({ name, source, dependsOn }) => dependsOn
    .filter(dependency => (sources.get(`${dependency.namespace}/${dependency.name}`) ?? source) !== source)
    .map(dependency => `  ${name} waits for ${dependency.name}, which reads another source: until it is ready, not until it has the same commit.`));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
