import { Bytes, CHARACTER, characterAt, decoded } from './utf8';

/** One step of a pattern: where it goes on in a text behind a place; undefined where it does not. */
type Step = 'any' | ((text: Bytes, at: number) => number | undefined);

/** A character of a class. */
const MEMBER = `(?:(?![\\]\\\\-])(?:${CHARACTER})|\\\\(?:${CHARACTER}))`;
const RANGE = new RegExp(`(${MEMBER})(?:-(${MEMBER}))?`, 'g');
const TOKEN = new RegExp(`(\\*+)|(\\?)|\\[(\\^?)((?:${MEMBER}(?:-${MEMBER})?)+)\\]|\\\\([^])|([^*?[\\\\])`, 'g');

/**
 * The steps of a shell pattern; undefined where Go refuses it, and so never finds it. Flux has its own copy of Go's `path.Match`, in which
 * `*` and `?` take a slash, too.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/envsubst/path/match.go
 */
export function parseGlob(pattern: Bytes): Step[] | undefined {
  let length = 0;
  const steps = [...pattern.matchAll(TOKEN)].map(([token, star, one, not, members, escaped, char]): Step => {
    length += token.length;
    if (star) {
      return 'any';
    }
    if (one) {
      return character(() => true);
    }
    if (members !== undefined) {
      const ranges = [...members.matchAll(RANGE)].map(([, low, high = low]) => [codePoint(low), codePoint(high)]);
      return character(code => ranges.some(([low, high]) => low <= code && code <= high) !== (not === '^'));
    }
    const byte = escaped ?? char;
    return (text, at) => text[at] === byte ? at + 1 : undefined;
  });
  return length === pattern.length ? steps : undefined;
}

/** Whether a pattern matches a whole text. */
export function matchesGlob(steps: readonly Step[], text: Bytes): boolean {
  // Places that the steps so far may end at, in their order.
  let places = [0];
  for (const step of steps) {
    places = step === 'any' ? allFrom(places[0], text.length) : [...new Set(places.map(at => step(text, at)).filter(at => at !== undefined))];
    if (places.length === 0) {
      return false;
    }
  }
  return places.includes(text.length);
}

function allFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function character(accepts: (code: number) => boolean): Step {
  return (text, at) => {
    const bytes = characterAt(text, at);
    return bytes !== '' && accepts(decoded(bytes).codePointAt(0)!) ? at + bytes.length : undefined;
  };
}

function codePoint(member: Bytes): number {
  return decoded(member.replace(/^\\/, '')).codePointAt(0)!;
}
