/** What Flux's own code makes of a case: the program in `reference/`, built once and asked line by line. */
import { ChildProcessWithoutNullStreams, execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'fs';
import { join } from 'path';
import { createInterface } from 'readline';
import { Json, JsonObject } from '../src/synth/json';

/** A case; which fields it needs is told in `reference/main.go`. */
export interface Question {
  readonly ask: 'substitute' | 'substituteObject' | 'emit' | 'parse' | 'build' | 'buildPath';
  readonly text?: string;
  readonly object?: JsonObject;
  readonly variables?: Readonly<Record<string, string>>;
  readonly loose?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly kustomization?: JsonObject;
}

/** What comes of it, or what is said instead. */
export interface Answer {
  readonly text: Buffer;
  readonly value: Json;
  readonly error?: string;
}

/** The program, running. Questions may be asked before earlier ones are answered. */
export class Reference {
  private readonly program: ChildProcessWithoutNullStreams;
  private readonly waiting: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }[] = [];
  private said = '';

  constructor() {
    this.program = spawn(binary());
    this.program.stderr.on('data', data => { this.said += data; });
    this.program.on('exit', code => this.waiting.splice(0).forEach(({ reject }) => reject(new Error(`the reference ended with ${code}: ${this.said}`))));
    createInterface({ input: this.program.stdout }).on('line', line => {
      const { text = '', value = null, error } = JSON.parse(line);
      this.waiting.shift()!.resolve({ text: Buffer.from(text, 'base64'), value, error });
    });
  }

  public async ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.program.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  public stop(): void {
    this.program.stdin.end();
  }
}

const SOURCE = join(__dirname, 'reference');
const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'cdk8s-strata', 'e2e', 'bin');

/** Path of the program, which is built where it is not there as its source has it. */
function binary(): string {
  const source = ['go.mod', 'go.sum', 'main.go'].map(name => readFileSync(join(SOURCE, name)));
  const path = join(CACHE, `reference-${createHash('sha256').update(Buffer.concat(source)).digest('hex').slice(0, 12)}`);
  if (!existsSync(path)) {
    process.stderr.write('Building the reference from Flux\'s modules: about two minutes the first time.\n');
    mkdirSync(CACHE, { recursive: true });
    const own = `${path}.${process.pid}`;
    execFileSync('go', ['build', '-p', '2', '-trimpath', '-ldflags=-s -w', '-o', own, '.'], {
      cwd: SOURCE, stdio: 'inherit', env: { ...process.env, CGO_ENABLED: '0', GOGC: '400', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
    });
    renameSync(own, path);
  }
  return path;
}
