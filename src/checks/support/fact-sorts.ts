import { FactSort } from './obstacles';

/** `karpenter.sh` of `api karpenter.sh/NodePool`. */
const groupOf = (event: string) => event.slice('api '.length).split('/')[0];

export const NAMESPACE: FactSort = {
  id: 'namespace',
  matches: event => event.startsWith('exists /Namespace '),
  deliver: 'add it to the Namespaces component of a layer that comes before, or call cluster.assume(…) where it is there before Flux',
};

export const CRD: FactSort = {
  id: 'crd',
  matches: event => event.startsWith('api '),
  // A system that is left out is told once, and not for each of its kinds.
  group: groupOf,
  deliver: 'deliver its definitions in the crds layer, say with `apis` or component.declare(…) which component brings them, or call cluster.assume(…) where they '
    + 'are there before Flux',
};

export const SOURCE: FactSort = {
  id: 'source',
  matches: event => /^(ready|exists) source\.toolkit\.fluxcd\.io\//.test(event),
  deliver: 'make the source in the component that refers to it, or call cluster.assume(…) where it is there before Flux',
};

export const DEPENDENCY: FactSort = {
  id: 'dependency',
  matches: event => event.startsWith('ready kustomize.toolkit.fluxcd.io/Kustomization '),
  deliver: 'correct the name, or leave the dependency out',
};

export const REFERENCE: FactSort = {
  id: 'reference',
  matches: event => ![NAMESPACE, CRD, SOURCE, DEPENDENCY].some(({ matches }) => matches(event)),
  deliver: 'deliver it, correct the name, say with component.declare(…) which component brings it about, or call cluster.assume(…) where it is there before Flux',
};
