import type { MachineTables } from "../../memory/index.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import { expandSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";

export type LastAccessesState = readonly (SparseColumn<Float64Array> | null)[];

/** When a process last accessed each real page of each VM. */
export class LastAccesses {
  /** By VM number - 1: ns + 1, so that pages that were never accessed take no memory; 0 is never. */
  readonly #times: (Float64Array | undefined)[] = [];
  /** Set when the kernel is there that has them. */
  machine: MachineTables | undefined;

  constructor(saved: LastAccessesState = []) {
    this.#times = saved.map((column) => (column === null ? undefined : expandSparse(column)));
  }

  readonly observe: AccessObserver = (vm, process, pages, from, count, _isMiss, timeNs, accessNs) => {
    const memory = this.machine!.vm(vm);
    const { pageTable } = memory.process(process);
    const times = (this.#times[vm - 1] ??= new Float64Array(memory.use.length));
    for (let i = 0; i < count; i++) times[pageTable[pages[from + i]]] = timeNs + i * accessNs + 1;
  };

  /** By real page of a VM: ns + 1; undefined: its processes have accessed none. */
  timesOf(vm: number): Float64Array | undefined {
    return this.#times[vm - 1];
  }

  save(): LastAccessesState {
    return Array.from(this.#times, (times) => (times === undefined ? null : saveSparse(times)));
  }
}
