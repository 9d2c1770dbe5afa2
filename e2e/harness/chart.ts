import { createHash } from 'crypto';
import { tarGz } from './tar';

/** A Helm chart, packed. */
export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly archive: Buffer;
}

export interface ChartContent {
  /** What is installed ahead of the release, and never removed. */
  readonly definitions: readonly object[];
  /** What the release consists of. */
  readonly objects: readonly object[];
}

export function packChart(name: string, version: string, { definitions, objects }: ChartContent): Chart {
  const files = [
    ['Chart.yaml', { apiVersion: 'v2', name, version }] as const,
    ...definitions.map((object, index) => [`crds/${index}.yaml`, object] as const),
    ...objects.map((object, index) => [`templates/${index}.yaml`, object] as const),
  ];
  return { name, version, archive: tarGz(Object.fromEntries(files.map(([path, content]) => [`${name}/${path}`, JSON.stringify(content)]))) };
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
