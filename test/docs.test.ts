/** The documentation: its programs compile and run, its links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import * as constructs from 'constructs';
import * as ts from 'typescript';
import * as strata from '../src';
import { temporaryFolder } from './temporary-folder';
import { BUILTIN_CHECKS } from '../src/checks/builtin-checks';

const ROOT = join(__dirname, '..');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf-8' }).filter(path => path.endsWith('.md')).sort().map(path => `docs/${path}`),
];

interface Line {
  readonly text: string;
  /** Its number on the page. */
  readonly number: number;
}

/** What a reader would paste into a file. */
interface Program {
  readonly page: string;
  readonly lines: Line[];
}

/** Numbered lines of a page, and the language of the block that they are in; none for prose and for the fences. */
function linesOf(page: string): (Line & { readonly language?: string })[] {
  let language: string | undefined;
  return readFileSync(join(ROOT, page), 'utf-8').split('\n').map((text, i) => {
    const fence = /^\s*```(\w*)/.exec(text);
    if (fence) {
      language = language === undefined ? fence[1] : undefined;
    }
    return { text, number: i + 1, language: fence ? undefined : language };
  });
}

/** The `ts` blocks of a page. One without an import goes on where the one before it ends. */
function programsOf(page: string): Program[] {
  const blocks: Line[][] = [];
  let last = 0;
  for (const line of linesOf(page).filter(({ language }) => language === 'ts')) {
    if (line.number === last + 1) {
      blocks.at(-1)!.push(line);
    } else {
      blocks.push([line]);
    }
    last = line.number;
  }
  const programs: Program[] = [];
  for (const lines of blocks) {
    if (programs.length === 0 || lines.some(({ text }) => text.startsWith('import '))) {
      programs.push({ page, lines });
    } else {
      programs.push({ page, lines: [...programs.pop()!.lines, ...lines] });
    }
  }
  return programs;
}

function textOf({ lines }: Program): string {
  return lines.map(({ text }) => text).join('\n');
}

/** What the compiler says of all of them at once, with the settings of an example: `docs/x.md:12: message`. */
function compilerMessages(programs: Program[]): string[] {
  const example = join(ROOT, 'examples', 'platform');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(example, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, example);
  const virtual = new Map(programs.map((program, i) => [join(example, `documented-${i}.ts`), program]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = path => virtual.has(path) || fileExists(path);
  host.readFile = path => virtual.has(path) ? textOf(virtual.get(path)!) : readFile(path);
  host.getSourceFile = (path, target, ...others) => virtual.has(path)
    ? ts.createSourceFile(path, textOf(virtual.get(path)!), target)
    : getSourceFile(path, target, ...others);
  const compiled = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual].flatMap(([path, { page, lines }]) => {
    const file = compiled.getSourceFile(path)!;
    return [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)].map(({ start, messageText }) =>
      `${page}:${lines[file.getLineAndCharacterOfPosition(start!).line].number}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

/** Runs a program with the library's source, its tests included, and gives the platforms that it makes. */
function run(program: Program): strata.Platform[] {
  const platforms: strata.Platform[] = [];
  const recorded = <C extends new (...args: any[]) => strata.Platform>(type: C): C => new Proxy(type, {
    construct(target, args, newTarget) {
      const platform = Reflect.construct(target, args, newTarget);
      platforms.push(platform);
      return platform;
    },
  });
  const modules: { [name: string]: unknown } = {
    'cdk8s': cdk8s,
    'cdk8s-plus-28': plus,
    'constructs': constructs,
    'cdk8s-strata': { ...strata, Platform: recorded(strata.Platform), EksPlatform: recorded(strata.EksPlatform) },
  };
  const module = (name: string) => {
    if (!(name in modules)) {
      throw new Error(`the program imports ${name}; expected one of ${Object.keys(modules).join(', ')}`);
    }
    return modules[name];
  };
  const { outputText } = ts.transpileModule(textOf(program), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  new Function('require', 'exports', 'test', 'expect', outputText)(module, {}, (_: string, body: () => void) => body(), expectation);
  return platforms;
}

/** A snapshot that a program takes would be kept here, where nobody reads it: it only has to be of something. */
function expectation(value: unknown): object {
  return { ...expect(value), toMatchSnapshot: () => expect(value).toBeTruthy() };
}

/** Checks that miss something which a part of a platform leaves out. */
const MISSING = /-not-delivered$|^pod-identity-account$/;

/** Whether a program shows a part of a platform: what it refers to is left out. Those of the README are whole. */
function isPart({ page }: Program): boolean {
  return page !== 'README.md';
}

const programs = pages.flatMap(programsOf);

test('there are programs on the pages', () => {
  expect(programs.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(2);
  expect(programs.length).toBeGreaterThan(30);
});

test('every program compiles', () => {
  expect(compilerMessages(programs)).toEqual([]);
});

describe('runs, and what it makes synthesizes:', () => {
  const outdir = temporaryFolder();
  const before = process.env.CDK8S_OUTDIR;

  beforeAll(() => {
    process.env.CDK8S_OUTDIR = outdir;
  });

  afterAll(() => {
    if (before === undefined) {
      delete process.env.CDK8S_OUTDIR;
    } else {
      process.env.CDK8S_OUTDIR = before;
    }
  });

  test.each(programs.map(program => ({ program, title: `${program.page}:${program.lines[0].number}` })))('$title', ({ program }) => {
    const platforms = run(program);
    expect(platforms).not.toEqual([]);
    const checked = /^docs\/checks\/(\S+)\.md$/.exec(program.page)?.[1];
    if (checked !== undefined && checked !== 'README') {
      // The first program of a check's page shows what it finds, a further one how it is mended.
      const isFirst = programs.find(({ page }) => page === program.page) === program;
      expect(platforms.flatMap(platform => platform.findings()).filter(({ check }) => check === checked).length > 0).toBe(isFirst);
      return;
    }
    for (const platform of platforms) {
      const errors = platform.findings().filter(({ severity }) => severity === strata.Severity.ERROR);
      expect(errors.filter(({ check }) => !(isPart(program) && MISSING.test(check)))).toEqual([]);
    }
  });
});

test('every check has a page, which is in the index of checks', () => {
  const ids = BUILTIN_CHECKS.map(({ checkId }) => checkId);
  expect(readdirSync(join(ROOT, 'docs/checks')).filter(file => file !== 'README.md').sort()).toEqual(ids.map(id => `${id}.md`).sort());
  const index = readFileSync(join(ROOT, 'docs/checks/README.md'), 'utf-8');
  expect(ids.filter(id => !index.includes(`(${id}.md)`))).toEqual([]);
});

test('every relative link leads to a file', () => {
  const links = pages.flatMap(page => linesOf(page).filter(({ language }) => language === undefined).flatMap(({ text, number }) =>
    [...text.matchAll(/\]\(([^()\s#]+)(?:#[^()\s]*)?\)/g)].map(([, target]) => ({ page, number, target }))));
  const relative = links.filter(({ target }) => !/^[a-z]+:/.test(target));
  expect(relative.length).toBeGreaterThan(50);
  expect(relative.filter(({ page, target }) => !existsSync(join(ROOT, dirname(page), target))).map(({ page, number, target }) => `${page}:${number}: ${target}`))
    .toEqual([]);
});
