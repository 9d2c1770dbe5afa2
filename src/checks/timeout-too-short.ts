import { Finding, ICheck, Severity } from './check';
import { gatedBy } from './support/gates';
import { perObject } from './support/per-object';
import { onObject } from './support/place';
import { DeliveredKustomization, DeliveredObject, Delivery } from '../delivery/delivery';
import { apiGroup } from '../synth/api-group';
import { goDurationText, parseGoDuration } from '../synth/go-duration';
import { JsonObject, valueAt } from '../synth/json';

/** @see docs/checks/timeout-too-short.md */
export const timeoutTooShort: ICheck = {
  checkId: 'timeout-too-short',
  title: 'A release that may take longer than its Kustomization waits for it',
  examine: delivery => delivery.kustomizations.flatMap(kustomization => {
    const timeout = timeoutOf(kustomization);
    return timeout === undefined ? [] : gatedBy(kustomization).filter(isDelivered).flatMap(object => {
      const longest = longestAction(object);
      return longest && longest.milliseconds > timeout ? [tooShort(delivery, kustomization, object, longest, timeout)] : [];
    });
  }),
};

function isDelivered(object: object): object is DeliveredObject {
  return 'manifest' in object;
}

const HALF_A_MINUTE = 30_000;

/** How long Flux waits for health: without `timeout` the interval less 30 seconds, and 30 seconds at least. */
function timeoutOf({ manifest }: DeliveredKustomization): number | undefined {
  const { timeout, interval } = manifest.spec as { timeout?: string; interval?: string };
  const given = parseGoDuration(timeout ?? interval ?? '');
  return given === undefined ? undefined : Math.max(timeout === undefined ? given - HALF_A_MINUTE : given, HALF_A_MINUTE);
}

interface Action {
  readonly milliseconds: number;
  readonly at: string;
}

const HELM_TIMEOUT = '5m';

/** The longest that a release may take for its installation, or for the upgrade that mends it. */
const longestAction = perObject((manifest): Action | undefined => {
  if (manifest.kind !== 'HelmRelease' || apiGroup(String(manifest.apiVersion)) !== 'helm.toolkit.fluxcd.io') {
    return undefined;
  }
  const usual = actionOf(manifest, '/spec/timeout') ?? { milliseconds: parseGoDuration(HELM_TIMEOUT)!, at: 'the default' };
  const actions = ['install', 'upgrade'].map(action => actionOf(manifest, `/spec/${action}/timeout`) ?? usual);
  return actions.reduce((longest, action) => action.milliseconds > longest.milliseconds ? action : longest);
});

function actionOf(manifest: JsonObject, pointer: string): Action | undefined {
  const milliseconds = parseGoDuration(String(valueAt(manifest, pointer) ?? ''));
  return milliseconds === undefined ? undefined : { milliseconds, at: pointer.slice(1).replaceAll('/', '.') };
}

function tooShort(
  delivery: Delivery, kustomization: DeliveredKustomization, object: DeliveredObject, { milliseconds, at }: Action, timeout: number,
): Finding {
  const { name } = kustomization;
  return onObject(delivery, kustomization, object, {
    check: 'timeout-too-short',
    severity: Severity.WARNING,
    message: `may take ${goDurationText(milliseconds)} (${at}), and ${name} waits only ${goDurationText(timeout)} for it: ${name} fails while the release goes on`,
    fix: `give ${name} a timeout of more than ${goDurationText(milliseconds)}, or the release a shorter one`,
  });
}
