import { valueOf } from "../../events/index.ts";
import type { Causes, EventAt, Link, TextOf } from "./cause-rule.ts";
import { RULES_BY_CODE } from "./cause-rules.ts";

/** What a look through earlier events came to. */
export type CauseFound =
  | { readonly kind: "event"; readonly position: number; readonly relation: string }
  /** The decision with the effect's number, however far back. */
  | { readonly kind: "decision"; readonly relation: string }
  /** No event: what else it was; null where the log lacks the event. */
  | { readonly kind: "nothing"; readonly relation: string | null }
  /** Events before these have to be looked at. */
  | { readonly kind: "earlier" };

/** Searches for the event that caused another, backwards from it. */
export class CauseSearch {
  readonly #effect: EventAt;
  readonly #position: number;
  readonly #timeNs: number;
  readonly #text: TextOf;
  readonly #causes: Causes;
  readonly #linksOf: readonly (readonly Link[] | undefined)[];
  readonly #decision: Link | undefined;
  readonly #maxDistance: number;
  readonly #reachesRun: boolean;
  readonly #inOperation: boolean;

  /** @throws UnknownNumber for a type or a choice that the catalogue does not have. */
  constructor(effect: EventAt, text: TextOf) {
    const { batch, index } = effect;
    this.#effect = effect;
    this.#position = batch.firstPosition + index;
    this.#timeNs = batch.timesNs[index];
    this.#text = text;
    const rule = valueOf(RULES_BY_CODE, batch.types[index], "the type of an event");
    this.#causes = typeof rule === "function" ? rule(effect, text) : rule;
    const links = this.#causes.links;
    this.#decision = batch.decisions[index] === 0 ? undefined : links.find(({ isDecision }) => isDecision);
    this.#linksOf = linksByType(links);
    this.#maxDistance = Math.max(0, ...links.map(({ reach }) => (typeof reach === "number" ? reach : 0)));
    this.#inOperation = links.some(({ reach, isDecision }) => reach === "operation" || isDecision);
    this.#reachesRun = links.some(({ reach, isDecision }) => reach === "run" && !isDecision);
  }

  /** Looks at the events of a batch before an index. Call it first with the effect's own batch and index, then with those before. */
  look({ batch, index: end }: EventAt): CauseFound {
    for (let index = end - 1; index >= 0; index--) {
      const at = { batch, index };
      if (!this.#canBeCause(at)) return this.#exhausted();
      const link = this.#linksOf[batch.types[index]]?.find((candidate) => this.#isCause(candidate, at));
      if (link !== undefined) return { kind: "event", position: batch.firstPosition + index, relation: link.relation };
      if (this.#causes.until?.(this.#effect, at) === true) return this.#exhausted();
    }
    return batch.firstPosition === 1 ? this.#exhausted() : { kind: "earlier" };
  }

  /** Whether any link reaches so far. */
  #canBeCause({ batch, index }: EventAt): boolean {
    if (this.#reachesRun || this.#position - batch.firstPosition - index <= this.#maxDistance) return true;
    return this.#inOperation && batch.timesNs[index] === this.#timeNs;
  }

  #isCause({ reach, matches }: Link, at: EventAt): boolean {
    const { batch, index } = at;
    if (reach === "operation" && batch.timesNs[index] !== this.#timeNs) return false;
    if (typeof reach === "number" && this.#position - batch.firstPosition - index > reach) return false;
    return matches(this.#effect, at, this.#text);
  }

  #exhausted(): CauseFound {
    if (this.#decision !== undefined) return { kind: "decision", relation: this.#decision.relation };
    return { kind: "nothing", relation: this.#causes.otherwise };
  }
}

function linksByType(links: readonly Link[]): (Link[] | undefined)[] {
  const byType: (Link[] | undefined)[] = [];
  for (const link of links) for (const type of link.types) (byType[type] ??= []).push(link);
  return byType;
}
