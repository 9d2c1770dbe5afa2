import { readFileSync } from 'fs';
import { ApiObject, Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { GitReference, GitRepository, HelmCrdsPolicy, HelmRelease, ISource, Kustomization, OciReference, OciRepository, ProvidedApi } from '../../flux';
import { ChartSource } from '../helm/chart-source';

/** A directory of a Git repository. */
export interface GitCrdsOptions {
  /** URL of the repository. */
  readonly url: string;

  /** Tag: the version of the definitions. */
  readonly tag: string;

  /** Directory with the definitions, for example `config/crds`. */
  readonly path: string;
}

/** An OCI artifact with manifests. */
export interface OciCrdsOptions {
  /** `oci://` URL of the artifact. */
  readonly url: string;

  /** Tag: the version of the definitions. */
  readonly tag: string;

  /**
   * Directory in the artifact.
   *
   * @default - all of it
   */
  readonly path?: string;
}

/** A chart that installs definitions and nothing else that matters here. */
export interface ChartCrdsOptions {
  /**
   * Namespace of the release.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * Values that make the chart install its definitions, and keep them when it is uninstalled.
   *
   * @default - none: those that are in its folder `crds/`
   */
  readonly values?: { [key: string]: any };
}

/** Where CustomResourceDefinitions come from. However they come, none is ever deleted with what brought it. */
export class CrdSource {
  /** A directory in a tag of a Git repository; nothing else of it is fetched. */
  public static git(options: GitCrdsOptions): CrdSource {
    return new CrdSource((scope, id, apis) => {
      const repository = new GitRepository(scope, 'repository', {
        metadata: { name: `${id}-crds` },
        url: options.url,
        ref: GitReference.tag(options.tag),
        interval: Duration.hours(1),
        ignore: `/*\n!/${options.path}\n`,
      });
      return [
        { object: repository, file: 'gitrepository.yaml' },
        { object: kustomization(scope, id, repository, options.path, apis), file: 'crds.yaml' },
      ];
    });
  }

  /** An OCI artifact that holds manifests. */
  public static oci(options: OciCrdsOptions): CrdSource {
    return new CrdSource((scope, id, apis) => {
      const repository = new OciRepository(scope, 'repository', {
        metadata: { name: `${id}-crds` }, url: options.url, ref: OciReference.tag(options.tag), interval: Duration.hours(1),
      });
      return [
        { object: repository, file: 'ocirepository.yaml' },
        { object: kustomization(scope, id, repository, options.path ?? '', apis), file: 'crds.yaml' },
      ];
    });
  }

  /** A chart, from a Helm or an OCI repository. Definitions in its folder `crds/` are upgraded with it. */
  public static chart(chart: ChartSource, options: ChartCrdsOptions = {}): CrdSource {
    return new CrdSource((scope, id, apis) => {
      const name = `${id}-crds`;
      const { object, file, reference } = chart._bind(scope, name);
      const release = new HelmRelease(scope, 'release', {
        metadata: { name, namespace: options.namespace },
        chart: reference,
        install: { crds: HelmCrdsPolicy.CREATE },
        upgrade: { crds: HelmCrdsPolicy.CREATE_REPLACE },
        values: options.values,
        provides: [...apis],
      });
      return [{ object, file }, { object: release, file: 'helmrelease.yaml' }];
    });
  }

  /**
   * YAML files of the program, copied into the repository: one object a file, each marked so that Flux never deletes it.
   *
   * @param paths paths of the files, with one or more definitions each
   * @throws where a file holds anything else
   */
  public static files(...paths: string[]): CrdSource {
    return new CrdSource(scope => paths.flatMap(definitionsIn).map(definition => ({
      object: new ApiObject(scope, definition.metadata.name, {
        ...definition,
        metadata: {
          ...definition.metadata,
          annotations: { ...definition.metadata.annotations, 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
        },
      }),
      file: `${definition.metadata.name}.yaml`,
    })));
  }

  private constructor(
    /** Makes the objects that bring the definitions. @internal */
    public readonly _bind: (scope: Construct, id: string, apis: readonly ProvidedApi[]) => CrdObject[],
  ) {}
}

/** An object that brings definitions, and the file that it is written to. @internal */
export interface CrdObject {
  readonly object: IConstruct;
  readonly file: string;
}

/** Retried often: until the source is fetched for the first time, everything else on the cluster waits. */
function kustomization(scope: Construct, id: string, source: ISource, path: string, apis: readonly ProvidedApi[]): Kustomization {
  return new Kustomization(scope, `${id}-crds`, {
    interval: Duration.hours(1),
    retryInterval: Duration.minutes(1),
    path: `./${path}`,
    prune: false,
    source,
    provides: [...apis],
  });
}

function definitionsIn(path: string): any[] {
  const objects = parseAllDocuments(readFileSync(path, 'utf-8')).map(document => document.toJS()).filter(object => object !== null);
  const other = objects.find(object => object?.kind !== 'CustomResourceDefinition');
  if (other !== undefined || objects.length === 0) {
    const held = other === undefined ? 'no object' : other.kind === undefined ? 'something without a kind' : `an object of the kind ${other.kind}`;
    throw new Error(`${path} holds ${held}; `
      + 'expected CustomResourceDefinitions alone: deliver everything else with the component that it belongs to.');
  }
  return objects;
}
