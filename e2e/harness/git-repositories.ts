import { execFileSync, spawn } from 'child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { IncomingMessage, ServerResponse } from 'http';
import { dirname, join } from 'path';

/** Bare Git repositories in a folder, and the server that Git itself has for them. */
export class GitRepositories {
  constructor(private readonly folder: string) {}

  /**
   * Commits files to a branch, and nothing else of what was there before; tags them where a tag is given.
   *
   * @param path of the repository: `github.com/acme/platform`
   */
  public commit(path: string, files: Readonly<Record<string, string>>, { branch = 'main', tag }: { readonly branch?: string; readonly tag?: string } = {}): void {
    const bare = join(this.folder, 'bare', path);
    const work = join(this.folder, 'work', path);
    if (!existsSync(bare)) {
      [bare, work].forEach(directory => mkdirSync(directory, { recursive: true }));
      git(bare, 'init', '--quiet', '--bare', `--initial-branch=${branch}`);
      git(work, 'init', '--quiet', `--initial-branch=${branch}`);
    }
    readdirSync(work).filter(name => name !== '.git').forEach(name => rmSync(join(work, name), { recursive: true }));
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(work, file)), { recursive: true });
      writeFileSync(join(work, file), content);
    }
    git(work, 'add', '--all');
    git(work, '-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', 'commit', '--quiet', '--allow-empty', '--message=files');
    if (tag !== undefined) {
      git(work, 'tag', '--force', tag);
    }
    git(work, 'push', '--quiet', '--force', '--tags', bare, branch);
  }

  /** Whether a path of a URL is one of the repositories here, or something in it. */
  public has(path: string): boolean {
    return /\/(info\/refs|git-upload-pack)$/.test(path) && existsSync(join(this.folder, 'bare', path.replace(/\/(info\/refs|git-upload-pack)$/, ''), 'HEAD'));
  }

  /** Answers a request as Git's own CGI program does. */
  public serve(path: string, query: string, request: IncomingMessage, response: ServerResponse): void {
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: join(this.folder, 'bare'),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        CONTENT_LENGTH: request.headers['content-length'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      },
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.once('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      const headers = output.subarray(0, end).toString('utf-8').split('\r\n').map(line => line.split(': ', 2) as [string, string]);
      const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
      response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      response.end(output.subarray(end + 4));
    });
  }
}

function git(directory: string, ...args: string[]): void {
  execFileSync('git', args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' },
  });
}
