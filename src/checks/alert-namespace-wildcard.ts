import { Finding, ICheck, Severity } from './check';
import { AppliedObject, appliedOfKind, listAt } from './support/applied';
import { mayHaveOperator, OPERATOR_KINDS } from './support/flux-instance';
import { onObject, Remark } from './support/place';
import { Delivery } from '../delivery/delivery';
import { isJsonObject, JsonObject } from '../synth/json';

const CHECK = 'alert-namespace-wildcard';

/** @see docs/checks/alert-namespace-wildcard.md */
export const alertNamespaceWildcard: ICheck = {
  checkId: CHECK,
  title: 'Objects that an Alert or a Receiver names, and Flux never finds',
  examine: delivery => appliedOfKind(delivery, 'notification.toolkit.fluxcd.io/Alert', 'notification.toolkit.fluxcd.io/Receiver')
    .flatMap(selecting => remarks(delivery, selecting).map((remark): Finding =>
      onObject(delivery, selecting.kustomization, selecting.object, { check: CHECK, ...remark }))),
};

/** What an Alert or a Receiver has to do with the objects that it names. */
interface Purpose {
  readonly at: string;
  readonly entries: readonly JsonObject[];
  readonly loss: string;
}

function remarks(delivery: Delivery, { object }: AppliedObject): Omit<Remark, 'check'>[] {
  const isAlert = object.kind === 'Alert';
  const purpose = isAlert
    ? { at: 'spec.eventSources', entries: listAt(object.manifest, '/spec/eventSources'), loss: 'none of their events is ever sent' }
    : { at: 'spec.resources', entries: listAt(object.manifest, '/spec/resources'), loss: 'none of them is ever reconciled by it' };
  return [
    ...everyNamespace(purpose),
    ...isAlert ? [] : everyName(purpose),
    ...mayHaveOperator(delivery) ? [] : operatorKinds(purpose),
  ];
}

function everyNamespace({ at, entries, loss }: Purpose): Omit<Remark, 'check'>[] {
  const kinds = kindsOf(entries.filter(({ namespace }) => namespace === '*'));
  return kinds === '' ? [] : [{
    severity: Severity.WARNING,
    message: `names ${kinds} of the namespace "*" (${at}), which Flux takes for the name of one: ${loss}`,
    fix: 'make an entry for each namespace',
  }];
}

function everyName({ at, entries, loss }: Purpose): Omit<Remark, 'check'>[] {
  const kinds = kindsOf(entries.filter(({ name, matchLabels }) => name === '*' && !isJsonObject(matchLabels)));
  return kinds === '' ? [] : [{
    severity: Severity.WARNING,
    message: `names every ${kinds} (${at}) without matchLabels, which a Receiver needs beside the name "*": ${loss}`,
    fix: 'add matchLabels, or name the objects',
  }];
}

/** The operator widens the definitions of Flux that it installs. */
function operatorKinds({ at, entries }: Purpose): Omit<Remark, 'check'>[] {
  const kinds = kindsOf(entries.filter(({ kind }) => OPERATOR_KINDS.includes(String(kind))));
  return kinds === '' ? [] : [{
    message: `names ${kinds} (${at}), which only a Flux that the Flux Operator has installed accepts, and no FluxInstance is delivered here: the API refuses it`,
    fix: 'leave the entry out, deliver the FluxInstance, or call cluster.assume(…) where it is there before',
  }];
}

function kindsOf(entries: readonly JsonObject[]): string {
  return [...new Set(entries.map(({ kind }) => String(kind)))].join(', ');
}
