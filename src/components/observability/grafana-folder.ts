import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IGrafana } from './grafana';
import { instanceFields, instanceProblems, uidProblems } from './grafana-fields';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { Variable } from '../../platform';

/** A folder of a Grafana. */
export interface IGrafanaFolder {
  readonly folderUid: string;

  /**
   * Name of the GrafanaFolder.
   *
   * @default - not an object of the program
   */
  readonly folderName?: string;

  /**
   * Namespace of the GrafanaFolder.
   *
   * @default - not known
   */
  readonly folderNamespace?: string;
}

export interface GrafanaFolderProps {
  /**
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** The Grafana that it is for. */
  readonly grafana: IGrafana;

  /**
   * Name that people see.
   *
   * @default - the name of the object
   */
  readonly title?: string;

  /**
   * Its uid, which is in the folder's URL; it cannot be changed afterwards.
   *
   * @default - named like the object
   */
  readonly uid?: string;

  /**
   * The folder that it is in.
   *
   * @default - none
   */
  readonly parent?: IGrafanaFolder;

  /**
   * Who may do what in it, as JSON: `{"items": [{"role": "Viewer", "permission": 1}]}`.
   *
   * @default - as Grafana has it: viewers see, editors edit
   * @see https://grafana.com/docs/grafana/latest/developers/http_api/folder_permissions/
   */
  readonly permissions?: string;

  /**
   * How often the operator compares it with what is in Grafana.
   *
   * @default - as the operator does it: 10 minutes
   */
  readonly resyncPeriod?: Duration;
}

/**
 * A folder for dashboards and alerts.
 *
 * @see https://grafana.github.io/grafana-operator/docs/folders/
 */
export class GrafanaFolder extends TypedObject implements IGrafanaFolder {
  /** A folder that the program does not make. */
  public static fromUid(uid: string): IGrafanaFolder {
    return { folderUid: uid };
  }

  private readonly props: GrafanaFolderProps;

  constructor(scope: Construct, id: string, props: GrafanaFolderProps) {
    super(scope, id, 'grafana.integreatly.org/v1beta1', 'GrafanaFolder', props.metadata);
    this.props = props;
  }

  public get folderUid(): string {
    return this.props.uid ?? this.name;
  }

  public get folderName(): string | undefined {
    return this.name;
  }

  public get folderNamespace(): string | undefined {
    return this.apiObject.metadata.namespace;
  }

  /** @internal */
  protected _spec(): object {
    const { grafana, title, parent, permissions, resyncPeriod } = this.props;
    const { ref, uid } = folderReference(parent, this.folderNamespace);
    return {
      ...instanceFields(grafana, this.folderNamespace),
      resyncPeriod: resyncPeriod && goDuration(resyncPeriod),
      uid: this.folderUid,
      title: title ?? this.name,
      parentFolderRef: ref,
      parentFolderUID: uid,
      permissions: permissions === undefined ? undefined : Variable.literal(permissions),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { grafana, permissions } = this.props;
    const start = `the GrafanaFolder "${this.name}"`;
    return [
      ...uidProblems(start, this.folderUid),
      ...instanceProblems(start, grafana),
      ...permissions !== undefined && !isJson(permissions) ? [
        `${start} has permissions that are no JSON; expected what Grafana's API takes: {"items": [{"role": "Viewer", "permission": 1}]}.`,
      ] : [],
    ];
  }
}

/** A folder by the object of the same namespace, which the operator looks up; by its uid otherwise. @internal */
export function folderReference(folder: IGrafanaFolder | undefined, within: string | undefined): { ref?: string; uid?: string } {
  if (!folder) {
    return {};
  }
  return folder.folderName !== undefined && folder.folderNamespace === within ? { ref: folder.folderName } : { uid: folder.folderUid };
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== null;
  } catch {
    return false;
  }
}
