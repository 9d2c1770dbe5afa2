import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { Mirror } from 'cdk8s-strata';
import { Chart, sha256 } from './chart';
import { GitRepositories } from './git-repositories';

interface Artifact {
  readonly manifest: Buffer;
  readonly mediaType: string;
}

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const HELM_CHART = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/**
 * The internet as a cluster sees it: one server on this machine with Git repositories, Helm repositories and OCI artifacts, each under the host and
 * the path that it has out there. A platform reaches it by `mirrors`.
 */
export class Internet {
  /** @param folder for the Git repositories */
  public static async start(folder: string): Promise<Internet> {
    const internet = new Internet(folder);
    await new Promise<void>(resolve => internet.server.listen(0, '127.0.0.1', resolve));
    return internet;
  }

  public readonly git: GitRepositories;

  /** Paths that were asked for and are not here. */
  public readonly missed = new Set<string>();

  /** What was posted here, beside what Git posts: by host and path out there, in the order in which it came. */
  public readonly messages = new Map<string, any[]>();

  private readonly server: Server;
  /** `<host>/<path>` of a Helm repository → its charts. */
  private readonly charts = new Map<string, Chart[]>();
  /** `<host>/<path>` of an artifact → tag → artifact. */
  private readonly artifacts = new Map<string, Map<string, Artifact>>();
  private readonly blobs = new Map<string, Buffer>();
  private readonly held = new Map<string, Promise<void>>();

  private constructor(folder: string) {
    this.git = new GitRepositories(folder);
    this.server = createServer((request, response) => {
      const path = request.url!.replace(/^\/(v2\/)?/, '');
      const [, held] = [...this.held].find(([place]) => path.startsWith(place)) ?? [];
      held ? void held.then(() => this.answer(request, response)) : this.answer(request, response);
    });
    // Clients keep connections, and a request on one that is being closed fails.
    this.server.keepAliveTimeout = 0;
  }

  /** What a platform has to be given so that it fetches everything from here. */
  public get mirrors(): Mirror[] {
    return [
      { from: 'https://', to: `http://${this.address}/`, insecure: true },
      { from: 'oci://', to: `oci://${this.address}/`, insecure: true },
    ];
  }

  /** Host and path out there, of a URL out there or here. */
  public placeOf(url: string): string {
    return url.replace(/^[a-z]+:\/\//, '').replace(`${this.address}/`, '').replace(/\/$/, '');
  }

  /** Where something is here, by its host and path out there. */
  public urlOf(place: string): string {
    return `http://${this.address}/${place}`;
  }

  /** Puts a chart where its URL says: into a Helm repository, or as an artifact into a registry. */
  public addChart(url: string, chart: Chart): void {
    const place = this.placeOf(url);
    if (!url.startsWith('oci://')) {
      const others = (this.charts.get(place) ?? []).filter(({ name, version }) => name !== chart.name || version !== chart.version);
      this.charts.set(place, [...others, chart]);
      return;
    }
    const config = this.addBlob(Buffer.from(JSON.stringify({ apiVersion: 'v2', name: chart.name, version: chart.version })), HELM_CONFIG);
    const layer = this.addBlob(chart.archive, HELM_CHART);
    const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [layer] }));
    const tags = this.artifacts.get(place) ?? new Map<string, Artifact>();
    this.artifacts.set(place, tags.set(chart.version, { manifest, mediaType: OCI_MANIFEST }));
  }

  /**
   * Lets everything wait that is asked of a place, as on a slow network, until it is released: so a test has things come in an unlucky order.
   *
   * @param place host and path out there
   * @returns releases it
   */
  public hold(place: string): () => void {
    let release: () => void;
    this.held.set(place, new Promise(resolve => {
      release = () => {
        this.held.delete(place);
        resolve();
      };
    }));
    return release!;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private addBlob(bytes: Buffer, mediaType: string): object {
    const digest = `sha256:${sha256(bytes)}`;
    this.blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url!, 'http://here');
    const path = pathname.slice(1);
    if (this.git.has(path)) {
      this.git.serve(pathname, search.slice(1), request, response);
    } else if (request.method === 'POST') {
      this.take(path, request, response);
    } else if (path.startsWith('v2/')) {
      this.answerRegistry(path.slice('v2/'.length), request, response);
    } else {
      this.answerHelm(path, response);
    }
  }

  private take(path: string, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      this.messages.set(path, [...this.messages.get(path) ?? [], JSON.parse(Buffer.concat(chunks).toString('utf-8'))]);
      respond(response, 200, 'text/plain', Buffer.from('thank you\n'));
    });
  }

  /** A Helm repository: an index, and archives beside it. */
  private answerHelm(path: string, response: ServerResponse): void {
    const [, place, file] = path.match(/^(.*)\/([^/]+)$/) ?? [];
    const charts = this.charts.get(place ?? '');
    const chart = charts?.find(({ name, version }) => file === `${name}-${version}.tgz`);
    if (charts && file === 'index.yaml') {
      const entries: Record<string, object[]> = {};
      charts.forEach(({ name, version, archive }) => (entries[name] ??= []).push({
        apiVersion: 'v2', name, version, digest: sha256(archive), urls: [`${name}-${version}.tgz`], created: '2026-01-01T00:00:00Z',
      }));
      respond(response, 200, 'application/yaml', Buffer.from(JSON.stringify({ apiVersion: 'v1', generated: '2026-01-01T00:00:00Z', entries })));
    } else if (chart) {
      respond(response, 200, 'application/gzip', chart.archive);
    } else {
      this.miss(path, response);
    }
  }

  /** The parts of the distribution specification that reading needs. */
  private answerRegistry(path: string, request: IncomingMessage, response: ServerResponse): void {
    const [, place, what, reference] = path.match(/^(.*)\/(manifests|blobs|tags)\/([^/]+)$/) ?? [];
    const tags = this.artifacts.get(place ?? '');
    const artifact = tags?.get(reference) ?? [...tags?.values() ?? []].find(({ manifest }) => `sha256:${sha256(manifest)}` === reference);
    const blob = this.blobs.get(reference ?? '');
    const head = request.method === 'HEAD';
    if (path === '') {
      respond(response, 200, 'application/json', Buffer.from('{}'));
    } else if (what === 'tags' && tags) {
      respond(response, 200, 'application/json', Buffer.from(JSON.stringify({ name: place, tags: [...tags.keys()] })));
    } else if (what === 'manifests' && artifact) {
      respond(response, 200, artifact.mediaType, artifact.manifest, { 'docker-content-digest': `sha256:${sha256(artifact.manifest)}` }, head);
    } else if (what === 'blobs' && blob) {
      respond(response, 200, 'application/octet-stream', blob, { 'docker-content-digest': reference }, head);
    } else {
      this.miss(`v2/${path}`, response);
    }
  }

  private miss(path: string, response: ServerResponse): void {
    this.missed.add(path);
    respond(response, 404, 'text/plain', Buffer.from('not here\n'));
  }
}

function respond(
  response: ServerResponse, status: number, type: string, body: Buffer, headers: Readonly<Record<string, string>> = {}, head = false,
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers });
  response.end(head ? undefined : body);
}
