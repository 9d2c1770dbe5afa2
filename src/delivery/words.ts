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
    case 'brought': return `${titleOf(rest)} is ${/HelmRelease /.test(rest) ? 'installed' : 'ready'}`;
    case 'controller': return `the controller of ${rest} runs`;
    case 'webhook': return `the webhook of ${rest} answers`;
    case 'rights': return `${ownerOf(rest)} has its rights`;
    case 'tried': return `${titleOf(rest)} has begun`;
    case 'built': return `${titleOf(rest)} is built`;
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
  switch (word) {
    case 'api': return `the API ${rest}`;
    case 'controller': case 'webhook': return `the ${word} of ${rest}`;
    case 'rights': return `the rights of the ${ownerOf(rest)}`;
    default: return `the ${titleOf(rest)}`;
  }
}

/** `system:serviceaccount:flux-system:deployer` as `ServiceAccount flux-system/deployer`. */
function ownerOf(user: string): string {
  return user.replace(/^system:serviceaccount:([^:]*):/, 'ServiceAccount $1/');
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

/** A circle as its steps, a sentence each, beginning with an event of it. */
export function circleSteps(events: readonly string[], first: string | undefined): string[] {
  const telling = tellingEvents(events);
  const start = Math.max(0, telling.findIndex(event => event === first));
  const clauses = [...telling.slice(start), ...telling.slice(0, start)].map(clauseOf);
  return clauses.map((clause, i) => `${clause} only once ${clauses[(i + 1) % clauses.length]}`);
}

/**
 * Why something is there in time, in words: the Kustomizations that are waited for, one after the other, and what the last of them waits for
 * itself. Nothing where no other Kustomization has a part in it.
 */
export function chainInWords([moment = '', ...needs]: readonly string[]): string {
  const [subject = ''] = /\S*Kustomization \S+$/.exec(moment) ?? [];
  const kustomizations = needs.filter(event => /^ready \S*Kustomization /.test(event));
  const last = needs.length - 1;
  const gate = needs.slice(0, last).reverse().find(event => event.startsWith('ready '));
  const telling = new Set([...kustomizations, ...gate === undefined ? [] : [gate], ...needs.slice(last)]);
  return kustomizations.length === 0 ? '' : `${titleOf(subject)} is tried only once ${[...telling].map(clauseOf).join('; that only once ')}`;
}

/** What a Kustomization goes through by itself says nothing to a person who reads a circle: only where it needs something else does it. */
function tellingEvents(circle: readonly string[]): string[] {
  const at = (i: number) => circle[(i + circle.length) % circle.length];
  const subject = (i: number) => at(i).slice(at(i).indexOf(' '));
  const isMade = (i: number) => at(i).startsWith('exists ') && !(/^(ready|brought) /.test(at(i - 1)) && subject(i - 1) === subject(i));
  // All of an API group is there for the sake of one of its kinds.
  const isKind = (i: number) => at(i).startsWith('api ') && !at(i).endsWith('/*');
  const isBrought = (i: number) => at(i).startsWith('brought ') && at(i - 1) !== `ready${subject(i)}`;
  const telling = circle.map((event, i) => /^(ready|controller|webhook|rights) /.test(event) || isKind(i) || isMade(i) || isBrought(i)
    || (event.startsWith('applied ') && (at(i - 1).startsWith('exists ') || !/^(settled|built) /.test(at(i + 1)))));
  const start = Math.max(0, circle.findIndex((event, i) => telling[i] && !event.startsWith('applied ')));
  return [...circle.slice(start), ...circle.slice(0, start)].filter((_, i) => telling[(i + start) % circle.length]);
}
