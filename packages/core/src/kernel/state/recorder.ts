import { assert } from "../../assert/index.ts";
import { EventBatch, type EventType, type EventValues, type KnownEvents, writeValues } from "../../events/index.ts";
import type { StringId } from "../../ids/index.ts";
import { applyValues, type MachineTables } from "../../memory/index.ts";
import { NEVER } from "../structures/never.ts";

/** Room of a new batch: that of the one before, within these bounds, so that neither a full run nor a slow one grows it often. */
const MIN_CAPACITY = 256;
const MAX_CAPACITY = 131_072;

/** Makes events: each one goes into the pending batch and, through `applyValues`, into the tables. Nothing else does. */
export class Recorder {
  readonly machine: MachineTables;
  batch: EventBatch;
  /** Number of the decision that the events made now go back to; 0: none. */
  decision = 0;
  #nowNs: number;
  private readonly stringIds = new Map<string, StringId>();
  private spare: EventBatch | undefined;

  constructor(machine: MachineTables) {
    this.machine = machine;
    this.#nowNs = machine.timeNs;
    this.batch = this.emptyBatch(MIN_CAPACITY);
    machine.texts.forEach((text, id) => this.stringIds.set(text, id as StringId));
  }

  /** Simulated time of the events that are made now; never decreases. */
  get nowNs(): number {
    return this.#nowNs;
  }

  /** Something happens at a time, or now if that is over: VMs run ahead of each other, and their events do not. */
  advanceTo(ns: number): void {
    assert(ns < NEVER, "an event at no time");
    if (ns > this.#nowNs) this.#nowNs = ns;
  }

  /**
   * Records an event of a type with its values: whom it concerns, then its fields, as the catalogue declares them. Another order or
   * number of values does not compile.
   */
  record: <Type extends EventType>(this: Recorder, type: Type, ...values: EventValues<Type>) => void = recordValues;

  /**
   * Calls once, right before the event at a later position is made; instead of an earlier such call. Until then events take another way, so
   * that those of all other runs need not ask for it.
   */
  callBefore(position: number, call: () => void): void {
    assert(position > this.machine.position, () => `event ${position} is made already, at position ${this.machine.position}`);
    this.record = function recordUpTo(
      this: Recorder,
      type: EventType,
      first = 0,
      second = 0,
      third = 0,
      fourth = 0,
      fifth = 0,
      sixth = 0,
    ): void {
      if (this.machine.position + 1 === position) {
        this.record = recordValues;
        call();
      }
      recordValues.call(this, type, first, second, third, fourth, fifth, sixth);
    };
  }

  /**
   * The number of an interned string, which the batch carries if the run has not used it before. Half a character or a NUL, which no
   * database keeps, becomes the replacement character: a policy's reason is anybody's text.
   */
  stringId(given: string): StringId {
    const used = this.stringIds.get(given);
    if (used !== undefined) return used;
    const text = given.toWellFormed().replaceAll("\0", "\uFFFD");
    const known = this.stringIds.get(text);
    if (known !== undefined) return known;
    const id = this.machine.texts.length as StringId;
    this.machine.texts.push(text);
    this.batch.texts.push(text);
    this.stringIds.set(text, id);
    return id;
  }

  /** What `record` has made since the last call: its types leave nothing to check. */
  takeBatch(): KnownEvents {
    const taken = this.batch as KnownEvents;
    this.batch = this.emptyBatch(Math.min(MAX_CAPACITY, Math.max(MIN_CAPACITY, taken.length)));
    return taken;
  }

  /** Takes over the memory of a batch that was taken from here. */
  giveBack(batch: EventBatch): void {
    if (this.spare === undefined || this.spare.capacity < batch.capacity) this.spare = batch;
  }

  private emptyBatch(capacity: number): EventBatch {
    const [firstPosition, firstTextId] = [this.machine.position + 1, this.machine.texts.length];
    const { spare } = this;
    if (spare === undefined || spare.capacity < capacity) return new EventBatch(firstPosition, capacity, firstTextId);
    this.spare = undefined;
    return Object.assign(spare, { firstPosition, length: 0, firstTextId, texts: [] });
  }
}

/** For every type: as many values as an event has at most, those that it does not have are 0. */
function recordValues(this: Recorder, type: EventType, first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0): void {
  writeValues(this.batch, type, this.nowNs, this.decision, first, second, third, fourth, fifth, sixth);
  applyValues(this.machine, type.code, this.nowNs, first, second, third, fourth, fifth, sixth);
}
