import { IncomingMessage } from 'http';
import { Agent, request as httpsRequest } from 'https';
import { createInterface } from 'readline';
import { setTimeout as pause } from 'timers/promises';
import { until } from './until';

/** An object as the API server has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly unknown[];
    readonly finalizers?: readonly string[];
  };
  readonly spec?: any;
  readonly status?: any;
  readonly [field: string]: any;
}

/** What the API server refuses, or cannot do. */
export class ApiError extends Error {
  constructor(public readonly status: number, message: string) {
    super(message);
  }
}

interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

interface Listing {
  readonly items: KubernetesObject[];
  readonly resourceVersion: string;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubernetesObject;
}

/** A client of an API server, as cluster administrator. */
export class KubernetesApi {
  /** The API server closes a connection that was idle for 90 s, and a request on one that is being closed fails: they are given up before. */
  private readonly agent = new Agent({ keepAlive: true, timeout: 30_000, rejectUnauthorized: false, maxSockets: 16 });
  private readonly streams = new Agent({ rejectUnauthorized: false });
  private readonly resources = new Map<string, Resource>();

  constructor(private readonly port: number, private readonly token: string) {}

  /** @throws {ApiError} */
  public async request(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<any> {
    const response = await this.send(method, path, this.agent, body, contentType);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString('utf-8');
    const status = response.statusCode ?? 0;
    if (status === 429) {
      // As every client does: a kind that was defined just now is not stored for a moment.
      await pause(Number(response.headers['retry-after'] ?? 1) * 1000);
      return this.request(method, path, body, contentType);
    }
    const value = text.startsWith('{') ? JSON.parse(text) : text;
    if (status >= 400) {
      throw new ApiError(status, value.message ?? text);
    }
    return value;
  }

  /** Whether the API server serves a kind. */
  public async serves(apiVersion: string, kind: string): Promise<boolean> {
    return await this.resource(apiVersion, kind) !== undefined;
  }

  public async get(apiVersion: string, kind: string, namespace: string | undefined, name: string): Promise<KubernetesObject | undefined> {
    const path = await this.pathOf(apiVersion, kind, namespace, name);
    return path === undefined ? undefined : this.request('GET', path).catch(absent);
  }

  /** All objects of a kind, in all namespaces; none where the kind is not served. */
  public async list(apiVersion: string, kind: string): Promise<KubernetesObject[]> {
    return (await this.listing(apiVersion, kind))?.items ?? [];
  }

  /** Applies an object on the server, and takes it over from whoever applied it before. */
  public async apply(object: object): Promise<KubernetesObject> {
    const { apiVersion, kind, metadata } = object as KubernetesObject;
    const path = await this.servedPathOf(apiVersion, kind, metadata.namespace, metadata.name);
    return this.request('PATCH', `${path}?fieldManager=e2e&force=true`, object, 'application/apply-patch+yaml');
  }

  /** What the API server says against an object that is applied, in which it lets no unknown field pass; undefined where it takes it. */
  public async refusalOf(object: object): Promise<string | undefined> {
    const { apiVersion, kind, metadata } = object as KubernetesObject;
    const query = 'fieldManager=e2e&force=true&dryRun=All&fieldValidation=Strict';
    return this.servedPathOf(apiVersion, kind, metadata.namespace, metadata.name)
      .then(path => this.request('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml')).then(() => undefined, refusal);
  }

  /** Applies CustomResourceDefinitions, and waits until their kinds are served. */
  public async define(...definitions: readonly object[]): Promise<void> {
    const applied = await Promise.all(definitions.map(definition => this.apply(definition)));
    await Promise.all(applied.map(({ spec: { group, names, versions } }) => until(`${names.kind} is served`, 120, async () =>
      await this.serves(`${group}/${versions.find((version: any) => version.served).name}`, names.kind) || undefined)));
  }

  /** Deletes a CustomResourceDefinition, and waits until its kind is not served any more. */
  public async undefine(definition: KubernetesObject): Promise<void> {
    const { group, names, versions } = definition.spec;
    await this.delete(definition);
    await until(`${names.kind} is not served any more`, 120, async () => {
      this.resources.clear();
      return await this.serves(`${group}/${versions[0].name}`, names.kind) ? undefined : true;
    });
  }

  /** Merges fields into an object. */
  public async patch({ apiVersion, kind, metadata }: KubernetesObject, fields: object, subresource = ''): Promise<KubernetesObject> {
    const path = await this.servedPathOf(apiVersion, kind, metadata.namespace, metadata.name);
    return this.request('PATCH', `${path}${subresource}?fieldManager=e2e`, fields, 'application/merge-patch+json');
  }

  public async delete({ apiVersion, kind, metadata }: KubernetesObject): Promise<void> {
    const path = await this.servedPathOf(apiVersion, kind, metadata.namespace, metadata.name);
    await this.request('DELETE', path).catch(absent);
  }

  /**
   * Tells of every object of a kind that there is, and of every change from then on, until `stop` is called. A kind that is not served is refused.
   *
   * @param ended is called where the kind is no longer served, because its definition is gone
   * @returns `stop`
   */
  public async watch(apiVersion: string, kind: string, tell: (event: WatchEvent) => void, ended: () => void = () => undefined): Promise<() => void> {
    const list = await this.listing(apiVersion, kind);
    if (!list) {
      throw new Error(`the API server does not serve ${apiVersion} ${kind}; expected a kind that it serves.`);
    }
    list.items.forEach(object => tell({ type: 'ADDED', object }));
    const path = await this.servedPathOf(apiVersion, kind);
    let version = list.resourceVersion;
    let stopped = false;
    let current: IncomingMessage | undefined;
    const follow = async (): Promise<void> => {
      while (!stopped) {
        current = await this.send('GET', `${path}?watch=1&allowWatchBookmarks=true&timeoutSeconds=3000&resourceVersion=${version}`, this.streams);
        if (current.statusCode === 404) {
          current.resume();
          this.resources.delete(`${apiVersion} ${kind}`);
          ended();
          return;
        }
        for await (const line of createInterface(current)) {
          const event = JSON.parse(line) as WatchEvent;
          if (event.type === 'ERROR') {
            throw new Error(`the watch of ${kind} was broken off: ${line}`);
          }
          version = event.object.metadata.resourceVersion!;
          if (event.type !== 'BOOKMARK') {
            tell(event);
          }
        }
      }
    };
    follow().catch((error: Error) => {
      if (!stopped) {
        throw error;
      }
    });
    return () => {
      stopped = true;
      current?.destroy();
    };
  }

  public close(): void {
    this.agent.destroy();
    this.streams.destroy();
  }

  private async listing(apiVersion: string, kind: string): Promise<Listing | undefined> {
    const path = await this.pathOf(apiVersion, kind);
    const list = path === undefined ? undefined : await this.request('GET', path).catch(absent);
    return list && {
      items: list.items.map((item: object) => ({ ...item, apiVersion, kind })),
      resourceVersion: list.metadata.resourceVersion,
    };
  }

  private async servedPathOf(apiVersion: string, kind: string, namespace?: string, name?: string): Promise<string> {
    const path = await this.pathOf(apiVersion, kind, namespace, name);
    if (path === undefined) {
      throw new ApiError(404, `the API server does not serve ${apiVersion} ${kind}.`);
    }
    return path;
  }

  private async pathOf(apiVersion: string, kind: string, namespace?: string, name?: string): Promise<string | undefined> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) {
      return undefined;
    }
    const within = resource.namespaced && namespace !== undefined ? [`namespaces/${namespace}`] : [];
    return [rootOf(apiVersion), ...within, resource.plural, ...name === undefined ? [] : [name]].join('/');
  }

  private async resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const key = `${apiVersion} ${kind}`;
    if (!this.resources.has(key)) {
      const found = await this.request('GET', rootOf(apiVersion)).catch(absent);
      for (const { name, kind: served, namespaced } of found?.resources ?? []) {
        if (!name.includes('/')) {
          this.resources.set(`${apiVersion} ${served}`, { plural: name, namespaced });
        }
      }
    }
    return this.resources.get(key);
  }

  private send(method: string, path: string, agent: Agent, body?: unknown, contentType = 'application/json'): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = httpsRequest({
        host: '127.0.0.1',
        port: this.port,
        path,
        method,
        agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          accept: 'application/json',
          ...text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) },
        },
      }, resolve);
      // Of a watch that is stopped, the connection breaks after the answer began.
      request.on('error', reject);
      request.end(text);
    });
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function refusal(error: unknown): string {
  if (error instanceof ApiError) {
    return error.message;
  }
  throw error;
}

function absent(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) {
    return undefined;
  }
  throw error;
}
