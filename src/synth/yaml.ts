import { Document, isCollection, isMap, isNode, Scalar, visit } from 'yaml';
import { JsonObject, pointerKeys } from './json';

/** Comments of a document: JSON pointer of a field → the text behind it. Texts for one line follow each other there. */
export type Comments = Readonly<Record<string, string>>;

/** What YAML wants escaped, beside the control characters that every emitter escapes. (kustomize itself still refuses or changes most of them.) */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Half a character; with the flag `u`, a pair does not match. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** A literal block cannot begin with a tab, and loses lines where there is nothing but blanks. */
const NO_BLOCK = /^(?=.*\n)[ \n]*(\t|$)/s;

/** Go's YAML, which kustomize reads with, drops every `_` before it looks for a number, and takes a sign on both sides of `0o`. */
const GO_NUMBER = /^[-+]?(0[box][-+]?[\da-f]+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?)$/i;

/**
 * Writes an object (or a list, where a field holds YAML of its own) as a YAML document, as a person would: two spaces, indented
 * lists, block scalars for text of several lines, quotes where YAML 1.1 (which Kubernetes reads) or 1.2 would see something other
 * than the string. Half a surrogate pair, which no file can hold, becomes U+FFFD, as it does wherever text is written as UTF-8.
 *
 * Every file of the repository is written by this function; a faster emitter goes in here.
 */
export function toYaml(object: JsonObject | JsonObject[], comments: Comments = {}): string {
  const document = new Document(object, {
    version: '1.2',
    // Quote what a YAML 1.1 reader would take for another type (`on`, `0755`, `12:30`, `2001-01-01`).
    compat: 'yaml-1.1',
    // One object that is used twice is written twice: kustomize resolves anchors, people do not.
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') {
        scalar.value = scalar.value.replace(LONE_SURROGATE, '\ufffd');
        scalar.type = needsQuotes(scalar.value as string) ? Scalar.QUOTE_DOUBLE : undefined;
      }
    },
  });
  for (const [pointer, text] of Object.entries(comments)) {
    comment(document, pointer, text);
  }
  // Quoted text stays on one line: where it is folded, the library loses lines of blanks.
  return document.toString({ lineWidth: 0, blockQuote: 'literal', indentSeq: true, doubleQuotedAsJSON: true })
    .replace(UNPRINTABLE, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether text needs quotes that the library would not give it. */
function needsQuotes(text: string): boolean {
  return NO_BLOCK.test(text) || GO_NUMBER.test(text.replace(/_/g, '')) || text.search(UNPRINTABLE) >= 0;
}

/** Puts the comment on the line on which the field's value begins. */
function comment(document: Document, pointer: string, text: string): void {
  let node = document.getIn(pointerKeys(pointer), true);
  while (isCollection(node) && node.items.length > 0) {
    node = isMap(node) ? node.items[0].value : node.items[0];
  }
  if (!isNode(node)) {
    throw new Error(`cannot comment ${pointer}: the document has no such field`);
  }
  if (isCollection(node)) {
    node.flow = true;
  }
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line !== '') {
    node.comment = node.comment ? `${node.comment}; ${line}` : ` ${line}`;
  }
}
