import { ChildProcess, spawn } from 'child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'fs';
import { createServer } from 'net';
import { join } from 'path';

/**
 * Runs a command in a process group of its own and ends the group once the pipe to this process is closed: whatever becomes of the tests, and be it that
 * they are killed, nothing is left behind. Nothing is ended gently: all state is in a folder that is removed.
 */
const SUPERVISOR = 'exec 3<&0; "$@" </dev/null 3<&- & program=$!; { cat <&3 >/dev/null; kill -s KILL -- -$$; } & wait $program; code=$?; '
  + 'echo "ended with $code" >&2; kill -s KILL -- -$$';

/** How often a worker looks whether jest still runs. */
const LOOK_MILLISECONDS = 1000;

/** Programs that run beside the tests, and where they write to. */
export class Processes {
  private readonly running = new Map<string, ChildProcess>();
  private readonly starts = new Map<string, () => void>();
  private readonly look: NodeJS.Timeout;

  /** @param logs folder for their output, a file each */
  constructor(private readonly logs: string) {
    mkdirSync(logs, { recursive: true });
    this.look = setInterval(endWithJest, LOOK_MILLISECONDS).unref();
  }

  public start(name: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
    this.starts.set(name, () => this.start(name, command, args, env));
    const log = openSync(this.logOf(name), 'a');
    const child = spawn('sh', ['-c', SUPERVISOR, name, command, ...args], {
      detached: true, stdio: ['pipe', log, log], env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
    });
    closeSync(log);
    this.running.set(name, child);
  }

  /** Ends one, and waits until it is gone. */
  public async stop(name: string): Promise<void> {
    const child = this.running.get(name);
    this.running.delete(name);
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.stdin!.destroy();
      await gone;
    }
  }

  /** Ends one and starts it again, as it was started. */
  public async restart(name: string): Promise<void> {
    await this.stop(name);
    this.starts.get(name)!();
  }

  public async stopAll(): Promise<void> {
    clearInterval(this.look);
    await Promise.all([...this.running.keys()].map(name => this.stop(name)));
  }

  /**
   * Looks whether all still run.
   *
   * @throws with the end of the log of one that does not
   */
  public check(): void {
    for (const [name, child] of this.running) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`${name} has ended; the end of ${this.logOf(name)}:\n${readFileSync(this.logOf(name), 'utf-8').split('\n').slice(-15).join('\n')}`);
      }
    }
  }

  private logOf(name: string): string {
    return join(this.logs, `${name}.log`);
  }
}

/** A worker of a jest that is killed would go on with its tests. */
function endWithJest(): void {
  try {
    process.kill(Number(process.env.E2E_JEST), 0);
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

/**
 * Each process that runs tests takes ports of its own, and none of those that systems give to connections (from 32768 up on Linux): nobody else takes one before
 * the program listens that it is meant for.
 */
const PORTS = { first: 10_000 + process.pid % 200 * 100, count: 100 };
let portsTried = 0;

/** As many ports as are asked for that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let left = PORTS.count; ports.length < count; left--) {
    if (left === 0) {
      throw new Error(`of the ports ${PORTS.first} to ${PORTS.first + PORTS.count - 1}, only ${ports.length} are free; ${count} are needed`);
    }
    const port = PORTS.first + portsTried++ % PORTS.count;
    if (await isFree(port)) {
      ports.push(port);
    }
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
