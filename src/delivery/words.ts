/** Events of a proof in words, for a person who has to mend something. */

const STAGES: Readonly<Record<string, string>> = {
  definitions: 'its CRDs, namespaces and cluster roles', classes: 'its objects of kinds that end with "Class"', rest: 'its objects',
};

/** An event as a clause: `HelmRelease security/cert-manager is ready`. */
export function clauseOf(event: string): string {
  const [, word, rest] = /^(\S+) (.*)$/.exec(event)!;
  switch (word) {
    case 'exists': return `${titleOf(rest)} exists`;
    case 'ready': return `${titleOf(rest)} is ready`;
    case 'api': return `the API ${rest} is there`;
    default: {
      const [stage, ...subject] = rest.split(' ');
      return `${titleOf(subject.join(' '))} has applied ${STAGES[stage]}`;
    }
  }
}

/** What is needed, as a noun: `the Namespace shop`, `the API example.com/Widget`. */
export function nounOf(fact: string): string {
  const [, word, rest] = /^(\S+) (.*)$/.exec(fact)!;
  return word === 'api' ? `the API ${rest}` : `the ${titleOf(rest)}`;
}

/** `helm.toolkit.fluxcd.io/HelmRelease security/cert-manager` as `HelmRelease security/cert-manager`. */
function titleOf(id: string): string {
  return id.replace(/^[^ ]*\//, '');
}

/** A circle in words: each clause holds only once the next one does, and the last only once the first does. */
export function circleInWords(events: readonly string[]): string {
  const [first, ...others] = tellingEvents(events).map(clauseOf);
  return `${first} only once ${[...others, first].join('; that only once ')}`;
}

/** What a Kustomization goes through by itself says nothing to a person who reads a circle: only where it needs something else does it. */
function tellingEvents(circle: readonly string[]): string[] {
  const at = (i: number) => circle[(i + circle.length) % circle.length];
  const isMade = (i: number) => at(i).startsWith('exists ') && at(i - 1) !== at(i).replace('exists ', 'ready ');
  const telling = circle.map((event, i) => /^(ready|api) /.test(event) || isMade(i)
    || (event.startsWith('applied ') && (isMade(i - 1) || !/^(settled|built) /.test(at(i + 1)))));
  const start = Math.max(0, circle.findIndex((event, i) => telling[i] && !event.startsWith('applied ')));
  return [...circle.slice(start), ...circle.slice(0, start)].filter((_, i) => telling[(i + start) % circle.length]);
}
