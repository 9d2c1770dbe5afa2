/** A scalar as Go's YAML reads it, where Flux has put something into what Go's YAML wrote. */
import { Alias, Document, isAlias, isCollection, isMap, isPair, isScalar, Node, Pair, parseDocument, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { floatText, Resolved, resolved } from './go-scalar';
import { INDENT, Place } from './go-yaml';
import { isJsonObject, Json, JsonObject } from './json';

/** A value, or why there is none. */
export type ScalarValue = { readonly value: Json; readonly error?: undefined } | { readonly value?: undefined; readonly error: string };

/** What stands around a scalar: before it, and behind it. */
const AROUND: Readonly<Record<Place, readonly [string, string]>> = {
  'field': ['data:\n  key: ', '\n  end: end\n'],
  'item': ['data:\n- ', '\n- end\n'],
  'key': ['data:\n  ', ': key\n  end: end\n'],
  'complex key': ['data:\n  ? ', '\n  : key\n  end: end\n'],
};

/** What Go's reader does not let through. */
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The value of a scalar that is written like that: text, a number, a structure, for a key always text; or why it cannot be read. */
export function scalarValue(written: string, place: Place = 'field'): ScalarValue {
  try {
    if (FORBIDDEN.test(written)) {
      throw new Unreadable('control characters are not allowed');
    }
    const text = written.replace(/\r\n?|[\x85\u2028\u2029]/g, '\n');
    return { value: readLiteral(text) ?? readFlow(text, place) };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { error: `YAML: ${error.message}` };
    }
    throw error;
  }
}

class Unreadable extends Error {}

/** What Go's YAML says of a literal block that a tab begins. */
export const TAB = 'found a tab character where an indentation space is expected';

/** The text of a literal block that is as deep as `emittedScalar` writes it; undefined where it is none. */
function readLiteral(written: string): string | undefined {
  const [header, indentation, chomping] = /^\|(2?)([-+]?)\n/.exec(written) ?? [];
  if (header === undefined) {
    return undefined;
  }
  const lines = written.slice(header.length).split('\n').map(line => ({ line, spaces: line.search(/[^ ]|$/) }));
  const first = lines.findIndex(({ line, spaces }) => spaces < line.length);
  const leading = first < 0 ? lines : lines.slice(0, first + 1);
  if (!indentation && lines[first]?.line[lines[first].spaces] === '\t') {
    throw new Unreadable(TAB);
  }
  const indent = indentation ? INDENT.length : Math.max(INDENT.length - 1, ...leading.map(({ spaces }) => spaces));
  const texts = lines.map(({ line, spaces }) => {
    if (spaces < indent && spaces < line.length) {
      throw new Unreadable(line[spaces] === '\t' ? TAB : 'could not find expected \':\'');
    }
    return line.slice(indent);
  });
  const text = texts.join('\n');
  const [, body, breaks] = /^(.*?)(\n*)$/s.exec(text)!;
  return chomping === '-' ? body : chomping === '+' ? text : body === '' ? '' : body + (breaks === '' ? '' : '\n');
}

const EVERYWHERE: readonly Place[] = ['field', 'item', 'key', 'complex key'];

/** What Go's reader refuses where the other one does not: tabs where a key may begin, keys of more than 1024 characters, names, an escape. */
const REFUSED: readonly (readonly [RegExp, readonly Place[], string])[] = [
  [/^ *(-( +|(?=\t)))*\t/, ['item', 'key', 'complex key'], 'found character that cannot start any token'],
  [/^.{1025}/s, ['key'], 'could not find expected \':\''],
  [/^ *[&*](?![\w-]+([\s?:,\]}%@`]|$))/, EVERYWHERE, 'did not find expected alphabetic or numeric character'],
  [/^ *![^\s#]*#/, EVERYWHERE, 'did not find expected whitespace or line break'],
  [/^"([^"\\]|\\[^/])*\\\//, EVERYWHERE, 'found unknown escape character'],
];

/** Go takes a comment right behind the header of a block, or behind a closing quote. */
const ADJACENT_COMMENT = /^( *(?:[|>](?:[-+][1-9]?|[1-9][-+]?)?|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'))#.*/;

/** Anything but a literal block, by a reader of YAML 1.1 that takes every scalar for text; Go's rules say what the text is. */
function readFlow(written: string, place: Place): Json {
  const refused = REFUSED.find(([pattern, places]) => places.includes(place) && pattern.test(written));
  if (refused) {
    throw new Unreadable(refused[2]);
  }
  const [before, behind] = AROUND[place];
  // In quotes, lines may begin at the margin, and a quote of the other kind may be escaped.
  const quoted = /^["']/.test(written) ? written.replaceAll('\n', `\n${INDENT}`) : written;
  const text = (quoted.startsWith('"') ? quoted.replace(/\\([^])/g, (escape, char) => char === '\'' ? char : escape) : quoted).replace(ADJACENT_COMMENT, '$1');
  const document = parseDocument(before + text + behind, { schema: 'failsafe', version: '1.1', logLevel: 'silent', uniqueKeys: false });
  const [problem] = document.errors;
  if (problem) {
    throw new Unreadable(problem.message.split(' at line')[0]);
  }
  const data = isMap<ParsedNode, ParsedNode>(document.contents) && document.contents.items.length === 1 ? document.contents.items[0].value : null;
  if (!isCollection(data) || data.items.length !== 2) {
    throw new Unreadable('it is more or less than one value');
  }
  const reader = new Reader(document);
  const [found] = data.items as readonly (ParsedNode | Pair<ParsedNode>)[];
  return !isPair(found) ? reader.value(found) : place === 'field' ? reader.value(found.value) : reader.key(found.key);
}

/** Values of nodes as Go has them once they are JSON. */
class Reader {
  private readonly open = new Set<unknown>();

  constructor(private readonly document: Document.Parsed) {}

  public value(node: unknown): Json {
    if (isAlias(node)) {
      return this.value(this.target(node));
    }
    if (!isCollection(node)) {
      const scalar = isScalar(node) ? scalarOf(node) : null;
      if (typeof scalar === 'number' && !Number.isFinite(scalar)) {
        throw new Unreadable('json: unsupported value');
      }
      return typeof scalar === 'bigint' ? Number(scalar) : scalar;
    }
    if (this.open.has(node)) {
      throw new Unreadable('an anchor contains itself');
    }
    this.open.add(node);
    const value = isMap(node) ? this.mapping(node) : node.items.map(item => this.value(item));
    this.open.delete(node);
    return value;
  }

  /** A key becomes text again, where it is a scalar. */
  public key(node: unknown): string {
    const target = isAlias(node) ? this.target(node) : node;
    const scalar = isScalar(target) ? scalarOf(target) : null;
    if (scalar === null || scalar === '<<' || typeof scalar === 'bigint' && scalar >= 2n ** 63n) {
      throw new Unreadable('invalid map key');
    }
    return typeof scalar === 'number' ? floatText(scalar) : String(scalar);
  }

  private mapping(node: YAMLMap): JsonObject {
    return Object.fromEntries(node.items.flatMap(({ key, value }): [string, Json][] =>
      isMerge(key) ? this.merged(value) : [[this.key(key), this.value(value)]]));
  }

  private merged(node: unknown): [string, Json][] {
    const value = this.value(node);
    const mappings = Array.isArray(value) ? [...value].reverse() : [value];
    if (!mappings.every(isJsonObject)) {
      throw new Unreadable('map merge requires map or sequence of maps as the value');
    }
    return mappings.flatMap(mapping => Object.entries(mapping));
  }

  private target(alias: Alias): Node {
    const target = alias.resolve(this.document);
    if (!target) {
      throw new Unreadable(`unknown anchor '${alias.source}' referenced`);
    }
    return target;
  }
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.value === '<<';
}

const TAG = 'tag:yaml.org,2002:';

/** Tags of Go's, and which values may have them. */
const TAGGED: Readonly<Record<string, (value: Resolved) => boolean>> = {
  [`${TAG}bool`]: value => typeof value === 'boolean',
  [`${TAG}int`]: value => typeof value === 'bigint',
  [`${TAG}float`]: value => typeof value === 'number' || typeof value === 'bigint',
  [`${TAG}null`]: value => value === null,
};

function scalarOf({ tag, type, value, source }: Scalar): Resolved {
  const text = type === Scalar.PLAIN ? source ?? '' : String(value);
  if (tag === undefined) {
    return type === Scalar.PLAIN ? resolved(text) : text;
  }
  if (tag === `${TAG}binary`) {
    return binary(text);
  }
  const found = resolved(text);
  if (TAGGED[tag]?.(found) === false) {
    throw new Unreadable(`cannot decode \`${text}\` as a !!${tag.slice(TAG.length)}`);
  }
  return TAGGED[tag] ? found : text;
}

function binary(text: string): string {
  if (!/^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text)) {
    throw new Unreadable('!!binary value contains invalid base64 data');
  }
  return Buffer.from(text, 'base64').toString();
}
