import { type EventBatch, EventCode, FIELD_COLUMNS } from "@ballast/core/events";
import { readEvents } from "../../event-store/index.ts";
import type { Run } from "../../runs/index.ts";
import { textColumnsOf } from "./event-columns.ts";
import type { EventSource } from "./find-events.ts";

/** What a policy says and sees, and what the run is started with: runs can differ in these and do the same. */
const NOT_COMPARED: ReadonlySet<number> = new Set([
  EventCode.RunStarted,
  EventCode.PolicyDecided,
  EventCode.PolicyFigureSeen,
  EventCode.DecisionClamped,
  EventCode.IdleScanned,
  EventCode.AgeScanned,
  EventCode.ActiveSampled,
  EventCode.SharingScanned,
]);

/** By type: whether its events are compared and have no texts, so that they are equal where their columns are. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, type) => (NOT_COMPARED.has(type) || textColumnsOf(type).length > 0 ? 0 : 1));

/** Goes through the events of a run that are compared with those of others, one after the other. */
export class ComparedLog {
  readonly run: Run;
  /** Position of the last event that was passed; 0: none. */
  equalPosition = 0;
  /** Numbers of the decisions since then, in order. */
  decisions: number[] = [];
  /** The decision before these; 0: none. */
  earlierDecision = 0;
  readonly #source: EventSource;
  readonly #batches: AsyncGenerator<EventBatch, void, void>;
  #batch: EventBatch | undefined;
  #index = 0;
  #text: (id: number) => string = String;

  constructor(source: EventSource, run: Run) {
    this.run = run;
    this.#source = source;
    this.#batches = readEvents(source.pool, run.logId, { to: run.headPosition });
  }

  get position(): number {
    return this.#batch!.firstPosition + this.#index;
  }

  /** Number of the decision that the event goes back to, or else of the latest before it; 0: none. */
  get decision(): number {
    return this.#batch!.decisions[this.#index]! || (this.decisions.at(-1) ?? this.earlierDecision);
  }

  /** Goes on to the next event that is compared, within the events that are loaded; false: there is none. */
  settle(): boolean {
    const batch = this.#batch;
    if (batch === undefined) return false;
    for (; this.#index < batch.length; this.#index++) {
      const type = batch.types[this.#index]!;
      if (!NOT_COMPARED.has(type)) return true;
      if (type === EventCode.PolicyDecided) this.decisions.push(batch.decisions[this.#index]!);
    }
    return false;
  }

  /** Loads the events that follow; false: the run has no more. */
  async load(): Promise<boolean> {
    this.#source.signal?.throwIfAborted();
    const next = await this.#batches.next();
    if (next.done === true) return false;
    const batch = next.value;
    this.#text = await this.#source.texts.upTo(this.run.logId, batch.firstTextId + batch.texts.length - 1);
    [this.#batch, this.#index] = [batch, 0];
    return true;
  }

  /** Passes events, which the others have, too. */
  pass(events = 1): void {
    this.#index += events - 1;
    this.equalPosition = this.position;
    this.#index++;
    if (this.decisions.length === 0) return;
    this.earlierDecision = this.decisions.at(-1)!;
    this.decisions = [];
  }

  /** How many events from here on the other run has, too, as far as both are loaded and a look at their columns tells. */
  countEqual(other: ComparedLog): number {
    const [left, right, i, j] = [this.#batch!, other.#batch!, this.#index, other.#index];
    const most = Math.min(left.length - i, right.length - j);
    let count = 0;
    while (count < most && isSamePlain(left, i + count, right, j + count)) count++;
    return count;
  }

  /** Whether the other run has the same event here, at the same time. Numbers of texts and of decisions may differ. */
  isEqual(other: ComparedLog): boolean {
    const [left, right, i, j] = [this.#batch!, other.#batch!, this.#index, other.#index];
    const type = left.types[i]!;
    if (type !== right.types[j] || left.timesNs[i] !== right.timesNs[j]) return false;
    if (left.vms[i] !== right.vms[j] || left.processes[i] !== right.processes[j]) return false;
    const texts = textColumnsOf(type);
    return FIELD_COLUMNS.every((column) => {
      if (!texts.includes(column)) return left[column][i] === right[column][j];
      return this.#text(left[column][i]!) === other.#text(right[column][j]!);
    });
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#batches.return();
  }
}

/** Runs have millions of events, nearly all of them plain. */
function isSamePlain(left: EventBatch, i: number, right: EventBatch, j: number): boolean {
  const type = left.types[i]!;
  return (
    IS_PLAIN[type] === 1 &&
    type === right.types[j] &&
    left.timesNs[i] === right.timesNs[j] &&
    left.vms[i] === right.vms[j] &&
    left.processes[i] === right.processes[j] &&
    left.a[i] === right.a[j] &&
    left.b[i] === right.b[j] &&
    left.c[i] === right.c[j] &&
    left.d[i] === right.d[j]
  );
}
