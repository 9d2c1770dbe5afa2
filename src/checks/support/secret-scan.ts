import { AllowedSecret, SecretRule } from './secret-rule';

/** A rule, ready to be used. */
interface Recognizer {
  readonly id: string;
  readonly finds: (text: string) => boolean;
}

/** The rule for what has no form of its own, and is recognised by what it is called. */
const GENERIC = 'generic-api-key';

/** All rules, by what a text has to hold for them. */
interface Scanner {
  readonly anyKeyword: RegExp;
  readonly byKeyword: readonly (readonly [string, readonly Recognizer[]])[];
  readonly generic: Recognizer;
}

let loaded: Scanner | undefined;

/** The first rule by which a text holds a secret: a text is a field's name, a colon and the value, or the lines of a file. */
export function secretRuleOf(text: string, options: { readonly generic: boolean }): string | undefined {
  const { anyKeyword, byKeyword, generic } = scanner();
  const lower = text.toLowerCase();
  if (anyKeyword.test(lower)) {
    for (const [keyword, recognizers] of byKeyword) {
      const found = lower.includes(keyword) ? recognizers.find(({ finds }) => finds(text)) : undefined;
      if (found) {
        return found.id;
      }
    }
  }
  return options.generic && generic.finds(text) ? GENERIC : undefined;
}

function scanner(): Scanner {
  if (!loaded) {
    // Loaded here: a program that only builds a platform does not need them.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ALLOWED, RULES } = require('./gitleaks-rules') as typeof import('./gitleaks-rules');
    const byKeyword = new Map<string, Recognizer[]>();
    for (const rule of RULES.filter(({ id }) => id !== GENERIC)) {
      const made = recognizer(rule, ALLOWED);
      rule.keywords.forEach(keyword => byKeyword.set(keyword, [...byKeyword.get(keyword) ?? [], made]));
    }
    loaded = {
      anyKeyword: new RegExp([...byKeyword.keys()].map(keyword => keyword.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')),
      byKeyword: [...byKeyword],
      generic: recognizer(RULES.find(({ id }) => id === GENERIC)!, ALLOWED),
    };
  }
  return loaded;
}

function recognizer(rule: SecretRule, everywhere: AllowedSecret): Recognizer {
  let pattern: RegExp | undefined;
  let allowed: readonly ((secret: string, match: string, line: string) => boolean)[];
  return {
    id: rule.id,
    finds: text => {
      pattern ??= new RegExp(rule.pattern, `g${rule.flags}`);
      allowed ??= [everywhere, ...rule.allowed].map(allowance);
      for (const match of text.matchAll(pattern)) {
        const secret = (rule.group === undefined ? match.slice(1).find(group => group) : match[rule.group]) ?? match[0];
        const line = lineAt(text, match.index);
        if ((rule.entropy === undefined || entropyOf(secret) > rule.entropy) && !allowed.some(isAllowed => isAllowed(secret, match[0], line))) {
          return true;
        }
      }
      return false;
    },
  };
}

function allowance({ target, patterns, words }: AllowedSecret): (secret: string, match: string, line: string) => boolean {
  const compiled = patterns.map(({ pattern, flags }) => new RegExp(pattern, flags));
  return (secret, match, line) => {
    const held = target === 'match' ? match : target === 'line' ? line : secret;
    const lower = secret.toLowerCase();
    return compiled.some(pattern => pattern.test(held)) || words.some(word => lower.includes(word));
  };
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(text.lastIndexOf('\n', index) + 1, end < 0 ? undefined : end);
}

/** Shannon's entropy of a text's characters. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) {
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum - count / text.length * Math.log2(count / text.length), 0);
}
