/**
 * What Perfetto's trace processor makes of a trace in JSON, restated from its sources (`src/trace_processor` of August 2026):
 * `importers/json/json_trace_tokenizer.cc` and `json_trace_parser.cc` (which events there are, what each has to have), `util/json_parser.h` (how
 * times are read), `sorter/trace_sorter.h` (the order of events of one time), `importers/common/slice_tracker.cc` and `flow_tracker.cc`.
 * `problems` are what it would count as errors or as lost data, by the names of its statistics.
 */
export type Imported = {
  readonly problems: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly slices: readonly ImportedSlice[];
  /** By process and name: the argument's name stands behind the event's. */
  readonly counters: ReadonlyMap<string, readonly number[]>;
  readonly flows: readonly { readonly from: ImportedSlice; readonly to: ImportedSlice }[];
};

export type ImportedSlice = {
  readonly process: string;
  readonly thread: string;
  readonly name: string;
  readonly ts: number;
  readonly end: number;
};

type JsonEvent = {
  readonly ph?: string;
  readonly name?: string;
  readonly cat?: string;
  readonly pid?: number;
  readonly tid?: number;
  readonly id?: unknown;
  readonly s?: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
};

/** @throws Error for a text that is no trace. */
export function importTrace(text: string): Imported {
  if (!/^\s*\{"/.test(text)) throw new Error("it is not taken for JSON: it does not begin with an object");
  const { metadata = {}, traceEvents } = JSON.parse(text, readValue as Parameters<typeof JSON.parse>[1]) as {
    metadata?: Readonly<Record<string, unknown>>;
    traceEvents: readonly JsonEvent[];
  };
  const importer = new Importer();
  // Names are kept apart from what they name, so that their place in the file does not matter.
  for (const event of traceEvents) if (event.ph === "M") importer.take(event);
  for (const event of traceEvents.toSorted(inImportOrder)) if (event.ph !== "M") importer.take(event);
  return { ...importer.result(), metadata };
}

/** Times in ns. */
function readValue(key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return (key === "ts" || key === "dur") && source !== undefined ? readTime(source) : value;
}

/** us as the importer reads them: the digits behind the point as a whole number that is divided, all of it in doubles; then in ns. */
export function readTime(source: string): number {
  const [, whole, digits = ""] = /^(\d+)(?:\.(\d+))?$/.exec(source) ?? [];
  if (whole === undefined) throw new Error(`${source} is no time`);
  const us = Number(whole) + Number(digits) / 10 ** digits.length;
  return us === Math.trunc(us) ? us * 1_000 : Math.round(us * 1_000);
}

/** Of events of one time slices come first, the longest before the others; else as they stand in the file. */
function inImportOrder(left: JsonEvent, right: JsonEvent): number {
  const key = ({ ph, dur = 0 }: JsonEvent): number => (ph === "X" ? -dur : 0);
  return (left.ts ?? 0) - (right.ts ?? 0) || key(left) - key(right);
}

class Importer {
  readonly #problems: string[] = [];
  readonly #processNames = new Map<number, string>();
  readonly #threadNames = new Map<string, string>();
  readonly #rows = new Map<string, ImportedSlice[]>();
  /** Those of a row that had not ended when the latest began. */
  readonly #lasting = new Map<string, readonly ImportedSlice[]>();
  readonly #counters = new Map<string, number[]>();
  /** The last slice of each flow. */
  readonly #open = new Map<string, ImportedSlice>();
  readonly #flows: { from: ImportedSlice; to: ImportedSlice }[] = [];

  result(): Omit<Imported, "metadata"> {
    const [problems, slices] = [this.#problems, [...this.#rows.values()].flat()];
    return { problems, slices, counters: this.#counters, flows: this.#flows };
  }

  take(event: JsonEvent): void {
    if (event.ph === undefined || (event.ts === undefined && event.ph !== "M")) return this.#fail("json_tokenizer_failure", event);
    if (event.ph === "M") this.#name(event);
    else if (event.ph === "X") this.#addSlice(event);
    else if (event.ph === "C") this.#count(event);
    else if (event.ph === "i") this.#mark(event);
    else if (event.ph === "s" || event.ph === "t") this.#link(event, event.ph);
    else this.#fail("unknown phase", event);
  }

  #fail(problem: string, event: JsonEvent): void {
    this.#problems.push(`${problem}: ${JSON.stringify(event)}`);
  }

  /** Without a thread it is the one with the number of its process. */
  #rowOf({ pid = 0, tid = pid }: JsonEvent): string {
    return `${pid}/${tid}`;
  }

  #name(event: JsonEvent): void {
    const name = event.args?.["name"];
    if (event.name === "process_name" || event.name === "thread_name") {
      if (typeof name !== "string" || name === "") this.#fail("json_parser_failure", event);
      else if (event.name === "process_name") this.#processNames.set(event.pid ?? 0, name);
      else this.#threadNames.set(this.#rowOf(event), name);
    } else if (typeof event.args?.["sort_index"] !== "number") this.#fail("json_parser_failure", event);
  }

  #addSlice(event: JsonEvent): void {
    const [{ ts = 0, dur, pid = 0, name = "[No name]" }, row] = [event, this.#rowOf(event)];
    if (dur === undefined) return this.#fail("json_parser_failure", event);
    const all = this.#rows.get(row) ?? [];
    const lasting = (this.#lasting.get(row) ?? []).filter(({ end }) => end > ts);
    if (lasting.some(({ end }) => end < ts + dur)) this.#fail("slice_spill_overlapping_complete_event", event);
    const [process, thread] = [this.#processNames.get(pid) ?? "", this.#threadNames.get(row) ?? ""];
    if (process === "" || thread === "") this.#fail("a slice of a row without a name", event);
    const slice = { process, thread, name, ts, end: ts + dur };
    all.push(slice);
    this.#rows.set(row, all);
    this.#lasting.set(row, [...lasting, slice]);
  }

  #count(event: JsonEvent): void {
    if (Object.keys(event.args ?? {}).length === 0) return this.#fail("json_parser_failure", event);
    for (const [name, value] of Object.entries(event.args ?? {})) {
      if (typeof value !== "number") this.#fail("json_parser_failure", event);
      const counter = `${this.#processNames.get(event.pid ?? 0)}: ${event.name} ${name}`;
      const values = this.#counters.get(counter) ?? [];
      values.push(Number(value));
      this.#counters.set(counter, values);
    }
  }

  #mark(event: JsonEvent): void {
    const isPlaced = event.s === "g" || (event.s === "p" ? event.pid !== undefined : event.s === "t" && event.tid !== undefined);
    if (!isPlaced || event.name === undefined) this.#fail("json_parser_failure", event);
  }

  /** A flow goes from and to the slice of its row that its point lies on. */
  #link(event: JsonEvent, ph: "s" | "t"): void {
    const { ts = 0, id, cat, name } = event;
    if (!Number.isSafeInteger(id)) return this.#fail("flow_invalid_id", event);
    const flow = `${cat}/${name}/${String(id)}`;
    const slice = this.#rows.get(this.#rowOf(event))?.findLast((each) => each.ts <= ts && ts < each.end);
    const before = this.#open.get(flow);
    if (slice === undefined) return this.#fail("flow_no_enclosing_slice", event);
    if (ph === "s" && before !== undefined) return this.#fail("flow_duplicate_id", event);
    if (ph === "t" && before === undefined) return this.#fail("flow_step_without_start", event);
    if (before !== undefined) this.#flows.push({ from: before, to: slice });
    this.#open.set(flow, slice);
  }
}
