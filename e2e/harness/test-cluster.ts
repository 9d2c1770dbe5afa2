import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ControlPlane } from './control-plane';
import { FluxOptions, RunningFlux, startFlux } from './flux';
import { KubernetesApi } from './kubernetes-api';
import { Processes } from './processes';

/** Logs stay here until the suite runs again, whatever becomes of it. */
const LOGS = join(__dirname, '..', '..', 'test-reports', 'e2e');

/** An empty cluster with Flux, for one suite: it starts within seconds, and nothing of it is left but its logs. */
export class TestCluster {
  /** @param name of the suite and the cluster: the folder of its logs in `test-reports/e2e/` */
  public static async start(name: string): Promise<TestCluster> {
    const logs = join(LOGS, name);
    rmSync(logs, { recursive: true, force: true });
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-strata-e2e-'));
    const processes = new Processes(logs);
    try {
      return new TestCluster(logs, folder, processes, await ControlPlane.start(processes, folder));
    } catch (error) {
      await processes.stopAll();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    public readonly logs: string,
    /** For everything that is not to stay. */
    public readonly folder: string,
    public readonly processes: Processes,
    public readonly controlPlane: ControlPlane,
  ) {}

  public get api(): KubernetesApi {
    return this.controlPlane.api;
  }

  /** Starts Flux's controllers. */
  public startFlux(options?: FluxOptions): Promise<RunningFlux> {
    return startFlux(this.controlPlane, this.processes, this.folder, options);
  }

  public async stop(): Promise<void> {
    await this.processes.stopAll();
    this.api.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
