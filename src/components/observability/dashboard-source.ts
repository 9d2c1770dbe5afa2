import { readFileSync } from 'fs';
import { Variable } from '../../platform';
import { render } from '../../synth/substitution';

/** etcd takes 1.5 MiB for an object; the API server keeps who wrote each field beside it, and Flux what it applied. */
const LIMIT = 1_000_000;

/** What a dashboard's JSON says about itself. @internal */
export interface DashboardModel {
  readonly uid?: string | null;
  readonly title?: string;
  readonly __inputs?: { readonly name: string; readonly type: string }[];
}

/** Where a dashboard has its JSON from. */
export class DashboardSource {
  /**
   * A file, which is read when the program runs.
   *
   * @param path path of the file, from the directory that the program runs in
   * @throws where it cannot be read
   */
  public static file(path: string): DashboardSource {
    return DashboardSource.text(readFileSync(path, 'utf-8'), `the file ${path}`);
  }

  /** JSON as text. */
  public static json(text: string): DashboardSource {
    return DashboardSource.text(text, 'its JSON');
  }

  /** The model of a dashboard. */
  public static object(model: { [field: string]: any }): DashboardSource {
    return DashboardSource.text(JSON.stringify(model, undefined, 2), 'its model');
  }

  /**
   * A dashboard of https://grafana.com/grafana/dashboards, which the operator fetches.
   *
   * @param id its number
   * @param revision its revision; every other one may look different
   */
  public static grafanaCom(id: number, revision: number): DashboardSource {
    return new DashboardSource({ grafanaCom: { id, revision } }, [id, revision].every(number => Number.isInteger(number) && number > 0) ? [] : [
      `has the dashboard ${id} of grafana.com at its revision ${revision}; expected two numbers above 0: correct them.`,
    ]);
  }

  /** A file at a URL, which the operator fetches. */
  public static url(url: string): DashboardSource {
    return new DashboardSource({ url }, /^https?:\/\/./.test(url) ? [] : [`has the URL "${url}"; expected http:// or https://: correct it.`]);
  }

  /**
   * A file in an OCI artifact, which the operator fetches. There is no limit to its size.
   *
   * @param reference the artifact with a tag, or better a digest: `ghcr.io/acme/dashboards@sha256:…`
   * @param path path of the file in it
   */
  public static ociArtifact(reference: string, path: string): DashboardSource {
    return new DashboardSource({ oci: { reference, path } }, /^[^:@]+(:[^:@/]+|@sha256:[a-fA-F0-9]{64})$/.test(reference) ? [] : [
      `has the artifact "${reference}"; expected its name with a tag or a digest: registry/name:tag, or registry/name@sha256:….`,
    ]);
  }

  private static text(text: string, what: string): DashboardSource {
    const size = Buffer.byteLength(render(text, false));
    const model = parsed(text);
    const problems = [
      ...model ? [] : [`has in ${what} what is no JSON object; expected the model of a dashboard, as Grafana exports it: correct it.`],
      ...model && typeof model.title !== 'string' ? [`has no title in ${what}; expected one, because Grafana refuses a dashboard without: add it.`] : [],
      ...size > LIMIT ? [`has ${size} bytes in ${what}, which is more than the cluster can keep in an object; expected at most ${LIMIT}: `
        + 'put it into an OCI artifact, or at a URL, and use DashboardSource.ociArtifact(…) or DashboardSource.url(…).'] : [],
    ];
    return new DashboardSource({}, problems, text, model);
  }

  private constructor(
    private readonly fields: object,
    /** What is wrong with it, a sentence each, without its beginning. @internal */
    public readonly _problems: string[],
    private readonly text?: string,
    /** What is known of the dashboard. @internal */
    public readonly _model?: DashboardModel,
  ) {}

  /**
   * The fields that say where it is. All `${…}` in it is Grafana's, and none Flux's.
   *
   * @param uid uid for a dashboard that has none
   * @internal
   */
  public _toJson(uid: string): object {
    if (this.text === undefined) {
      return this.fields;
    }
    const text = this._model && !this._model.uid ? JSON.stringify({ ...this._model, uid }, undefined, 2) : this.text;
    return { json: Variable.literal(text) };
  }

  /** Whether the JSON names an input; undefined where it is not known. @internal */
  public _names(input: string): boolean | undefined {
    return this.text?.includes(`\${${input}}`);
  }
}

function parsed(text: string): DashboardModel | undefined {
  try {
    const model = JSON.parse(text);
    return typeof model === 'object' && model !== null && !Array.isArray(model) ? model : undefined;
  } catch {
    return undefined;
  }
}
