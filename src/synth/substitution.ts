/**
 * What Flux's `postBuild` substitution reads in a string, and how to write a string so that it reads what was meant.
 *
 * A string that a construct renders may hold three marks beside its text: the name of a `Variable` between OPEN and CLOSE,
 * and DOLLAR, a dollar sign that is text whatever follows it. The marks are private-use characters, which no manifest holds.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export const OPEN = '\uE000';
export const CLOSE = '\uE001';
export const DOLLAR = '\uE002';

const SPECIAL = new RegExp(`[$${OPEN}${CLOSE}${DOLLAR}]`);

/** Names that kustomize-controller accepts as the name of a variable. */
const VARIABLE_NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;

/** What is wrong with the name of a variable; undefined where Flux accepts it. A wrong one fails the whole build. */
export function variableNameProblem(name: string): string | undefined {
  return VARIABLE_NAME.test(name) ? undefined
    : `the variable "${name}" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.`;
}

const DEFAULT_PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/\}/, 'ends it at the first "}"'],
  [new RegExp(`\\$\\{|[${OPEN}${CLOSE}]`), 'reads a variable in it'],
  [new RegExp(DOLLAR), 'knows no escape in it'],
];

/** What keeps a text from being the default of a variable; undefined where Flux gives it out as it is. */
export function defaultValueProblem(text: string): string | undefined {
  const problem = DEFAULT_PROBLEMS.find(([pattern]) => pattern.test(text));
  const shown = text.replaceAll(OPEN, '${').replaceAll(CLOSE, '}').replaceAll(DOLLAR, '$');
  return problem && `the default value "${shown}" cannot be written, because Flux ${problem[1]}; `
    + 'expected text without "}", "${" and other variables: give the variable to every cluster instead.';
}

/** A variable that an expression reads. */
export interface VariableUse {
  readonly name: string;
  /** Whether the expression has a value of its own for when the variable is not set. */
  readonly hasDefault: boolean;
  /** Whether the expression was typed by hand, and not made by a `Variable`. */
  readonly byHand: boolean;
}

/** A piece of a string: text, or source that Flux evaluates. */
export interface Segment {
  readonly kind: 'text' | 'reference' | 'escaped';
  readonly source: string;
  readonly uses: VariableUse[];
}

/**
 * Splits a string into what is text and what Flux would evaluate.
 *
 * @throws where a `Variable` in it is not whole
 */
export function scan(value: string): Segment[] {
  if (!SPECIAL.test(value)) {
    return value === '' ? [] : [{ kind: 'text', source: value, uses: [] }];
  }
  const segments: Segment[] = [];
  let text = '';
  const push = (kind: Segment['kind'], source: string, uses: VariableUse[] = []) => {
    if (text !== '') {
      segments.push({ kind: 'text', source: text, uses: [] });
      text = '';
    }
    if (source !== '') {
      segments.push({ kind, source, uses });
    }
  };
  let at = 0;
  while (at < value.length) {
    const char = value[at];
    if (char === OPEN || char === CLOSE) {
      const close = value.indexOf(CLOSE, at);
      const source = '${' + value.slice(at + 1, close) + '}';
      const expression = close > at ? parseExpression(source, 0) : undefined;
      if (expression?.end !== source.length) {
        throw new Error('a Variable was cut: its text may be put into a longer string, but not sliced');
      }
      push('reference', source, expression.uses.map(use => ({ ...use, byHand: false })));
      at = close + 1;
    } else if (char === DOLLAR) {
      text += '$';
      at += 1;
    } else if (char === '$') {
      let run = 1;
      while (value[at + run] === '$') {
        run += 1;
      }
      const braced = value[at + run] === '{';
      const expression = braced && run % 2 === 1 ? parseExpression(value, at + run - 1) : undefined;
      if (expression) {
        push('escaped', value.slice(at, at + run - 1));
        push('reference', value.slice(at + run - 1, expression.end), expression.uses);
        at = expression.end;
      } else if (braced && run % 2 === 0) {
        push('escaped', value.slice(at, at + run + 1));
        at += run + 1;
      } else {
        text += value.slice(at, at + run);
        at += run;
      }
    } else {
      text += char;
      at += 1;
    }
  }
  push('text', '');
  return segments;
}

/** The variables that a string reads once Flux substitutes in it. */
export function variableUses(value: string): VariableUse[] {
  return scan(value).flatMap(segment => segment.uses);
}

/** Whether Flux would change the text of a string, so that it has to be escaped where Flux substitutes. */
export function needsEscape(value: string): boolean {
  const segments = scan(value);
  return segments.some((segment, i) => segment.kind === 'text' && escapeText(segment.source, segments[i + 1]) !== segment.source);
}

/**
 * The string as the repository holds it.
 *
 * @param substituted whether Flux substitutes variables in it; then text is escaped so that it stays what it is
 */
export function render(value: string, substituted: boolean): string {
  const segments = scan(value);
  return segments.map((segment, i) =>
    segment.kind === 'text' && substituted ? escapeText(segment.source, segments[i + 1]) : segment.source,
  ).join('');
}

/** A run of dollars collapses pairwise and a dollar before a brace opens an expression: both are doubled. */
function escapeText(text: string, next?: Segment): string {
  return text.replace(/\$+/g, (dollars, offset: number) => {
    const after = text[offset + dollars.length] ?? next?.source[0];
    return dollars.length > 1 || after === '{' || after === '$' ? dollars + dollars : dollars;
  });
}

interface Expression {
  readonly end: number;
  readonly uses: VariableUse[];
}

/** Parses the expression that begins with the `${` at `start`; undefined where Flux's parser would refuse it. */
function parseExpression(source: string, start: number): Expression | undefined {
  const parser = new ExpressionParser(source, start);
  return parser.expression() ? { end: parser.at, uses: parser.uses } : undefined;
}

const HEAD = /\$\{(#?)([_A-Za-z]\w*)/y;
const DEFAULT = /:[-=+?]|=/y;
const TRIM = /##?|%%?/y;
const REPLACE = /\/[/#%]?/y;
const CASE_OR_SLICE = /\^\^?|,,?|:\d+(:\d+)?/y;
const SLASHES = /\/+/y;
const END = /\}/y;

/** Text of an operand, up to what ends it. In those of a replacement, and only there, Flux takes `\/`, `\\` and `$$` as escapes. */
const TEXT = /(\$(?!\{)|[^}$])+/y;
const REPLACED_TEXT = /(\\[/\\]|\\(?![/\\])|\$\$|\$(?![${])|[^/}\\$])+/y;
const REPLACEMENT_TEXT = /(\$\$|\$(?![${])|[^}$])+/y;

/** Flux's grammar of an expression. Every method says whether the source goes on as it expects, and moves behind that. */
class ExpressionParser {
  public readonly uses: VariableUse[] = [];

  constructor(private readonly source: string, public at: number) {}

  public expression(): boolean {
    const [, length, name] = this.match(HEAD) ?? [];
    if (name === undefined) {
      return false;
    }
    const hasDefault = !length && this.takes(DEFAULT);
    this.uses.push({ name, hasDefault, byHand: true });
    return hasDefault ? this.defaultValue() : length ? this.takes(END) : this.operation();
  }

  private defaultValue(): boolean {
    while (!this.takes(END)) {
      if (!this.operand(TEXT)) {
        return false;
      }
    }
    return true;
  }

  private operation(): boolean {
    if (this.takes(TRIM)) {
      return this.operand(TEXT) && this.takes(END);
    }
    if (this.takes(REPLACE)) {
      return this.operand(REPLACED_TEXT) && this.takes(SLASHES) && (this.takes(END) || this.operand(REPLACEMENT_TEXT) && this.takes(END));
    }
    this.takes(CASE_OR_SLICE);
    return this.takes(END);
  }

  /** An expression, or text. */
  private operand(text: RegExp): boolean {
    return this.source.startsWith('${', this.at) ? this.expression() : this.takes(text);
  }

  private takes(pattern: RegExp): boolean {
    return this.match(pattern) !== null;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    this.at += match?.[0].length ?? 0;
    return match;
  }
}
