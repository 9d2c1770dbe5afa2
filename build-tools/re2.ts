/** What a part of a pattern is written in: whether letters stand for both cases, whether a dot stands for a line break. */
interface Mode {
  readonly fold: boolean;
  readonly dotAll: boolean;
}

const POSIX: Readonly<Record<string, string>> = { '[:alnum:]': 'a-zA-Z0-9', '[:alpha:]': 'a-zA-Z', '[:digit:]': '0-9', '[:word:]': '\\w' };

/** A regular expression of Go's as one that JavaScript reads the same way: without flags for a part of it, which Node 20 does not know. */
export function javascriptPattern(source: string): { readonly pattern: string; readonly flags: string } {
  const whole = /^\(\?i\)/.test(source) && !source.includes('(?-i');
  const text = whole ? source.slice('(?i)'.length) : source;
  const modes: Mode[] = [{ fold: false, dotAll: false }];
  const mode = () => modes[modes.length - 1];
  let pattern = '';
  let at = 0;
  while (at < text.length) {
    const group = /^\(\?(P?<\w+>|[a-z-]*[:)])/.exec(text.slice(at));
    if (group) {
      pattern += opened(group[1], modes);
      at += group[0].length;
    } else if (text[at] === '\\') {
      const [escape] = /^\\(x[0-9a-f]{2}|.)/i.exec(text.slice(at))!;
      pattern += escape === '\\z' ? '$' : escape;
      at += escape.length;
    } else if (text[at] === '[') {
      const set = classAt(text, at);
      pattern += mode().fold ? bothCases(set) : set.translated;
      at = set.end;
    } else {
      const char = text[at];
      if (char === '(') {
        modes.push(mode());
      } else if (char === ')') {
        modes.pop();
      }
      pattern += char === '.' && mode().dotAll ? '[\\s\\S]' : mode().fold && /[a-z]/i.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char;
      at += 1;
    }
  }
  new RegExp(pattern);
  return { pattern, flags: whole ? 'i' : '' };
}

/** A group with flags, or with a name, which JavaScript would let come only once. */
function opened(head: string, modes: Mode[]): string {
  const before = modes[modes.length - 1];
  if (head.endsWith('>')) {
    modes.push(before);
    return '(';
  }
  const [on, off = ''] = head.slice(0, -1).split('-');
  const is = (flag: string, now: boolean) => off.includes(flag) ? false : now || on.includes(flag);
  const mode = { fold: is('i', before.fold), dotAll: is('s', before.dotAll) };
  if (/[^is]/.test(on + off)) {
    throw new Error(`the flags (?${head} are not known`);
  }
  if (head.endsWith(')')) {
    modes[modes.length - 1] = mode;
    return '';
  }
  modes.push(mode);
  return '(?:';
}

interface CharacterClass {
  readonly translated: string;
  readonly end: number;
}

function classAt(text: string, start: number): CharacterClass {
  const [head] = /^\[\^?\]?/.exec(text.slice(start))!;
  let translated = head.replace(']', '\\]');
  let at = start + head.length;
  while (text[at] !== ']') {
    const posix = /^\[:\w+:\]/.exec(text.slice(at))?.[0];
    const escape = /^\\(x[0-9a-f]{2}|.)/i.exec(text.slice(at))?.[0];
    translated += posix ? POSIX[posix] : escape ?? text[at];
    at += (posix ?? escape ?? text[at]).length;
  }
  return { translated: `${translated}]`, end: at + 1 };
}

function bothCases({ translated }: CharacterClass): string {
  const body = translated.slice(0, -1);
  const letters = [...body.replace(/\\(x[0-9a-f]{2}|.)/gi, '').matchAll(/[a-z]-[a-z]|[a-z]/gi)].map(([range]) => range);
  return `${body}${letters.map(range => range === range.toLowerCase() ? range.toUpperCase() : range.toLowerCase()).join('')}]`;
}
