/**
 * Takes gitleaks' rules into src/checks/support/gitleaks-rules.ts, as data that JavaScript reads: the check secret-in-git looks by them.
 *
 * Usage: npx projen secret-rules <folder>
 *
 * The folder is a clone of gitleaks. Rules that look at the names of files are left out: the check knows what kind an object is of.
 */
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { javascriptPattern } from './re2';

const [source] = process.argv.slice(2);
if (!source) {
  throw new Error('expected the folder of gitleaks: npx projen secret-rules <folder>');
}

/** A table of the file, with those below it. */
interface Table {
  readonly fields: Record<string, string | number | string[]>;
  readonly allowlists: Table[];
}

const { global, rules } = tablesOf(readFileSync(join(source, 'config', 'gitleaks.toml'), 'utf-8'));
const version = execFileSync('git', ['-C', source, 'describe', '--tags'], { encoding: 'utf-8' }).trim();
const license = readFileSync(join(source, 'LICENSE'), 'utf-8').trim();

const written = rules.filter(({ fields }) => fields.regex !== undefined && fields.path === undefined).map(({ fields, allowlists }) => ({
  id: fields.id,
  ...javascriptPattern(String(fields.regex)),
  entropy: fields.entropy,
  keywords: (fields.keywords as string[]).map(keyword => keyword.toLowerCase()),
  group: fields.secretGroup,
  allowed: allowlists.filter(allowlist => allowlist.fields.paths === undefined).map(allowance),
}));

writeFileSync(join(__dirname, '..', 'src', 'checks', 'support', 'gitleaks-rules.ts'), `\
/* eslint-disable */
/*
Rules of gitleaks ${version}, made by build-tools/secret-rules.ts.

${license}
*/
import { AllowedSecret, SecretRule } from './secret-rule';

/** What is no secret, whatever the rule. */
export const ALLOWED: AllowedSecret = ${JSON.stringify(allowance(global))};

export const RULES: readonly SecretRule[] = [
${written.map(rule => `  ${JSON.stringify(rule)},`).join('\n')}
];
`);

function allowance({ fields }: Table): object {
  return {
    target: fields.regexTarget,
    patterns: ((fields.regexes ?? []) as string[]).map(javascriptPattern),
    words: fields.stopwords ?? [],
  };
}

/** The tables of the file, which is generated: a value a line, or a list with an entry a line. */
function tablesOf(text: string): { readonly global: Table; readonly rules: Table[] } {
  const tables = { global: table(), rules: [] as Table[] };
  let current = table();
  let list: string[] | undefined;
  for (const line of text.split('\n').map(untrimmed => untrimmed.trim())) {
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (list) {
      list.push(...stringsIn(line));
      list = line === ']' ? undefined : list;
    } else if (line === '[allowlist]') {
      current = tables.global;
    } else if (line === '[[rules]]') {
      tables.rules.push(current = table());
    } else if (line === '[[rules.allowlists]]') {
      tables.rules[tables.rules.length - 1].allowlists.push(current = table());
    } else if (value === '[') {
      current.fields[key] = list = [];
    } else if (key !== undefined) {
      current.fields[key] = value.startsWith('[') ? stringsIn(value) : /^[\d.]+$/.test(value) ? Number(value) : stringsIn(value)[0];
    }
  }
  return tables;
}

function table(): Table {
  return { fields: {}, allowlists: [] };
}

function stringsIn(text: string): string[] {
  return [...text.matchAll(/'''(.*?)'''(?=[,\]\s]|$)|"((?:[^"\\]|\\.)*)"/g)].map(([, literal, basic]) => literal ?? JSON.parse(`"${basic}"`));
}
