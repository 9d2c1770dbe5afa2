import { Finding, ICheck, Severity } from './check';
import { applied } from './support/applied';
import { objectTitle, onKustomization, onObject, Remark } from './support/place';
import { DeliveredKustomization, Delivery } from '../delivery/delivery';
import { substitutes } from '../delivery/substituted';
import { isLeftAlone } from '../synth/envsubst';
import { isTabBlock } from '../synth/go-yaml';
import { isJsonObject, Json, JsonObject, pointerSegment } from '../synth/json';
import { memoized } from '../synth/memoized';

const CHECK = 'unbuildable-text';

/** @see docs/checks/unbuildable-text.md */
export const unbuildableText: ICheck = {
  checkId: CHECK,
  title: 'Text that kustomize cannot have',
  examine: delivery => [
    ...delivery.kustomizations.flatMap(kustomization => [
      ...remarks(kustomization.manifest, OF_CLUSTER).map(remark => onKustomization(delivery, kustomization, remark)),
      ...findingsIn(delivery, kustomization),
    ]),
    ...delivery.beside.flatMap(({ manifest, file, constructPath, ...object }) => remarks(manifest, OF_CLUSTER).map((remark): Finding =>
      ({ severity: Severity.ERROR, ...remark, cluster: delivery.cluster, object: objectTitle(object), file, constructPath }))),
  ],
};

/** What is wrong in the files of a Kustomization, and then in what it makes of them. */
function findingsIn(delivery: Delivery, kustomization: DeliveredKustomization): Finding[] {
  const found = [
    ...kustomization.objects.flatMap(object => remarks(object.manifest, OF_KUSTOMIZATION).map(remark => ({ object, remark }))),
    ...applied(kustomization).flatMap(object => [...remarks(object.manifest, OF_KUSTOMIZATION), ...remarksOnTabs(kustomization, object.manifest)]
      .map(remark => ({ object, remark }))),
  ];
  return [...new Map(found.map(({ object, remark }) => [`${object.file} ${remark.message}`, onObject(delivery, kustomization, object, remark)])).values()];
}

const OF_KUSTOMIZATION = 'the build of the whole Kustomization fails';
const OF_CLUSTER = 'the build of the cluster\'s directory fails';

/** What is wrong with a text, whoever reads it. */
function remarks(manifest: JsonObject, fails: string): Remark[] {
  return textsIn(manifest).flatMap(({ text, pointer, isKey }): Remark[] => [
    ...[/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.exec(text)].flatMap(match => !match ? [] : [{
      check: CHECK,
      message: `has the character ${codeOf(match[0])} at ${pointer}, which kustomize does not read, however it is written: ${fails}`,
      fix: 'leave it out, or write it as an escape, where what reads the text knows one',
    }]),
    ...!text.includes('\x85') ? [] : [{
      check: CHECK,
      message: `has the character U+0085 at ${pointer}, ${isKey ? `which kustomize does not read in a key: ${fails}` : 'of which kustomize makes a space or a line break'}`,
      fix: 'leave it out, or write a line break',
    }],
    ...!isKey || text !== '<<' ? [] : [{
      check: CHECK,
      message: `has the key << at ${pointer}, which kustomize takes for a merge and leaves out`,
      fix: 'give it another name',
    }],
    ...!isKey || lengthInJson(text) <= KEY_LENGTH ? [] : [{
      check: CHECK,
      message: `has a key of ${lengthInJson(text)} characters in JSON at ${shortened(pointer)}; kustomize reads at most ${KEY_LENGTH}: ${fails}`,
      fix: 'shorten it',
    }],
  ]);
}

/** How long a key may be in JSON, of which kustomize makes YAML. */
const KEY_LENGTH = 1024;

function lengthInJson(key: string): number {
  return [...JSON.stringify(key)].reduce((length, char) => length + (/[<>&\u2028\u2029]/.test(char) ? 6 : 1), 0);
}

function codeOf(char: string): string {
  return `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function shortened(pointer: string): string {
  return pointer.length > 100 ? `${pointer.slice(0, 100)}…` : pointer;
}

/** Flux reads an object anew in which it has substituted, and then kustomize writes what it cannot read. */
function remarksOnTabs(kustomization: DeliveredKustomization, manifest: JsonObject): Remark[] {
  return !substitutes(kustomization) || isLeftAlone(manifest) ? [] : textsIn(manifest).filter(({ text }) => isTabBlock(text)).map(({ pointer }) => ({
    check: CHECK,
    message: `has text of several lines at ${shortened(pointer)} that a tab begins, which Flux does not read where it substitutes variables: ${OF_KUSTOMIZATION}`,
    fix: 'begin it with an empty line or with spaces, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
  }));
}

interface Text {
  readonly text: string;
  /** JSON pointer; of a key, that of the mapping. */
  readonly pointer: string;
  readonly isKey: boolean;
}

const textsIn = memoized((manifest: JsonObject): readonly Text[] => texts(manifest, ''));

function texts(value: Json, pointer: string): Text[] {
  if (typeof value === 'string') {
    return isPlain(value) ? [] : [{ text: value, pointer, isKey: false }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => texts(item, `${pointer}/${i}`));
  }
  return !isJsonObject(value) ? [] : Object.entries(value).flatMap(([key, item]) => [
    ...isPlain(key) && key !== '<<' && key.length < KEY_LENGTH / 6 ? [] : [{ text: key, pointer: pointer || '/', isKey: true }],
    ...texts(item, `${pointer}/${pointerSegment(key)}`),
  ]);
}

/** Whether there is nothing to look at. */
function isPlain(text: string): boolean {
  return !/^\t|[\x7f-\x9f\ufffe\uffff]/.test(text);
}
