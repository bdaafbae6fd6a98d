import type { TraceEvent } from "./trace-event.ts";

/** The rows of slices that the host and each VM have. */
export const ROWS = { memoryStates: 1, decisions: 2, effects: 3, waits: 4 } as const;
export type Row = keyof typeof ROWS;

const ROW_NAMES: Readonly<Record<Row, string>> = {
  memoryStates: "memory state",
  decisions: "decisions",
  effects: "what decisions did",
  waits: "waits for memory",
};

/** The host is the first process of the trace, VM n the one after n: viewers give process 0 a meaning of its own. */
export function pidOf(vm: number): number {
  return vm + 1;
}

/** Different in all processes: viewers take threads of the same number for one. */
export function tidOf(vm: number, row: Row): number {
  return pidOf(vm) * 10 + ROWS[row];
}

/** What the host (VM 0) or a VM is called, and its rows. */
export function processNames(vm: number, name: string): TraceEvent[] {
  const pid = pidOf(vm);
  const rows = (Object.keys(ROWS) as Row[]).filter((row) => isRowOf(row, vm));
  const named = (ph: string, args: TraceEvent["args"], tid?: number): TraceEvent => ({
    ph: "M",
    name: ph,
    pid,
    ...(tid === undefined ? {} : { tid }),
    timeNs: 0,
    args: args ?? {},
  });
  return [
    named("process_name", { name }),
    named("process_sort_index", { sort_index: pid }),
    ...rows.flatMap((row) => [
      named("thread_name", { name: ROW_NAMES[row] }, tidOf(vm, row)),
      named("thread_sort_index", { sort_index: ROWS[row] }, tidOf(vm, row)),
    ]),
  ];
}

/** The host alone has memory states, and VMs alone wait. */
function isRowOf(row: Row, vm: number): boolean {
  if (row === "memoryStates") return vm === 0;
  return row !== "waits" || vm > 0;
}

/**
 * A row of slices, of which none lies across another's end: viewers would drop it. Each takes 1 ns at least, and those that begin while
 * another lasts, such as decisions of one moment, begin at its end.
 */
export class Track {
  #endNs = 0;

  place(timeNs: number, durationNs: number): { readonly timeNs: number; readonly durationNs: number } {
    const start = Math.max(timeNs, this.#endNs);
    const end = Math.max(start + 1, timeNs + durationNs);
    this.#endNs = end;
    return { timeNs: start, durationNs: end - start };
  }
}
