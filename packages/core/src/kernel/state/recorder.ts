import { EventBatch } from "../../events/index.ts";
import { applyEvent, type MachineTables } from "../../memory/index.ts";

/** Room of a new batch: that of the one before, within these bounds, so that neither a full run nor a slow one grows it often. */
const MIN_CAPACITY = 256;
const MAX_CAPACITY = 131_072;

/** Makes events: each one goes into the pending batch and, through `applyEvent`, into the tables. Nothing else does. */
export class Recorder {
  readonly machine: MachineTables;
  batch: EventBatch;
  /** Number of the decision that the events made now go back to; 0: none. */
  decision = 0;
  #nowNs: number;
  private readonly textIds = new Map<string, number>();

  constructor(machine: MachineTables) {
    this.machine = machine;
    this.#nowNs = machine.timeNs;
    this.batch = this.emptyBatch(MIN_CAPACITY);
    machine.texts.forEach((text, id) => this.textIds.set(text, id));
  }

  /** Simulated time of the events that are made now; never decreases. */
  get nowNs(): number {
    return this.#nowNs;
  }

  /** Something happens at a time, or now if that is over: VMs run ahead of each other, and their events do not. */
  advanceTo(ns: number): void {
    if (ns > this.#nowNs) this.#nowNs = ns;
  }

  record(code: number, vm: number, process: number, a = 0, b = 0, c = 0, d = 0): void {
    this.batch.append(code, this.#nowNs, vm, process, a, b, c, d, this.decision);
    applyEvent(this.machine, code, this.#nowNs, vm, process, a, b, c, d);
  }

  /**
   * The id of a text, which the batch carries if the run has not used it before. Half a character or a NUL, which no
   * database keeps, becomes the replacement character: a policy's reason is anybody's text.
   */
  textId(given: string): number {
    const text = given.toWellFormed().replaceAll("\0", "\uFFFD");
    const known = this.textIds.get(text);
    if (known !== undefined) return known;
    const id = this.machine.texts.length;
    this.machine.texts.push(text);
    this.batch.texts.push(text);
    this.textIds.set(text, id);
    return id;
  }

  takeBatch(): EventBatch {
    const taken = this.batch;
    this.batch = this.emptyBatch(Math.min(MAX_CAPACITY, Math.max(MIN_CAPACITY, taken.length)));
    return taken;
  }

  private emptyBatch(capacity: number): EventBatch {
    return new EventBatch(this.machine.position + 1, capacity, this.machine.texts.length);
  }
}
