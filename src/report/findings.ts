import { styleText } from 'util';
import { Finding, Severity } from '../checks/check';

/** How a report looks. */
export interface FindingsReportOptions {
  /** Whether it has colours: for a terminal. */
  readonly color: boolean;
}

/** Findings as text for a person: each once, with the clusters that it is on, what it is about, how to mend it. */
export function reportFindings(findings: readonly Finding[], { color }: FindingsReportOptions): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) => color ? styleText(style, text, { validateStream: false }) : text;
  const styles = { [Severity.ERROR]: 'red', [Severity.WARNING]: 'yellow', [Severity.INFO]: 'blue' } as const;
  return together(findings).map(({ finding, clusters }) => {
    const { check, severity, kustomization, object, file, constructPath, message, fix, evidence = [], acceptedBecause } = finding;
    const place = [clusters.join(', '), kustomization?.split('/')[1], object].filter(part => part !== undefined).join(' › ');
    const subject = object ?? (kustomization === undefined ? 'the cluster' : `the Kustomization ${kustomization.split('/')[1]}`);
    return [
      `${paint(acceptedBecause === undefined ? styles[severity] : 'green', acceptedBecause === undefined ? severity : 'accepted')} ${paint('bold', check)}  ${place}`,
      `  ${subject} ${message}`,
      ...evidence.map(line => `  ${paint('dim', line)}`),
      ...acceptedBecause === undefined ? [`  ${paint('green', 'mend:')} ${fix}`] : [`  because: ${acceptedBecause}`],
      ...file === undefined ? [] : [`  ${paint('dim', `file: ${file}${!constructPath ? '' : `, made by ${constructPath}`}`)}`],
    ].join('\n');
  }).join('\n\n');
}

/** One that several clusters have is told once. */
function together(findings: readonly Finding[]): { finding: Finding; clusters: string[] }[] {
  const groups = new Map<string, { finding: Finding; clusters: string[] }>();
  for (const finding of findings) {
    const { cluster, file, constructPath } = finding;
    const key = JSON.stringify({ ...finding, cluster: '', file: withoutCluster(file, cluster), constructPath: withoutCluster(constructPath, cluster) });
    const group = groups.get(key);
    if (group) {
      group.clusters.push(cluster);
    } else {
      groups.set(key, { finding, clusters: [cluster] });
    }
  }
  return [...groups.values()];
}

/** A path that differs between clusters by their names alone. */
function withoutCluster(path: string | undefined, cluster: string): string | undefined {
  return path?.split('/').map(segment => segment === cluster ? '' : segment).join('/');
}

/** One error that tells all that keeps a repository from being written. */
export function findingsError(findings: readonly Finding[], options: FindingsReportOptions): Error {
  const count = together(findings).length;
  return new Error(`${count} ${count === 1 ? 'error' : 'errors'}, nothing was written:\n\n${reportFindings(findings, options)}\n`);
}
