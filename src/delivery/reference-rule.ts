import { Strength } from './delivery';
import { ReferenceRow } from './reference-rows';

/** Where the object that a reference names is looked for. */
export enum ReferenceNamespace {
  /** In the namespace of the object that refers to it. */
  SAME = 'same',
  /** In the one that the reference says, otherwise in that of the object that refers to it. */
  NAMED = 'named',
}

/** A field of a kind that names another object: how the order of things knows what the objects of a kind of one's own need. */
export interface ReferenceRule {
  /** Kind that has the field: `example.com/Widget`, `/Pod` for Kubernetes' core. */
  readonly from: string;

  /** The field, with `[]` behind a list: `spec.storeRef`, `spec.volumes[].claimName`. A text there is the name itself. */
  readonly at: string;

  /** Kind that is named: `example.com/Store`. Where the reference says a kind, the one that is meant if it does not. */
  readonly to: string;

  /**
   * Kinds that the reference may say, by the word that it says in its field `kind`: `{ ClusterStore: 'example.com/ClusterStore' }`.
   *
   * @default - none: it is always `to`
   */
  readonly kinds?: { [word: string]: string };

  /** @default ReferenceNamespace.SAME */
  readonly namespace?: ReferenceNamespace;

  /**
   * Whether the object that is named has to be ready, and not only to exist.
   *
   * @default false
   */
  readonly ready?: boolean;

  /**
   * What happens while it is not there.
   *
   * @default Strength.READY
   */
  readonly strength?: Strength;

  /**
   * Field of the reference that has the name.
   *
   * @default 'name'
   */
  readonly nameField?: string;

  /**
   * Field of the reference that makes it optional where it is true.
   *
   * @default - none: it always counts
   */
  readonly optionalField?: string;
}

/** A rule as a row of the table. */
/** @internal */
export function rowOf(rule: ReferenceRule): ReferenceRow {
  const { from, at, to, kinds, namespace = ReferenceNamespace.SAME, ready = false, strength = Strength.READY, nameField, optionalField } = rule;
  const usual = to.slice(to.indexOf('/') + 1);
  return {
    from,
    at,
    to: kinds ? { [usual]: to, ...kinds } : to,
    usualKind: kinds && usual,
    namespace,
    needs: ready ? 'ready' : 'exists',
    strength,
    name: nameField,
    optional: optionalField,
  };
}
