import { type Frames, machineFromFacts, MachineTables, type ProcessTables, type VmTables } from "@ballast/core/memory";
import type { RealPage, VirtualPage } from "@ballast/core/ids";
import type { Pool } from "pg";
import { type EventRange, readSelected } from "../../event-store/index.ts";
import type { KeyframeRow } from "../keyframe-store.ts";
import { type FrameState, frameState, type RealPageState, realPageState, type VirtualPageState, virtualPageState } from "../page-states.ts";
import type { RegionReader } from "./region-reader.ts";
import { type TableWindow, windowSource } from "./table-window.ts";
import { applyToWindow, selectorOf } from "./window-events.ts";

/** A real page as `RealPageState` has it, and whether one entry maps it with 511 others. */
export type RealPageEntry = RealPageState & { readonly isLarge: boolean };

/** Entries of a table at a moment, by their numbers in the whole table. */
export class TableEntries {
  readonly #machine: MachineTables;
  readonly #window: TableWindow;

  constructor(machine: MachineTables, window: TableWindow) {
    this.#machine = machine;
    this.#window = window;
  }

  /** The frames, of which only columns and entries of the window are there, numbered from its first. */
  get frames(): Frames {
    return this.#machine.frames;
  }

  /** Likewise the VM of a window on real pages. */
  get vm(): VmTables | undefined {
    const { table } = this.#window;
    return table.kind === "frames" ? undefined : this.#machine.vms[table.vm - 1];
  }

  /** Likewise the process of a window on virtual pages. */
  get process(): ProcessTables | undefined {
    const { table } = this.#window;
    return table.kind === "virtualPages" ? this.vm?.processes[table.process - 1] : undefined;
  }

  frame(page: number): FrameState | null {
    return page < this.frames.count ? frameState(this.frames, page - this.#window.first) : null;
  }

  realPage(page: number): RealPageEntry | null {
    const at = page - this.#window.first;
    const state = realPageState(this.vm, at);
    return state === null ? null : { ...state, isLarge: this.vm?.isLarge(at as RealPage) ?? false };
  }

  isResident(page: number): boolean {
    return this.vm?.isResident((page - this.#window.first) as RealPage) ?? false;
  }

  isMapped(page: number): boolean {
    return this.process?.isMapped((page - this.#window.first) as VirtualPage) ?? false;
  }

  virtualPage(page: number): VirtualPageState | null {
    const { process } = this;
    return page < (process?.virtualPages ?? 0) ? virtualPageState(process, page - this.#window.first) : null;
  }
}

/** Entries as a keyframe has them, and what the events behind it, up to a position, made of them. */
export async function readWindow(
  pool: Pool,
  regions: RegionReader,
  keyframe: KeyframeRow | undefined,
  { run, window, range }: { readonly run: number; readonly window: TableWindow; readonly range: EventRange },
): Promise<TableEntries> {
  const events = readSelected(pool, run, range, selectorOf(window));
  // The first commit travels while the keyframe is read.
  const [known, first] = await Promise.all([keyframe === undefined ? new Map() : regions.read(keyframe, window), events.next()]);
  const source = windowSource(window, known);
  const machine = keyframe === undefined ? new MachineTables(source) : machineFromFacts(keyframe.facts, source);
  if (first.done !== true) applyToWindow(machine, first.value, window);
  for await (const batch of events) applyToWindow(machine, batch, window);
  return new TableEntries(machine, window);
}
