import { EventBatch, type EventView, viewEvent } from "@ballast/core/events";
import { type CauseFound, CauseSearch } from "@ballast/core/projections";
import { commitAt } from "../../event-store/index.ts";
import type { DecisionLoader } from "./decision-loader.ts";
import type { EventSource } from "./find-events.ts";
import { eventsOf, type RunEvent } from "./run-event.ts";

/** One step of the way back from an event. */
export type EventCause = {
  /** Null: no event of the log; `relation` says what it was. */
  readonly event: RunEvent | null;
  readonly relation: string;
};

/** Events before another that are searched for its cause, in whole commits. */
export const MAX_EVENTS_SEARCHED = 131_072;
/** Decoded commits that are kept: the events of a chain mostly lie in one. */
const KEPT_COMMITS = 4;

type Commit = { readonly batch: EventBatch; readonly text: (id: number) => string };
type Found = Exclude<CauseFound, { readonly kind: "earlier" }>;

/** Finds what led to events, step by step, by the rules that `CauseSearch` has for each type. */
export class CauseReader {
  readonly #source: EventSource;
  readonly #decisions: DecisionLoader;
  readonly #commits: { readonly logId: number; readonly commit: Commit }[] = [];

  constructor(source: EventSource, decisions: DecisionLoader) {
    this.#source = source;
    this.#decisions = decisions;
  }

  /**
   * The causes of an event, the nearest first, at most `max`. Where the chain ends before, its last step says what it began with.
   * @throws BallastError RUN_NOT_FOUND, HISTORY_DAMAGED.
   */
  async causesOf({ logId, position }: RunEvent, max: number): Promise<readonly EventCause[]> {
    const steps: { readonly view: EventView | null; readonly relation: string }[] = [];
    for (let at = position; steps.length < max;) {
      const found = await this.#causeOf(logId, at);
      if (found.kind === "nothing" && found.relation === null) break;
      if (found.kind !== "event") {
        steps.push({ view: null, relation: found.relation! });
        break;
      }
      steps.push({ view: await this.#view(logId, found.position), relation: found.relation });
      at = found.position;
    }
    return await this.#withNames(logId, steps);
  }

  async #causeOf(logId: number, position: number): Promise<Exclude<Found, { kind: "decision" }>> {
    const { batch, text } = await this.#operationAt(logId, position);
    const effect = { batch, index: position - batch.firstPosition };
    const search = new CauseSearch(effect, text);
    let found = search.look(effect);
    for (let first = batch.firstPosition; found.kind === "earlier" && position - first < MAX_EVENTS_SEARCHED;) {
      this.#source.signal?.throwIfAborted();
      const earlier = (await this.#commitAt(logId, first - 1)).batch;
      found = search.look({ batch: earlier, index: earlier.length });
      first = earlier.firstPosition;
    }
    const decision = batch.decisions[effect.index]!;
    if (found.kind === "decision") return await this.#decided(logId, decision, found.relation);
    if (found.kind !== "earlier") return found;
    if (decision !== 0) return await this.#decided(logId, decision, "It goes back to this decision.");
    return { kind: "nothing", relation: `Its cause lies more than ${MAX_EVENTS_SEARCHED} events before it.` };
  }

  async #decided(logId: number, decision: number, relation: string): Promise<Exclude<Found, { kind: "decision" }>> {
    const row = await this.#decisions.load(logId, decision);
    if (row === null) return { kind: "nothing", relation: `${relation} Decision ${decision} is not projected yet.` };
    return { kind: "event", position: row.position, relation };
  }

  async #view(logId: number, position: number): Promise<EventView> {
    const { batch, text } = await this.#commitAt(logId, position);
    return viewEvent(batch, position - batch.firstPosition, text);
  }

  /** Names of pages are known by the order of positions, in which the chain does not come. */
  async #withNames(
    logId: number,
    steps: readonly { readonly view: EventView | null; readonly relation: string }[],
  ): Promise<readonly EventCause[]> {
    const views = steps.flatMap(({ view }) => (view === null ? [] : [view])).toReversed();
    const named = eventsOf(logId, await this.#source.texts.pageNames.addTo(logId, views)).toReversed();
    return steps.map(({ view, relation }, index) => ({ event: view === null ? null : (named[index] ?? null), relation }));
  }

  /**
   * The commit of an event; with those before and behind it that the operation may reach into to which the event belongs: what makes more
   * events than a commit holds is cut.
   */
  async #operationAt(logId: number, position: number): Promise<Commit> {
    const commit = await this.#commitAt(logId, position);
    const timeNs = commit.batch.timesNs[position - commit.batch.firstPosition];
    const parts = [commit];
    let left = MAX_EVENTS_SEARCHED;
    for (let { batch } = commit; batch.firstPosition > 1 && batch.timesNs[0] === timeNs && left > 0; { batch } = parts[0]!) {
      parts.unshift(await this.#commitAt(logId, batch.firstPosition - 1));
      left -= parts[0]!.batch.length;
    }
    for (let { batch } = commit; batch.timesNs[batch.length - 1] === timeNs && left > 0; { batch } = parts.at(-1)!) {
      const behind = await this.#findCommit(logId, batch.lastPosition + 1);
      if (behind === undefined) break;
      parts.push(behind);
      left -= behind.batch.length;
    }
    return parts.length === 1 ? commit : { batch: joinBatches(parts.map(({ batch }) => batch)), text: parts.at(-1)!.text };
  }

  async #commitAt(logId: number, position: number): Promise<Commit> {
    const commit = await this.#findCommit(logId, position);
    if (commit === undefined) throw new Error(`position ${position} of run ${logId} of the log is in no commit`);
    return commit;
  }

  /** Undefined: the run is not that far. */
  async #findCommit(logId: number, position: number): Promise<Commit | undefined> {
    const index = this.#commits.findIndex(
      ({ logId: of, commit: { batch } }) => of === logId && batch.firstPosition <= position && position <= batch.lastPosition,
    );
    const commit = this.#commits.splice(index, index < 0 ? 0 : 1)[0]?.commit ?? (await this.#readCommit(logId, position));
    if (commit === undefined) return undefined;
    this.#commits.unshift({ logId, commit });
    this.#commits.splice(KEPT_COMMITS);
    return commit;
  }

  async #readCommit(logId: number, position: number): Promise<Commit | undefined> {
    const batch = await commitAt(this.#source.pool, logId, position);
    if (batch === undefined) return undefined;
    return { batch, text: await this.#source.texts.upTo(logId, batch.firstTextId + batch.texts.length - 1) };
  }
}

/** Batches that follow each other as one, without their texts. */
function joinBatches(parts: readonly EventBatch[]): EventBatch {
  const joined = new EventBatch(parts[0]!.firstPosition, 0);
  for (const { types, timesNs, vms, processes, a, b, c, d, decisions, length } of parts) {
    for (let i = 0; i < length; i++) {
      joined.append(types[i]!, timesNs[i]!, vms[i]!, processes[i]!, a[i]!, b[i]!, c[i]!, d[i]!, decisions[i]);
    }
  }
  return joined;
}
