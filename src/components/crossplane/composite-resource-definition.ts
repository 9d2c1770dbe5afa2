import { ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';
import { Schema } from './schema';
import { TypedObject } from '../../flux';

const GROUP = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;
const VERSION = /^v[1-9][0-9]*((alpha|beta)[1-9][0-9]*)?$/;

/** Whether the objects of an API have a namespace. */
export enum CompositeScope {
  NAMESPACED = 'Namespaced',
  CLUSTER = 'Cluster',
}

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;

  /**
   * OpenAPI type: `string`, `integer`, `date`.
   *
   * @default 'string'
   */
  readonly type?: string;

  /** Where the value is: `.spec.size`. */
  readonly jsonPath: string;
}

/** A version of an API. */
export interface CompositeVersion {
  /** `v1alpha1`, `v1beta2`, `v1`. */
  readonly name: string;

  /** The fields of `spec`: an object. Crossplane adds `spec.crossplane`. */
  readonly spec: Schema;

  /**
   * The fields of `status`, which the Composition sets: an object. Crossplane adds the conditions.
   *
   * @default - Crossplane's alone
   */
  readonly status?: Schema;

  /**
   * Whether the API server has it.
   *
   * @default true
   */
  readonly served?: boolean;

  /**
   * Said to those who still use it.
   *
   * @default - it is not deprecated
   */
  readonly deprecation?: string;

  /**
   * Columns of `kubectl get`, beside Crossplane's own.
   *
   * @default - none
   */
  readonly printerColumns?: PrinterColumn[];
}

export interface CompositeResourceDefinitionProps {
  /**
   * Labels and annotations; Crossplane wants `<plural>.<group>` as the name.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;

  /** API group: `platform.example.com`. */
  readonly group: string;

  /** The kind: `Database`. */
  readonly kind: string;

  /**
   * How it is called in the API's paths.
   *
   * @default - the kind in small letters and an `s`
   */
  readonly plural?: string;

  /**
   * Short names for `kubectl`.
   *
   * @default - none
   */
  readonly shortNames?: string[];

  /**
   * @default CompositeScope.NAMESPACED
   */
  readonly scope?: CompositeScope;

  /** Its versions, the newest first. Compositions are for the first one. */
  readonly versions: CompositeVersion[];
}

/**
 * An API of the platform's own: a CompositeResourceDefinition. A `Composition` says what is made of its objects; a `CompositeResource` is one
 * of them.
 *
 * @see https://docs.crossplane.io/latest/composition/composite-resource-definitions/
 */
export class CompositeResourceDefinition extends TypedObject {
  private readonly props: CompositeResourceDefinitionProps;

  constructor(scope: Construct, id: string, props: CompositeResourceDefinitionProps) {
    const plural = props.plural ?? `${props.kind.toLowerCase()}s`;
    const metadata = { ...props.metadata, name: `${plural}.${props.group}` };
    super(scope, id, 'apiextensions.crossplane.io/v2', 'CompositeResourceDefinition', metadata);
    if (props.versions.length === 0) {
      throw new Error(`${this.node.path} defines the kind ${props.kind} without a version; expected at least one: add it to versions.`);
    }
    this.props = props;
  }

  /** The kind, with the version that Compositions are for. */
  public get compositeType(): GroupVersionKind {
    return { apiVersion: `${this.props.group}/${this.props.versions[0].name}`, kind: this.props.kind };
  }

  /** Whether its objects have a namespace. */
  public get scope(): CompositeScope {
    return this.props.scope ?? CompositeScope.NAMESPACED;
  }

  /** A version, and its `apiVersion`. @internal */
  public _version(name?: string): { apiVersion: string; version: CompositeVersion } {
    const { versions, group, kind } = this.props;
    const version = name === undefined ? versions[0] : versions.find(candidate => candidate.name === name);
    if (!version) {
      const known = versions.map(candidate => candidate.name).join(', ');
      throw new Error(`${this.node.path} has no version "${name}" of ${kind}; expected one of ${known}: correct it.`);
    }
    return { apiVersion: `${group}/${version.name}`, version };
  }

  /** @internal */
  protected _spec(): object {
    const { group, kind, shortNames, versions } = this.props;
    const plural = this.name.slice(0, -group.length - 1);
    return {
      group,
      scope: this.scope,
      names: { kind, plural, shortNames },
      versions: versions.map(({ name, spec, status, served = true, deprecation, printerColumns }, i) => ({
        name,
        served,
        referenceable: i === 0,
        deprecated: deprecation === undefined ? undefined : true,
        deprecationWarning: deprecation,
        additionalPrinterColumns: printerColumns?.map(column => ({ name: column.name, type: column.type ?? 'string', jsonPath: column.jsonPath })),
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: spec._json, ...status ? { status: status._json } : {} },
            // Without a field that has to be there, an object without a spec would pass.
            required: (spec._json.required ?? []).length > 0 ? ['spec'] : undefined,
          },
        },
      })),
    };
  }

  /** @internal */
  protected _problems(): string[] {
    const { group, kind, versions } = this.props;
    const refuse = (wrong: boolean, given: string, expected: string, mend: string) =>
      wrong ? [`the CompositeResourceDefinition "${this.name}" has ${given}; expected ${expected}: ${mend}.`] : [];
    const names = versions.map(({ name }) => name);
    return [
      ...refuse(!GROUP.test(group), `the group "${group}"`, 'a domain, such as platform.example.com', 'correct the group'),
      ...refuse(!KIND.test(kind), `the kind "${kind}"`, 'letters and digits with a capital first', 'correct the kind'),
      ...names.flatMap(name => refuse(!VERSION.test(name), `the version "${name}"`, 'v1, v1beta1 or v1alpha1', 'correct the version')),
      ...names.flatMap((name, i) => refuse(names.indexOf(name) < i, `the version "${name}" twice`, 'every version once', 'leave one of them out')),
      ...refuse(versions[0].served === false,
        `the version "${names[0]}" first, which is not served`, 'one that is, because Compositions are for it', 'serve it, or move it behind another'),
      ...versions.flatMap(({ spec, status }) => Object.entries({ spec, status })).flatMap(([field, schema]) => refuse(
        schema !== undefined && schema._fields === undefined,
        `a schema of ${field} that is no object`, 'Schema.object({ … })', `make an object of the ${field}`)),
      ...versions.flatMap(({ spec, status }) => Object.entries({ 'spec.crossplane': spec, 'status.crossplane': status, 'status.conditions': status }))
        .flatMap(([path, schema]) => refuse(
          schema?._fields?.includes(path.split('.')[1]) ?? false,
          `the field ${path}`, 'a name of its own, because Crossplane adds a field of that name', 'rename the field')),
    ];
  }
}
