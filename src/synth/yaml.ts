import { Document, isCollection, isMap, isScalar, Scalar } from 'yaml';
import { JsonObject, pointerKeys } from './json';

/** Comments of a document: JSON pointer of a field → the text behind it. */
export type Comments = Readonly<Record<string, string>>;

/**
 * Writes an object (or a list, where a field holds YAML of its own) as a YAML document, as a person would: two spaces, indented lists, block scalars for text of several
 * lines, quotes where YAML 1.1 (which Kubernetes reads) or 1.2 would see something other than the string.
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
  for (const [pointer, text] of Object.entries(comments)) {
    comment(document, pointer, text);
  }
  return document.toString({ lineWidth: 0, blockQuote: 'literal', indentSeq: true });
}

/** Puts the comment on the line on which the field's value begins. */
function comment(document: Document, pointer: string, text: string): void {
  let node = document.getIn(pointerKeys(pointer), true);
  while (isCollection(node) && node.items.length > 0) {
    node = isMap(node) ? node.items[0].value : node.items[0];
  }
  if (!isScalar(node)) {
    throw new Error(`cannot comment ${pointer}: the document has no such field`);
  }
  (node as Scalar).comment = ` ${text.replace(/\s+/g, ' ').trim()}`;
}
