import { createContext, Script } from 'vm';

/** A pattern of Go's, which is RE2's, as JavaScript runs it. */
export interface GoPattern {
  /** @throws where it cannot be told */
  test(text: string): boolean;
  /** @throws where it cannot be told */
  find(text: string): string;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const known = new Map<string, GoPattern>();

/**
 * A pattern of Go's.
 *
 * @throws where JavaScript has no such pattern
 */
export function goPattern(pattern: string): GoPattern {
  let compiled = known.get(pattern);
  if (!compiled) {
    known.set(pattern, compiled = new JavaScriptPattern(translated(pattern)));
  }
  return compiled;
}

function translated(pattern: string): RegExp {
  const [, flags = '', rest] = /^(?:\(\?([ims]+)\))?([^]*)$/.exec(pattern)!;
  const leading = /^\^\(\?([ims]+)\)([^]*)$/.exec(rest);
  const source = (leading ? `^${leading[2]}` : rest)
    .replace(/\\Q([^]*?)(?:\\E|$)/g, (_, text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replace(/\[:(\w+):\]/g, (named, name: string) => CLASSES[name] ?? named)
    .replace(/\\A/g, '^').replace(/\\z/g, '$')
    .replace(/\(\?P</g, '(?<');
  const allFlags = [...new Set(`${flags}${leading?.[1] ?? ''}`)].join('');
  try {
    return new RegExp(source, `${allFlags}u`);
  } catch (error) {
    // With that flag JavaScript refuses escapes that need none, but knows no \p without it.
    if (/\\[pP]\{/.test(source)) {
      throw error;
    }
    return new RegExp(source, allFlags);
  }
}

/** JavaScript goes back and forth in a repetition of repetitions, where Go does not: long texts get a limit. */
const NESTED_REPETITION = /[*+}]\??[^()]*\)[*+{]|\)[*+?][^()]*\)[*+{]/;
/** What the labels of a name end with: it comes behind a character of its own, and is soon through. */
const LABEL_REST = /\(\[[^\]]*\]\*\[[^\]]*\]\)\?/g;
const SHORT = 20;
const LIMIT_MILLISECONDS = 50;
const EXECUTE = new Script('pattern.exec(text)');
let sandbox: object | undefined;

class JavaScriptPattern implements GoPattern {
  private readonly nested: boolean;

  constructor(private readonly pattern: RegExp) {
    this.nested = NESTED_REPETITION.test(pattern.source.replace(LABEL_REST, ''));
  }

  public test(text: string): boolean {
    return this.exec(text) !== null;
  }

  public find(text: string): string {
    return this.exec(text)?.[0] ?? '';
  }

  /** The validator tells patterns apart by it. */
  public toString(): string {
    return String(this.pattern);
  }

  private exec(text: string): RegExpExecArray | null {
    if (!this.nested || text.length <= SHORT) {
      return this.pattern.exec(text);
    }
    sandbox ??= createContext({});
    Object.assign(sandbox, { pattern: this.pattern, text });
    return EXECUTE.runInContext(sandbox, { timeout: LIMIT_MILLISECONDS });
  }
}
