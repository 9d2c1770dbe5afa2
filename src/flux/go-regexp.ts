/** What is wrong with a regular expression that Flux compiles with Go's `regexp`; a sentence that names the field. */
export function goRegexpProblem(field: string, pattern: string): string[] {
  const error = goRegexpError(pattern);
  return error === undefined ? [] : [
    `has the pattern "${pattern}" in ${field}, which Flux cannot compile (${error}); expected a regular expression of Go's: `
    + 'correct it, with https://pkg.go.dev/regexp/syntax.',
  ];
}

/** What is wrong with the syntax of a regular expression of Go's; undefined where it compiles. */
export function goRegexpError(pattern: string): string | undefined {
  try {
    new GoRegexp(pattern).parse();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const REPEAT = /[*+?]|\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/uy;
const LITERAL_TEXT = /\\Q(.*?)(?:\\E|$)/suy;
const ESCAPE = /\\(?:[0-7]{2,3}|0|x[0-9A-Fa-f]{2}|x\{0*(?:10|[0-9A-Fa-f])?[0-9A-Fa-f]{1,4}\}|[afnrtv]|[^0-9A-Za-z\x80-\u{10FFFF}])/uy;
const CLASS_ESCAPE = /\\(?:[dDsSwW]|[pP](?:\{\^?[\w-]+\}|[CLMNPSZ]))/uy;
const ANCHOR = /\\[AbBz]/uy;
const NAMED_CLASS = /\[:\^?(\w*):\]/uy;
const CLASS_NAMES: ReadonlySet<string> = new Set([
  'alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper', 'word', 'xdigit',
]);

/** The largest count that Go repeats by. */
const MAX_REPEAT = 1000;

/** A parser that builds nothing: it only says where the syntax ends. */
class GoRegexp {
  private at = 0;
  private open = 0;
  /** What a repetition would be of. */
  private before: 'nothing' | 'something' | 'a repetition' = 'nothing';

  constructor(private readonly pattern: string) {}

  public parse(): void {
    while (this.at < this.pattern.length) {
      this.next();
    }
    if (this.open > 0) {
      throw new Error('a group is not closed');
    }
  }

  private next(): void {
    const repeat = this.take(REPEAT);
    if (repeat) {
      this.repeat(repeat);
    } else if (this.take(/\(/uy)) {
      this.group();
    } else if (this.take(/\|/uy)) {
      this.before = 'nothing';
    } else if (this.take(/\)/uy)) {
      if (--this.open < 0) {
        throw new Error('there is no group for a ")" to close');
      }
      this.before = 'something';
    } else {
      this.atom();
    }
  }

  private repeat([text, min, comma, max]: RegExpExecArray): void {
    if (this.before !== 'something') {
      throw new Error(this.before === 'nothing' ? `there is nothing for "${text}" to repeat` : `"${text}" repeats a repetition`);
    }
    const [least, most] = [Number(min ?? 0), Number(max ?? (comma ? min : min ?? 0))];
    if (least > MAX_REPEAT || most > MAX_REPEAT || least > most) {
      throw new Error(`"${text}" is no count: the first number may not be the larger one, and neither above ${MAX_REPEAT}`);
    }
    this.take(/\?/uy);
    this.before = 'a repetition';
  }

  /** What comes behind a parenthesis. */
  private group(): void {
    const name = this.take(/\?P?<\w+>/uy);
    const flags = name === null ? this.take(/\?[imsU]*(?:-[imsU]+)?([:)])/uy) : null;
    if (flags?.[1] === ')') {
      this.passOver();
      return;
    }
    if (!name && !flags && this.pattern[this.at] === '?') {
      throw new Error(`there is no group "(${this.pattern.slice(this.at, this.at + 3)}"`);
    }
    this.open++;
    this.before = 'nothing';
  }

  private atom(): void {
    const text = this.take(LITERAL_TEXT);
    if (text?.[1] === '') {
      this.passOver();
      return;
    }
    this.before = 'something';
    if (!text && this.take(/\[\^?/uy)) {
      this.characterClass();
    } else if (!text && !this.take(ANCHOR) && !this.take(CLASS_ESCAPE)) {
      this.character();
    }
  }

  /** What matches nothing parts a repetition from the next one. */
  private passOver(): void {
    this.before = this.before === 'a repetition' ? 'something' : this.before;
  }

  private characterClass(): void {
    for (let first = true; first || !this.take(/\]/uy); first = false) {
      if (this.at >= this.pattern.length) {
        throw new Error('a "[" is not closed');
      }
      const named = this.take(NAMED_CLASS);
      if (named && !CLASS_NAMES.has(named[1])) {
        throw new Error(`there is no class "${named[0]}"`);
      }
      if (!named && !this.take(CLASS_ESCAPE)) {
        this.range();
      }
    }
  }

  private range(): void {
    const from = this.at;
    const low = this.character();
    if (this.take(/-(?!\]|$)/uy) && this.character() < low) {
      throw new Error(`"${this.pattern.slice(from, this.at)}" runs backwards`);
    }
  }

  /** One character; its code point. */
  private character(): number {
    const text = (this.take(ESCAPE) ?? this.take(/[^\\]/suy))?.[0];
    if (text === undefined) {
      throw new Error(`there is no escape "${this.pattern.slice(this.at, this.at + 2)}"`);
    }
    return codePoint(text);
  }

  private take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const match = expression.exec(this.pattern);
    this.at += match?.[0].length ?? 0;
    return match;
  }
}

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The code point of a character or of an escaped one. */
function codePoint(text: string): number {
  const escaped = text.startsWith('\\') ? text.slice(1) : text;
  const [, octal, hex] = text === escaped ? [] : /^(?:([0-7]+)|x\{?([0-9A-Fa-f]+)\}?)$/.exec(escaped) ?? [];
  if (octal !== undefined || hex !== undefined) {
    return octal === undefined ? parseInt(hex, 16) : parseInt(octal, 8);
  }
  return (text === escaped ? undefined : CONTROL[escaped]) ?? escaped.codePointAt(0)!;
}
