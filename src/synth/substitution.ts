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

/** Names that kustomize-controller accepts as the name of a variable. */
const VARIABLE_NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;

/** What is wrong with the name of a variable; undefined where Flux accepts it. A wrong one fails the whole build. */
export function variableNameProblem(name: string): string | undefined {
  return VARIABLE_NAME.test(name) ? undefined
    : `the variable "${name}" has a name that Flux refuses; expected letters, digits and underscores with no digit first: rename it.`;
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

/** Splits a string into what is text and what Flux would evaluate. */
export function scan(value: string): Segment[] {
  if (!value.includes('$') && !value.includes(OPEN) && !value.includes(DOLLAR)) {
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
    if (char === OPEN) {
      const close = value.indexOf(CLOSE, at);
      const expression = '${' + value.slice(at + 1, close) + '}';
      push('reference', expression, (parseExpression(expression, 0)?.uses ?? []).map(use => ({ ...use, byHand: false })));
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
  const head = /^\$\{(#?)([_A-Za-z][_A-Za-z0-9]*)/.exec(source.slice(start, start + 300));
  if (!head) {
    return undefined;
  }
  const [opening, length, name] = head;
  const at = start + opening.length;
  const rest = source.slice(at);
  const required = [{ name, hasDefault: false, byHand: true }];
  if (rest.startsWith('}')) {
    return { end: at + 1, uses: required };
  }
  if (length) {
    return undefined;
  }
  const plain = /^(?:\^\^?|,,?|:\d+(?::\d+)?)\}/.exec(rest) ?? /^(?:\/[/#%]?[^/}]+\/|##?|%%?)[^}]*\}/.exec(rest);
  if (plain) {
    return { end: at + plain[0].length, uses: required };
  }
  const operator = /^(?::[-=+?]|=)/.exec(rest);
  return operator ? parseDefault(source, at + operator[0].length, name) : undefined;
}

/** The default of an expression: text up to the first closing brace, in which expressions may nest. */
function parseDefault(source: string, start: number, name: string): Expression | undefined {
  const uses: VariableUse[] = [{ name, hasDefault: true, byHand: true }];
  let at = start;
  while (at < source.length) {
    if (source[at] === '}') {
      return { end: at + 1, uses };
    }
    if (source.startsWith('${', at)) {
      const nested = parseExpression(source, at);
      if (!nested) {
        return undefined;
      }
      uses.push(...nested.uses);
      at = nested.end;
    } else {
      at += 1;
    }
  }
  return undefined;
}
