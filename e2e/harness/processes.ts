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

/** Programs that run beside the tests, and where they write to. */
export class Processes {
  private readonly running = new Map<string, ChildProcess>();
  private readonly starts = new Map<string, () => void>();

  /** @param logs folder for their output, a file each */
  constructor(private readonly logs: string) {
    mkdirSync(logs, { recursive: true });
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

/** As many ports as are asked for that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map(server => new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  })));
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}
