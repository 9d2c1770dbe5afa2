import { ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ISecretStore } from './secret-store';
import { TypedObject } from '../../flux';
import { goDuration } from '../../flux/duration';
import { list } from '../../flux/reference';

const KEY = /^[-._a-zA-Z0-9]+$/;
const LONGEST_KEY = 253;

/** A Secret that is known by its name. */
export interface ISecretReference {
  /** Name of the Secret, in the namespace of whoever refers to it. */
  readonly secretName: string;

  /**
   * Its keys, where the program knows them.
   *
   * @default - not known
   */
  readonly secretKeys?: string[];
}

export interface ExternalSecretProps {
  /**
   * Metadata of the ExternalSecret; the Secret that comes of it has the same name.
   *
   * @default - named like the construct, in the namespace of its component
   */
  readonly metadata?: ApiObjectMetadata;

  /** Where the values come from. */
  readonly store: ISecretStore;

  /**
   * Keys of the Secret, and where the value of each is in the store: `path`, or `path#property` for a property of a value that is a JSON
   * object.
   *
   * @default - none; with neither `data` nor `extract` there is nothing in the Secret, which is refused
   */
  readonly data?: { [key: string]: string };

  /**
   * Paths of values in the store that are JSON objects: each property becomes a key.
   *
   * @default - none
   */
  readonly extract?: string[];

  /**
   * Keys of the Secret that are made of others, as Go templates: `{{ .username }}:{{ .password }}`. With them the Secret has these keys alone.
   *
   * @default - the keys as the store has them
   */
  readonly template?: { [key: string]: string };

  /**
   * Labels of the Secret, for programs that look for it by them.
   *
   * @default - none
   */
  readonly secretLabels?: { [label: string]: string };

  /**
   * Type of the Secret, for example `kubernetes.io/dockerconfigjson`.
   *
   * @default - `Opaque`
   */
  readonly secretType?: string;

  /**
   * How often the store is asked.
   *
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/**
 * A Secret whose values come from a store, so that none is in the repository.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends TypedObject implements ISecretReference {
  private readonly props: ExternalSecretProps;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id, 'external-secrets.io/v1', 'ExternalSecret', props.metadata);
    this.props = props;
  }

  /** Name of the Secret. */
  public get secretName(): string {
    return this.name;
  }

  /** Keys of the Secret; unknown where it takes over all that a value in the store has. */
  public get secretKeys(): string[] | undefined {
    const { template, data = {}, extract = [] } = this.props;
    return template ? Object.keys(template) : extract.length > 0 ? undefined : Object.keys(data);
  }

  /** Paths of the values in the store that it reads, each once. */
  public get storePaths(): string[] {
    const { data = {}, extract = [] } = this.props;
    return [...new Set([...Object.values(data).map(place => place.split('#')[0]), ...extract])];
  }

  /** @internal */
  protected _spec(): object {
    const { store, data = {}, extract = [], template, secretLabels, secretType, refreshInterval } = this.props;
    return {
      refreshInterval: goDuration(refreshInterval ?? Duration.hours(1)),
      secretStoreRef: { kind: store.secretStoreKind, name: store.secretStoreName },
      target: {
        name: this.name,
        template: template || secretLabels || secretType
          ? { type: secretType, metadata: secretLabels && { labels: secretLabels }, data: template }
          : undefined,
      },
      data: list(Object.entries(data), ([secretKey, place]) => ({ secretKey, remoteRef: remoteRef(place) })),
      dataFrom: list(extract, key => ({ extract: { key } })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { data = {}, extract = [], template = {} } = this.props;
    const start = `the ExternalSecret "${this.name}"`;
    const strange = Object.keys({ ...data, ...template }).find(key => !KEY.test(key) || key.length > LONGEST_KEY);
    return [
      ...Object.keys(data).length + extract.length > 0 ? [] : [
        `${start} takes nothing from its store; expected at least one value: say which with data, or with extract.`,
      ],
      ...strange === undefined ? [] : [
        `${start} has the key "${strange}"; expected letters, digits, "-", "_" and ".", and at most ${LONGEST_KEY} of them, as Kubernetes takes them: rename it.`,
      ],
      ...this.storePaths.includes('') ? [
        `${start} takes a value from nowhere in its store; expected a path, or <path>#<property>: say where the value is.`,
      ] : [],
    ];
  }
}

/** `path#property` as the fields of a reference. */
function remoteRef(place: string): object {
  const [key, property] = place.split('#');
  return { key, property };
}
