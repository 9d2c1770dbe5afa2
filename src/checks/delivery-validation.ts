import { readFileSync } from 'fs';
import { posix, sep } from 'path';
import { parseAllDocuments } from 'yaml';
import { Acceptance, Finding } from './check';
import { examine, isFatal } from './examine';
import { Assessor } from '../delivery/assessment';
import { clusterDirectories, deliveryOf, ParsedRepository } from '../delivery/repository-tree';
import { isJsonObject, JsonObject } from '../synth/json';

/** What can be said of the validation, in `cdk8s.yaml`, below `properties`. */
export interface DeliveryValidationProps {
  /**
   * Findings that are taken as they are.
   *
   * @default - none
   */
  readonly accept?: Acceptance[];
}

/**
 * The checks as a validation plugin of the cdk8s CLI. It reads the repository that was written, whoever wrote it: what charts bring about is not
 * in it, so that what nothing delivers is taken to be there. Synth itself, which knows the components, looks at that, too.
 *
 * In `cdk8s.yaml`:
 *
 *     validations:
 *       - package: ./node_modules/cdk8s-strata
 *         version: 0.0.0
 *         class: DeliveryValidation
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class DeliveryValidation {
  private readonly accepted: Acceptance[];

  constructor(props: DeliveryValidationProps = {}) {
    this.accepted = [...props.accept ?? []];
  }

  /**
   * Called by the cdk8s CLI.
   *
   * @param context its `ValidationContext`
   */
  public async validate(context: any): Promise<void> {
    const paths = context.manifests as string[];
    const root = rootOf(paths);
    const repository: ParsedRepository = new Map(paths.map(path => [slashed(path).slice(root.length), documentsIn(path)]));
    const assessor = new Assessor({ infer: false, partial: true });
    const deliveries = clusterDirectories(repository).map(directory => deliveryOf(repository, directory))
      .map(delivery => ({ ...delivery, ...assessor.assess(delivery) }));
    const findings = examine(deliveries, [], this.accepted);
    findings.filter(({ acceptedBecause }) => acceptedBecause === undefined).forEach(finding => context.report.addViolation(violation(finding, root)));
    context.report.submit(findings.some(isFatal) ? 'failure' : 'success', { clusters: String(deliveries.length), findings: String(findings.length) });
  }
}

/** The folder that has the clusters' folder in it. */
function rootOf(paths: readonly string[]): string {
  const clusters = paths.map(slashed).find(path => path.includes('/clusters/'));
  if (clusters === undefined) {
    throw new Error('there is no cluster in the output: expected clusters/<name>/ with the Kustomizations of each; let output of cdk8s.yaml be the root of the repository.');
  }
  return clusters.slice(0, clusters.indexOf('/clusters/') + 1);
}

function slashed(path: string): string {
  return sep === posix.sep ? path : path.split(sep).join(posix.sep);
}

function documentsIn(path: string): JsonObject[] {
  return parseAllDocuments(readFileSync(path, 'utf-8')).map(document => document.toJS()).filter(isJsonObject);
}

function violation({ check, cluster, kustomization, object, file, constructPath, severity, message, fix }: Finding, root: string): object {
  return {
    ruleName: check,
    recommendation: `${severity}: ${message}`,
    fix,
    violatingResources: [{
      resourceName: object ?? kustomization ?? cluster,
      locations: [[cluster, kustomization].filter(part => part).join(' › ')],
      manifestPath: file ? root + file : root,
      ...constructPath ? { constructPath } : {},
    }],
  };
}
