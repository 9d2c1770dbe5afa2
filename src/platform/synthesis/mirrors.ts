import { groupKind } from '../../synth/api-group';
import { Json, JsonObject, pointerKeys, valueAt } from '../../synth/json';
import { Mirror } from '../mirror';

interface UrlField {
  /** `<group>/<kind>`. */
  readonly kind: string;
  /** JSON pointer. */
  readonly field: string;
  /** JSON pointer of the switch for plain HTTP, where the kind has one. */
  readonly insecure?: string;
}

/** Fields that say from where something is fetched. */
const URL_FIELDS: readonly UrlField[] = [
  { kind: 'source.toolkit.fluxcd.io/GitRepository', field: '/spec/url' },
  { kind: 'source.toolkit.fluxcd.io/OCIRepository', field: '/spec/url', insecure: '/spec/insecure' },
  { kind: 'source.toolkit.fluxcd.io/HelmRepository', field: '/spec/url', insecure: '/spec/insecure' },
  { kind: 'source.toolkit.fluxcd.io/Bucket', field: '/spec/endpoint', insecure: '/spec/insecure' },
  { kind: 'image.toolkit.fluxcd.io/ImageRepository', field: '/spec/image', insecure: '/spec/insecure' },
  { kind: 'fluxcd.controlplane.io/FluxInstance', field: '/spec/distribution/registry' },
  { kind: 'fluxcd.controlplane.io/FluxInstance', field: '/spec/distribution/artifact' },
  { kind: 'fluxcd.controlplane.io/FluxInstance', field: '/spec/sync/url' },
  { kind: 'fluxcd.controlplane.io/ResourceSetInputProvider', field: '/spec/url' },
  { kind: 'pkg.crossplane.io/Provider', field: '/spec/package' },
  { kind: 'pkg.crossplane.io/Function', field: '/spec/package' },
  { kind: 'pkg.crossplane.io/Configuration', field: '/spec/package' },
];

/** The object with its URLs as the mirrors have them. Where several prefixes fit, the longest counts. */
export function mirrored(manifest: JsonObject, mirrors: readonly Mirror[]): JsonObject {
  const kind = groupKind(manifest);
  const fields = mirrors.length === 0 ? [] : URL_FIELDS.filter(row => row.kind === kind);
  return fields.reduce((current, { field, insecure }) => {
    const url = valueAt(current, field);
    const rule = typeof url === 'string' ? ruleFor(url, mirrors) : undefined;
    if (rule === undefined) {
      return current;
    }
    const moved = withField(current, pointerKeys(field), rule.to + (url as string).slice(rule.from.length));
    return rule.insecure && insecure !== undefined ? withField(moved, pointerKeys(insecure), true) : moved;
  }, manifest);
}

function ruleFor(url: string, mirrors: readonly Mirror[]): Mirror | undefined {
  return mirrors.filter(({ from }) => url === from || url.startsWith(from.endsWith('/') ? from : `${from}/`))
    .sort((a, b) => b.from.length - a.from.length)[0];
}

/** A copy with one field set; a new field comes last in its mapping. */
function withField(object: JsonObject, [key, ...rest]: string[], value: Json): JsonObject {
  return { ...object, [key]: rest.length === 0 ? value : withField(object[key] as JsonObject, rest, value) };
}
