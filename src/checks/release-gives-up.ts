import { Finding, ICheck, Severity } from './check';
import { appliedBy } from './support/gates';
import { told } from './support/obstacles';
import { perObject } from './support/per-object';
import { kustomizationTitle, objectTitle, onObject } from './support/place';
import { DeliveredKustomization, DeliveredObject, DeliveredRequirement, Delivery, Strength, Verdict } from '../delivery/delivery';
import { groupKind } from '../synth/api-group';
import { JsonObject, valueAt } from '../synth/json';

/** @see docs/checks/release-gives-up.md */
export const releaseGivesUp: ICheck = {
  checkId: 'release-gives-up',
  title: 'A release or a Job that stays failed',
  examine: delivery => {
    if (delivery.kustomizations.some(({ objects }) => objects.some(retriesByDefault))) {
      return [];
    }
    const unordered = unorderedNeeds(delivery);
    return delivery.kustomizations.flatMap(kustomization => kustomization.objects.filter(object => givesUp(object) !== undefined)
      .flatMap(object => finding(delivery, kustomization, object, unordered)));
  },
};

type Needs = ReadonlyMap<string, readonly DeliveredRequirement[]>;

/** What may come too late, by the object that needs it. */
function unorderedNeeds({ requirements }: Delivery): Needs {
  const needs = new Map<string, DeliveredRequirement[]>();
  for (const need of requirements) {
    if (need.strength === Strength.READY && (need.verdict === Verdict.RACE || need.verdict === Verdict.SETTLES)) {
      const key = `${need.kustomization}|${need.object}`;
      needs.set(key, [...needs.get(key) ?? [], need]);
    }
  }
  return needs;
}

/** How something stays failed. */
interface GivingUp {
  readonly message: string;
  readonly fix: string;
  /** How much it matters where nothing that it needs may come too late; not at all where it is left out. */
  readonly otherwise?: Severity;
  /** Needs that are waited for before the first attempt. */
  readonly awaits: readonly string[];
}

/** What helm-controller looks for before it installs anything. */
const LOOKED_FOR_FIRST = [
  'spec.chart.spec.sourceRef', 'spec.chartRef', 'spec.dependsOn[]', 'spec.valuesFrom[]', 'spec.kubeConfig.secretRef', 'spec.serviceAccountName',
];

const givesUp = perObject((manifest): GivingUp | undefined => {
  const kind = groupKind(manifest);
  if (kind === 'helm.toolkit.fluxcd.io/HelmRelease') {
    return releaseGivingUp(manifest);
  }
  // A pod that lacks what it refers to is not started, which is no failed attempt: only a deadline ends that.
  return kind === 'batch/Job' && valueAt(manifest, '/spec/activeDeadlineSeconds') !== undefined && valueAt(manifest, '/spec/ttlSecondsAfterFinished') === undefined ? {
    message: `fails for good after ${String(valueAt(manifest, '/spec/activeDeadlineSeconds'))} seconds (spec.activeDeadlineSeconds)`,
    fix: 'let its Kustomization depend on what brings this, take the deadline away, or give the Job a ttlSecondsAfterFinished, after which Flux makes it anew',
    awaits: [],
  } : undefined;
});

function releaseGivingUp(manifest: JsonObject): GivingUp | undefined {
  // With RetryOnFailure an install that failed is tried again as an upgrade.
  const [install, upgrade] = ['install', 'upgrade'].map(action => attemptsOf(manifest, action));
  const attempts = Math.min(install, upgrade);
  const what = install === Infinity ? 'upgrade' : 'attempt';
  return attempts === Infinity ? undefined : {
    message: `stays failed after ${attempts === 1 ? `its first failed ${what}` : `${attempts} failed ${what}s`}, until something in it changes`,
    fix: 'give install and upgrade the strategy RetryOnFailure',
    otherwise: attempts === 1 ? Severity.WARNING : Severity.INFO,
    awaits: LOOKED_FOR_FIRST,
  };
}

/** How often Flux tries to install or to upgrade a release before it leaves it. */
function attemptsOf(manifest: JsonObject, action: string): number {
  const retries = Number(valueAt(manifest, `/spec/${action}/remediation/retries`) ?? 0);
  return valueAt(manifest, `/spec/${action}/strategy/name`) === 'RetryOnFailure' || retries < 0 ? Infinity : retries + 1;
}

/** A FluxInstance that lets helm-controller try again where a release says nothing. */
const retriesByDefault = perObject(manifest => manifest.kind === 'FluxInstance' && JSON.stringify(manifest.spec ?? null).includes('DefaultToRetryOnFailure=true'));

function finding(delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject, needs: Needs): Finding[] {
  const { message, fix, otherwise, awaits } = givesUp(object)!;
  const late = (needs.get(`${kustomizationTitle(kustomization)}|${objectTitle(object)}`) ?? [])
    .filter(({ at, fact }) => !awaits.includes(at) && !isAppliedWith(kustomization, fact));
  const check = 'release-gives-up';
  if (late.length > 0) {
    return [onObject(delivery, kustomization, object, {
      check, message: `${message}, and needs ${told(late.map(({ what, at }) => `${what} (${at})`))}, which may come too late`, fix,
    })];
  }
  return otherwise ? [onObject(delivery, kustomization, object, { check, severity: otherwise, message, fix })] : [];
}

/** What the same Kustomization applies is there at most moments later. */
function isAppliedWith(kustomization: DeliveredKustomization, fact: string): boolean {
  return fact.startsWith('exists ') && appliedBy(kustomization).has(fact.slice('exists '.length));
}
