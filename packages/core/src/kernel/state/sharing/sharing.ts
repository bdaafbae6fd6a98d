import type { SparseColumn } from "../../structures/sparse-column.ts";
import { FRAME_SHARED, type MachineTables } from "../../../memory/index.ts";
import type { SharingStyle } from "../../../policy/index.ts";
import type { Candidates } from "./candidates.ts";
import { HintTable } from "./hint-table.ts";
import { UnstableTree, type UnstableTreeState } from "./unstable-tree.ts";

export type SharingState = {
  readonly style: SharingStyle;
  readonly vm: number;
  readonly real: number;
  readonly hints: SparseColumn<Uint32Array>;
  readonly tree: UnstableTreeState;
};

/** What page sharing knows besides the tables. */
export class Sharing {
  /** Content to the shared frame that holds it: the table of hashes in ESX, the stable tree in KSM. */
  readonly frameByContent = new Map<number, number>();
  readonly hints: HintTable;
  private readonly tree: UnstableTree;
  /** How the last scan looked for pages. */
  style: SharingStyle = "esx";
  /** The hand: where the next scan continues. */
  vm = 1;
  real = 0;
  private readonly machine: MachineTables;

  constructor(machine: MachineTables, framePages: number) {
    this.machine = machine;
    this.hints = new HintTable(framePages);
    this.tree = new UnstableTree((vm) => machine.vm(vm).configuredPages);
  }

  get candidates(): Candidates {
    return this.style === "esx" ? this.hints : this.tree;
  }

  save(): SharingState {
    const { style, vm, real } = this;
    return { style, vm, real, hints: this.hints.save(), tree: this.tree.save() };
  }

  /** The machine's tables, and what its frames hold, must be there already. */
  load(state: SharingState, content: Uint32Array): void {
    this.style = state.style;
    this.vm = state.vm;
    this.real = state.real;
    this.hints.load(state.hints);
    this.tree.load(state.tree);
    this.machine.frames.content.forEach((flag, frame) => {
      if (flag === FRAME_SHARED) this.frameByContent.set(content[frame], frame);
    });
  }
}
