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
      const expression = close > at ? referenceAt(source, 0) : undefined;
      if (expression?.end !== source.length) {
        throw new Error('a Variable was cut: its text may be put into a longer string, but not sliced');
      }
      push('reference', source, usesOf(expression).map(use => ({ ...use, byHand: false })));
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
      const expression = braced && run % 2 === 1 ? referenceAt(value, at + run - 1) : undefined;
      if (expression) {
        push('escaped', value.slice(at, at + run - 1));
        push('reference', value.slice(at + run - 1, expression.end), usesOf(expression));
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

/** `${name operator operands}`, as Flux reads it. */
export interface Expression {
  readonly name: string;
  /** `:=`, `^^`, `//`…; `#name` is the length, and nothing stands for the value alone. */
  readonly operator: string;
  readonly operands: (string | Expression)[];
  /** Where it ends in the text that holds it. */
  readonly end: number;
}

/** Operators that have a value of their own for when the variable is not set. */
const DEFAULTS: ReadonlySet<string> = new Set([':-', ':=', ':+', ':?', '=']);

/** Whether an expression has a value without that of its variable. */
export function hasDefault({ operator }: Expression): boolean {
  return DEFAULTS.has(operator);
}

/** Variables that an expression reads, its own before those of its operands. */
function usesOf(expression: Expression): VariableUse[] {
  return [
    { name: expression.name, hasDefault: hasDefault(expression), byHand: true },
    ...expression.operands.flatMap(operand => typeof operand === 'string' ? [] : usesOf(operand)),
  ];
}

/** The expression at `start`, where Flux reads one and all its variables are ones that can have a value; `${1}` is text of something else. */
function referenceAt(source: string, start: number): Expression | undefined {
  const expression = parseExpression(source, start);
  return typeof expression !== 'string' && usesOf(expression).every(({ name }) => VARIABLE_NAME.test(name)) ? expression : undefined;
}

/** Parses the expression that begins with the `${` at `start`; where Flux's parser refuses it, what Flux says. */
export function parseExpression(source: string, start: number): Expression | string {
  const parser = new ExpressionParser(source, start);
  return parser.expression() ?? parser.problem;
}

const OPENING = /\$\{/y;
const LENGTH = /#/y;
const NAME = /[\p{L}\p{Nd}_]+/uy;
const DEFAULT = /:[-=+?]|=/y;
const TRIM = /##?|%%?/y;
const REPLACE = /\/[/#%]?/y;
const CASE = /[,^]{1,2}/y;
const SLICE = /:/y;
const COLONS = /:+/y;
const SLASHES = /\/+/y;
const END = /\}/y;

/** Text of an operand, up to what ends it. In those of a replacement, and only there, Flux takes `\/`, `\\` and `$$` as escapes. */
const TEXT = /(\$(?!\{)|[^}$])+/y;
const SLICE_TEXT = /(\$(?!\{)|[^:}$])+/y;
const REPLACED_TEXT = /(\\[/\\]|\\(?![/\\])|\$\$|\$(?![${])|[^/\\$])+/y;
const REPLACEMENT_TEXT = /(\\[/\\]|\$\$|\$(?![${])|[^}$])+/y;
const ESCAPED = /\\([/\\])|\$(\$)/g;

/** Flux's grammar of an expression. What begins where the parser is at is read, and the parser moves behind it. */
class ExpressionParser {
  /** What Flux says of what it refuses. */
  public problem = '';

  private readonly operators: readonly (readonly [RegExp, () => Operands])[] = [
    [DEFAULT, () => this.defaultValue()],
    [SLICE, () => this.slice()],
    [TRIM, () => this.all(this.operand(TEXT))],
    [REPLACE, () => this.replacement()],
    [CASE, () => []],
  ];

  constructor(private readonly source: string, private at: number) {}

  public expression(): Expression | undefined {
    this.match(OPENING);
    if (this.match(LENGTH) !== undefined) {
      const name = this.match(NAME) ?? this.refuse('bad substitution');
      return name === undefined ? undefined : this.closed({ name, operator: '#name', operands: [] });
    }
    const name = this.match(NAME) ?? this.refuse('unable to parse variable name');
    return name === undefined ? undefined : this.operation(name);
  }

  private operation(name: string): Expression | undefined {
    for (const [pattern, operandsOf] of this.operators) {
      const operator = this.match(pattern);
      if (operator !== undefined) {
        const operands = operandsOf();
        return operands && this.closed({ name, operator, operands });
      }
    }
    return this.closed({ name, operator: '', operands: [] }, 'missing closing brace');
  }

  private defaultValue(): Operands {
    const operands: (string | Expression)[] = [];
    while (this.source[this.at] !== '}') {
      const operand = this.operand(TEXT);
      if (operand === undefined) {
        return undefined;
      }
      operands.push(operand);
    }
    return operands;
  }

  private slice(): Operands {
    if (!(this.source[this.at] <= '\x7f')) {
      // Flux looks at what is behind the colon, and goes back by as many bytes as that has: none at the end, too many otherwise.
      return this.refuse('bad substitution');
    }
    const offset = this.operand(SLICE_TEXT);
    return offset === undefined || this.match(COLONS) === undefined ? this.all(offset) : this.all(offset, this.operand(TEXT));
  }

  private replacement(): Operands {
    const replaced = this.operand(REPLACED_TEXT);
    if (replaced === undefined) {
      return undefined;
    }
    if (this.match(SLASHES) === undefined) {
      return this.refuse('bad substitution');
    }
    return this.source[this.at] === '}' ? [replaced] : this.all(replaced, this.operand(REPLACEMENT_TEXT));
  }

  private all(...operands: (string | Expression | undefined)[]): Operands {
    return operands.includes(undefined) ? undefined : operands as (string | Expression)[];
  }

  /** An expression, or text. */
  private operand(text: RegExp): string | Expression | undefined {
    if (this.source.startsWith('${', this.at)) {
      return this.expression();
    }
    const found = this.match(text) ?? this.refuse('unable to parse substitution within function');
    return text === REPLACED_TEXT || text === REPLACEMENT_TEXT ? found?.replace(ESCAPED, '$1$2') : found;
  }

  private closed(expression: Omit<Expression, 'end'>, otherwise = 'bad substitution'): Expression | undefined {
    return this.match(END) === undefined ? this.refuse(otherwise) : { ...expression, end: this.at };
  }

  private refuse(problem: string): undefined {
    this.problem = problem;
    return undefined;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}

/** What Flux makes of an operator's operands; undefined where it refuses one. */
type Operands = (string | Expression)[] | undefined;
