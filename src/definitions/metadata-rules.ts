import { hasVariable } from './schema';
import type { Violation } from './violation-words';
import { isJsonObject, Json, pointerSegment } from '../synth/json';

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const WORDS = 'letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';

/** How many bytes the annotations of an object may have, keys included. */
const ANNOTATIONS = 256 * 1024;

/** What the API server holds the metadata of every object to, beside its schema. */
export function metadataViolations(metadata: Json): Violation[] {
  if (!isJsonObject(metadata)) {
    return [];
  }
  const { labels, annotations, uid, managedFields } = metadata;
  return [
    ...textsOf(labels).flatMap(([key, value]) => [...keyViolations('labels', key), ...valueViolations(key, value)]),
    // The prefix of an annotation may have capital letters.
    ...textsOf(annotations).flatMap(([key]) => keyViolations('annotations', key, key.toLowerCase())),
    ...sizeViolations(textsOf(annotations)),
    ...(uid ?? '') === '' ? [] : [storedField('uid')],
    ...(managedFields ?? null) === null ? [] : [storedField('managedFields')],
  ];
}

function textsOf(map: Json | undefined): [string, string][] {
  return isJsonObject(map) ? Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
}

function keyViolations(map: string, key: string, judged: string = key): Violation[] {
  const [name, prefix, ...more] = judged.split('/').reverse();
  const isName = name.length <= 63 && NAME.test(name);
  const isPrefix = prefix === undefined || prefix.length <= 253 && PREFIX.test(prefix);
  return hasVariable(key) || isName && isPrefix && more.length === 0 ? [] : [{
    pointer: `/metadata/${map}/${pointerSegment(key)}`,
    message: `has the key ${JSON.stringify(key)} in /metadata/${map}; expected a name of at most 63 ${WORDS}, perhaps behind a domain and a "/"`,
    fix: 'rename it',
  }];
}

function valueViolations(key: string, value: string): Violation[] {
  const pointer = `/metadata/labels/${pointerSegment(key)}`;
  return value === '' || hasVariable(value) || value.length <= 63 && NAME.test(value) ? [] : [{
    pointer,
    message: `has ${JSON.stringify(value.length <= 80 ? value : `${value.slice(0, 76)}…`)} at ${pointer}, at most 63 ${WORDS} expected`,
    fix: 'change it, or make an annotation of it',
  }];
}

function sizeViolations(annotations: readonly [string, string][]): Violation[] {
  const size = annotations.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return size <= ANNOTATIONS ? [] : [{
    pointer: '/metadata/annotations', message: `has annotations of ${size} bytes, at most ${ANNOTATIONS} expected`, fix: 'make them shorter, or leave some out',
  }];
}

/** What an object has on a cluster, and nobody may say of one that is to be made. */
function storedField(name: string): Violation {
  return { pointer: `/metadata/${name}`, message: `has /metadata/${name}, which the API server alone gives an object`, fix: 'leave it out' };
}
