/**
 * What has to happen for something else to happen, as rules that only ever add: nothing that has happened is taken back.
 *
 * An event is a text, such as `ready Kustomization flux-system/apps`.
 */
export interface Rule {
  /** What happens once all of `needs` have happened. With several rules for one event, any of them is enough. */
  readonly then: string;

  readonly needs: readonly string[];

  /**
   * What may hold it up and may as well not: once it has happened, nothing follows for these.
   *
   * @default - none
   */
  readonly uncertain?: readonly string[];

  /**
   * Whether it happens at that very moment: a fact that follows. Otherwise it happens some time later, and something else may happen
   * in between.
   */
  readonly atOnce?: boolean;
}

interface IndexedRule {
  readonly then: number;
  /** All that it needs, what is uncertain last. */
  readonly needs: readonly number[];
  /** How many of these are certain. */
  readonly certain: number;
  readonly atOnce: boolean;
}

/** How what has happened is looked for. */
interface ImpliedOptions {
  /** What has happened after the rest. */
  readonly last?: number;
  /** Is told of each event from which one it follows. */
  readonly cameFrom?: Map<number, number>;
  /** What does not follow at once. */
  readonly except?: number;
}

/** Rules, and the two questions that are asked of them. Both are answered in time that grows with the size of the rules alone. */
export class EventSystem {
  private readonly ids = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly rules: IndexedRule[] = [];
  /** By event: the rules that bring it about. */
  private readonly causes: number[][] = [];
  /** By event: the rules that need it. */
  private readonly uses: number[][] = [];
  private needed?: (readonly number[])[];
  private mayHappen?: ReadonlySet<number>;

  constructor(rules: Iterable<Rule> = []) {
    for (const rule of rules) {
      this.add(rule);
    }
  }

  /** Adds a rule. */
  public add({ then, needs, uncertain = [], atOnce = false }: Rule): void {
    const certain = new Set(needs);
    const all = [...certain, ...uncertain.filter(need => !certain.has(need))];
    const rule = { then: this.idOf(then), needs: [...new Set(all)].map(need => this.idOf(need)), certain: certain.size, atOnce };
    const index = this.rules.push(rule) - 1;
    this.causes[rule.then].push(index);
    rule.needs.forEach(need => this.uses[need].push(index));
  }

  /** Whether there is a rule that brings an event about, whatever that one needs. */
  public hasCause(event: string): boolean {
    const id = this.ids.get(event);
    return id !== undefined && this.causes[id].length > 0;
  }

  /** The rules that bring an event about. */
  public causesOf(event: string): Rule[] {
    const id = this.ids.get(event);
    return id === undefined ? [] : this.causes[id].map(index => this.named(this.rules[index]));
  }

  /**
   * What ever happens, whatever the timing: the least set that holds every rule, starting from those that need nothing. What is not in it
   * never happens.
   */
  public reached(): ReadonlySet<string> {
    return new Set([...this.reachedIds()].map(id => this.names[id]));
  }

  /**
   * What has happened in every possible order of things at the moment when an event happens: the event itself, what each of its causes
   * needs, what needs nothing, and what follows from that at once.
   *
   * @param events one or more events that have happened
   */
  public implied(...events: string[]): ReadonlySet<string> {
    const start = [...this.initial(), ...events.map(event => this.ids.get(event)).filter((id): id is number => id !== undefined)];
    return new Set([...this.impliedIds(start)].map(id => this.names[id]).concat(events));
  }

  /**
   * Why something has happened at the moment when an event happens: the chain from that event to it, each link a need of the one before it;
   * nothing where it was there from the beginning, or need not have happened.
   *
   * @param event the event that has happened
   */
  public chainsFrom(event: string): (fact: string) => string[] {
    const start = this.ids.get(event);
    const cameFrom = new Map<number, number>();
    this.impliedIds(this.initial(), { last: start, cameFrom });
    return fact => {
      const chain: string[] = [];
      for (let id = this.ids.get(fact); id !== undefined && id !== start; id = cameFrom.get(id)) {
        chain.unshift(this.names[id]);
        if (!cameFrom.has(id)) {
          return [];
        }
      }
      return chain.length === 0 ? [] : [event, ...chain];
    };
  }

  /**
   * What may happen: like `reached`, where nothing uncertain holds anything up. What is not in it happens in no order of things; what is
   * in it and is not reached happens in some.
   */
  public possible(): ReadonlySet<string> {
    return new Set([...this.possibleIds()].map(id => this.names[id]));
  }

  private initial(): number[] {
    return this.rules.filter(rule => rule.needs.length === 0).map(rule => rule.then);
  }

  private possibleIds(): ReadonlySet<number> {
    return this.mayHappen ??= this.reachedIds(true);
  }

  private reachedIds(certainly = false): Set<number> {
    const reached = new Set<number>();
    const missing = this.rules.map(({ needs, certain }) => certainly ? certain : needs.length);
    const queue = this.rules.filter((_, index) => missing[index] === 0).map(rule => rule.then);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (!reached.has(id)) {
        reached.add(id);
        for (const index of this.uses[id]) {
          const { then, needs, certain } = this.rules[index];
          if (!certainly || needs.length === certain || needs.indexOf(id) < certain) {
            missing[index] -= 1;
            if (missing[index] === 0) {
              queue.push(then);
            }
          }
        }
      }
    }
    return reached;
  }

  private impliedIds(start: readonly number[], { last, cameFrom, except }: ImpliedOptions = {}): Set<number> {
    const implied = new Set<number>();
    const missing = new Map<number, number>();
    const queue: number[] = [];
    const add = (id: number, from?: number) => {
      if (!implied.has(id)) {
        implied.add(id);
        queue.push(id);
        if (from !== undefined) {
          cameFrom?.set(id, from);
        }
      }
    };
    [...start, ...last === undefined ? [] : [last]].forEach(id => add(id));
    const needs = this.needs();
    // First in, first out: what follows by the fewest steps is found by them.
    for (const id of queue) {
      needs[id].forEach(need => add(need, id));
      for (const index of this.uses[id].filter(candidate => this.rules[candidate].atOnce && this.rules[candidate].then !== except)) {
        const left = (missing.get(index) ?? this.rules[index].needs.length) - 1;
        missing.set(index, left);
        if (left === 0) {
          add(this.rules[index].then, id);
        }
      }
    }
    return implied;
  }

  /**
   * By event: what has happened before it. It was brought about by one of its causes that can happen: what all of these need has happened,
   * too, and what had to happen before that.
   */
  private needs(): readonly (readonly number[])[] {
    if (!this.needed) {
      const possible = this.possibleIds();
      const canHappen = (needs: readonly number[]) => needs.every(need => possible.has(need));
      const causes = this.causes.map(indexes => indexes.map(index => certainOf(this.rules[index])).filter(canHappen));
      this.needed = causes.map(([first = [], ...others]) => first.filter(need => others.every(needs => needs.includes(need))));
      const open = causes.flatMap((needs, id) => needs.length > 1 ? [{ id, needs }] : []);
      // Each time round, more is known of what the causes of one event have in common by those of another.
      while (open.filter(({ id, needs }) => this.learn(id, needs)).length > 0);
    }
    return this.needed;
  }

  /** Whether more is known now of what all causes of an event have in common. */
  private learn(id: number, causes: readonly (readonly number[])[]): boolean {
    // What needs the event itself does not bring it about for the first time.
    const [first, ...others] = causes.map(needs => this.impliedIds(needs, { except: id })).filter(closure => !closure.has(id));
    const common = [...first ?? []].filter(need => others.every(closure => closure.has(need)));
    const grows = common.length > this.needed![id].length;
    if (grows) {
      this.needed![id] = common;
    }
    return grows;
  }

  private idOf(event: string): number {
    const known = this.ids.get(event);
    if (known !== undefined) {
      return known;
    }
    const id = this.names.push(event) - 1;
    this.ids.set(event, id);
    this.causes.push([]);
    this.uses.push([]);
    return id;
  }

  private named({ then, needs, atOnce }: IndexedRule): Rule {
    return { then: this.names[then], needs: needs.map(need => this.names[need]), atOnce };
  }
}

function certainOf({ needs, certain }: IndexedRule): readonly number[] {
  return needs.length === certain ? needs : needs.slice(0, certain);
}
