import {
  type EventBatch,
  type EventView,
  DecisionClamped,
  eventType,
  MemoryStateChanged,
  PolicyDecided,
  PolicyFigureSeen,
  viewEvent,
} from "@ballast/core/events";
import type { TraceEvent } from "./trace-event.ts";
import { isWithin, type TraceWindow } from "./trace-window.ts";
import { pidOf, type Row, tidOf, Track } from "./tracks.ts";
import { isInstant, waitOf } from "./waits.ts";

/** Decisions of which effects may still come; those of older ones are shown without a flow from them. */
const KEPT_DECISIONS = 10_000;

type Slice = { readonly vm: number; readonly row: Row; readonly name: string; readonly timeNs: number; readonly durationNs: number };

/** Where a slice begins, and whether the window has it. */
type Placed = { readonly timeNs: number; readonly isShown: boolean };

/** Events in a row that go back to the same decision. */
type Effect = {
  readonly decision: number;
  readonly name: string;
  readonly firstPosition: number;
  readonly firstNs: number;
  lastNs: number;
  readonly counts: Record<string, number>;
};

/** Makes slices, instants and flows of a run's events, which it takes in their order; gives those that a window of time has. */
export class LogSlices {
  readonly #window: TraceWindow;
  readonly #tracks = new Map<number, Track>();
  /** By VM. */
  readonly #effects = new Map<number, Effect>();
  readonly #decisions = new Map<number, Placed>();
  /** Its figures follow it in the log. */
  #decided: { readonly event: EventView; readonly figures: Record<string, number | string> } | undefined;
  #memoryState: { readonly name: string; readonly sinceNs: number } | undefined;
  #made: TraceEvent[] = [];

  constructor(window: TraceWindow) {
    this.#window = window;
  }

  /** What was made since the last time. */
  made(): readonly TraceEvent[] {
    const made = this.#made;
    this.#made = [];
    return made;
  }

  take(batch: EventBatch, index: number, text: (id: number) => string): void {
    const [code, decision] = [batch.types[index]!, batch.decisions[index]!];
    const view = (): EventView => viewEvent(batch, index, text);
    if (code === PolicyFigureSeen.code) return this.#seeFigure(view());
    this.#endDecision();
    if (code === PolicyDecided.code) this.#decided = { event: view(), figures: {} };
    else if (code === MemoryStateChanged.code) this.#changeMemoryState(view());
    else if (isInstant(code)) this.#addInstant(view());
    else if (decision !== 0) this.#addEffect(batch, index, decision, text);
    const wait = waitOf(batch, index);
    if (wait !== undefined) this.#slice({ vm: batch.vms[index]!, row: "waits", ...wait }, { position: batch.firstPosition + index });
  }

  /** `endNs`: of the run. */
  end(endNs: number): void {
    this.#endDecision();
    for (const vm of this.#effects.keys()) this.#endEffect(vm);
    if (this.#memoryState !== undefined) this.#endMemoryState(endNs);
  }

  #add(event: TraceEvent): boolean {
    const isShown = isWithin(event, this.#window);
    if (isShown) this.#made.push(event);
    return isShown;
  }

  #slice(slice: Slice, args: Readonly<Record<string, unknown>>): Placed {
    const { vm, row, name } = slice;
    const tid = tidOf(vm, row);
    const track = this.#tracks.get(tid) ?? new Track();
    this.#tracks.set(tid, track);
    const placed = track.place(slice.timeNs, slice.durationNs);
    return { timeNs: placed.timeNs, isShown: this.#add({ ph: "X", name, pid: pidOf(vm), tid, ...placed, args }) };
  }

  #seeFigure({ vm, fields }: EventView): void {
    const [figure, value] = [fields.find(({ field }) => field.kind === "text"), fields.find(({ field }) => field.kind === "figure")];
    if (this.#decided === undefined || figure === undefined || value === undefined) return;
    const isOfOther = vm !== this.#decided.event.vm;
    this.#decided.figures[isOfOther ? `${vm === 0 ? "host" : `VM ${vm}`} ${figure.shown}` : figure.shown] = value.quantity ?? value.shown;
  }

  #endDecision(): void {
    if (this.#decided === undefined) return;
    const { event, figures } = this.#decided;
    const { vm, timeNs, position, decision } = event;
    this.#decided = undefined;
    const fields = fieldsOf(event);
    const args = { decision, position, ...fields, figures };
    const placed = this.#slice({ vm, row: "decisions", name: String(fields["kind"]), timeNs, durationNs: 0 }, args);
    if (placed.isShown) this.#flow("s", { vm, row: "decisions", timeNs: placed.timeNs, decision });
    this.#decisions.set(decision, placed);
    if (this.#decisions.size > KEPT_DECISIONS) this.#decisions.delete(this.#decisions.keys().next().value ?? decision);
  }

  #addEffect(batch: EventBatch, index: number, decision: number, text: (id: number) => string): void {
    const [vm, timeNs] = [batch.vms[index]!, batch.timesNs[index]!];
    const { code, name } = eventType(batch.types[index]!, "");
    if (this.#effects.get(vm)?.decision !== decision) this.#endEffect(vm);
    const shown = code === DecisionClamped.code ? `limited: ${String(fieldsOf(viewEvent(batch, index, text))["cause"])}` : name;
    const effect: Effect = this.#effects.get(vm) ?? {
      decision,
      name: shown,
      firstPosition: batch.firstPosition + index,
      firstNs: timeNs,
      lastNs: timeNs,
      counts: {},
    };
    effect.lastNs = timeNs;
    effect.counts[shown] = (effect.counts[shown] ?? 0) + 1;
    this.#effects.set(vm, effect);
  }

  #endEffect(vm: number): void {
    const effect = this.#effects.get(vm);
    if (effect === undefined) return;
    this.#effects.delete(vm);
    const { decision, name, firstPosition, firstNs, lastNs, counts } = effect;
    const decided = this.#decisions.get(decision);
    const timeNs = Math.max(firstNs, decided?.timeNs ?? 0);
    const placed = this.#slice({ vm, row: "effects", name, timeNs, durationNs: lastNs - firstNs }, { decision, firstPosition, ...counts });
    if (placed.isShown && decided?.isShown === true) this.#flow("t", { vm, row: "effects", timeNs: placed.timeNs, decision });
  }

  /** Its point lies on the slice that was made last, so that it is there if and only if that slice is. */
  #flow(ph: "s" | "t", at: { readonly vm: number; readonly row: Row; readonly timeNs: number; readonly decision: number }): void {
    const { vm, row, timeNs, decision } = at;
    this.#made.push({ ph, name: "decision", pid: pidOf(vm), tid: tidOf(vm, row), timeNs, id: decision });
  }

  #changeMemoryState(event: EventView): void {
    const { from, to } = fieldsOf(event);
    this.#memoryState ??= { name: String(from), sinceNs: 0 };
    this.#endMemoryState(event.timeNs);
    this.#memoryState = { name: String(to), sinceNs: event.timeNs };
  }

  #endMemoryState(timeNs: number): void {
    const { name, sinceNs } = this.#memoryState!;
    this.#slice({ vm: 0, row: "memoryStates", name, timeNs: sinceNs, durationNs: timeNs - sinceNs }, {});
  }

  #addInstant(event: EventView): void {
    const { vm, timeNs, position, type } = event;
    this.#add({ ph: "i", name: type.name, pid: pidOf(vm), timeNs, args: { position, ...fieldsOf(event) } });
  }
}

function fieldsOf({ fields }: EventView): Readonly<Record<string, string | number | null>> {
  return Object.fromEntries(
    fields.map(({ field, shown, quantity }) => [field.name, field.kind === "text" || field.kind === "choice" ? shown : quantity]),
  );
}
