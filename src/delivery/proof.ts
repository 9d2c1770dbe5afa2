import { EventSystem } from './events';
import { Plan, Requirement, rulesOf } from './rules';

/** What becomes of a requirement. */
export type Verdict =
  /** Nothing on the cluster provides it. */
  | 'missing'
  /** Something would provide it, and never comes to it. */
  | 'deadlock'
  /** It is there before it is needed, in every order in which things can happen. */
  | 'ordered'
  /** It comes, perhaps later, and its object waits for it by itself. */
  | 'settles'
  /** It comes, but may come too late: then something fails, and is tried again. */
  | 'race';

/** A requirement, and what becomes of it. */
export interface Judgement {
  readonly requirement: Requirement;
  readonly verdict: Verdict;
}

/** What is proved of one cluster. */
export interface Proof {
  readonly judgements: Judgement[];
  /** What never happens, of what was planned. */
  readonly events: EventSystem;
  readonly reached: ReadonlySet<string>;
  /** What may happen: also what waits for objects of which Flux cannot tell that they are not ready. */
  readonly possible: ReadonlySet<string>;
}

/** Judges everything that a plan needs, from an empty cluster on. */
export function prove(plan: Plan): Proof {
  const { rules, requirements } = rulesOf(plan);
  const events = new EventSystem(rules);
  const reached = events.reached();
  const possible = events.possible();
  // Of what has happened at a moment in every order of things, each moment is asked for once.
  const moments = new Map([...new Set(requirements.map(({ moment }) => moment))].map(moment => [moment, events.implied(moment)]));
  return {
    events,
    reached,
    possible,
    judgements: requirements.map(requirement => ({
      requirement, verdict: verdictOf(requirement, { events, reached, possible }, moments.get(requirement.moment)!),
    })),
  };
}

function verdictOf(
  { fact, moment, awaited, strength }: Requirement, { events, reached, possible }: Omit<Proof, 'judgements'>, before: ReadonlySet<string>,
): Verdict {
  if (!events.hasCause(fact)) {
    return 'missing';
  }
  if (!reached.has(fact)) {
    return 'deadlock';
  }
  // A moment that never comes cannot come too early.
  return awaited || !possible.has(moment) || before.has(fact) ? 'ordered' : strength === 'soft' ? 'settles' : 'race';
}

/** A proof in which races settle: what waits for the fact does so by itself, or no edge would put it in order. */
export function withSettled(proof: Proof, settles: (requirement: Requirement) => boolean): Proof {
  return {
    ...proof,
    judgements: proof.judgements.map(judgement => judgement.verdict === 'race' && settles(judgement.requirement)
      ? { ...judgement, verdict: 'settles' as const } : judgement),
  };
}
