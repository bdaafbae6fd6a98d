import { assert } from "@ballast/core/assert";
import { NO_PROCESS, NO_PAGE } from "@ballast/core/ids";
import { type IntColumn, type MachineTables, type ProcessTables, tableColumns, type VmTables } from "@ballast/core/memory";
import { FramePatch } from "./frame-patch.ts";
import { changed, unpackChanges } from "./unpack-changes.ts";
import type { ChangeBlock } from "./change-block.ts";

type Patch = { readonly values: IntColumn; readonly put: (count: number) => void };

/**
 * Puts the changed entries of a keyframe into a machine whose owners and reverse maps are derived and whose counts are those of the
 * keyframe, and carries owners and reverse maps along: `deriveTables` would write all of them again, all over the memory. The tests compare both. Between two
 * keyframes a frame may change its owner: in either order of the two entries, the old owner is only cleared if it is still there.
 */
export class TablePatch {
  private readonly machine: MachineTables;
  private readonly frames: FramePatch;
  private readonly patches = new Map<string, Patch>();

  constructor(machine: MachineTables) {
    this.machine = machine;
    this.frames = new FramePatch(machine);
    for (const { name, values } of tableColumns(machine)) this.patches.set(name, { values, put: plainPut(values) });
    const frames = this.frames;
    this.use("frames/content", (count) => frames.putContent(count));
    for (const vm of machine.vms) {
      this.use(`vm/${vm.vm}/realMap`, (count) => frames.putRealMap(vm, count));
      for (const process of vm.processes) {
        this.use(`vm/${vm.vm}/process/${process.process}/pageTable`, (count) => putPageTable(vm, process, count));
      }
    }
  }

  apply(block: ChangeBlock): void {
    const patch = this.patches.get(block.column);
    assert(patch !== undefined, () => `a keyframe has the column ${block.column}, which its facts do not`);
    patch.put(unpackChanges(block, patch.values.length, patch.values.BYTES_PER_ELEMENT));
  }

  /** Call after the last block. */
  finish(): void {
    this.frames.finish();
  }

  private use(column: string, put: (count: number) => void): void {
    const values = this.patches.get(column)?.values;
    assert(values !== undefined, () => `the tables of the run at ${this.machine.position} have no column ${column}`);
    this.patches.set(column, { values, put });
  }
}

function plainPut(values: IntColumn): (count: number) => void {
  return (count) => {
    for (let i = 0; i < count; i++) values[changed.indexes[i]!] = changed.values[i]!;
  };
}

/** And the reverse map. */
function putPageTable({ userProcess, userPage }: VmTables, { process, pageTable }: ProcessTables, count: number): void {
  for (let i = 0; i < count; i++) {
    const page = changed.indexes[i]!;
    const [before, after] = [pageTable[page]!, changed.values[i]!];
    if (before !== NO_PAGE && userProcess[before] === process && userPage[before] === page) {
      userProcess[before] = NO_PROCESS;
      userPage[before] = NO_PAGE;
    }
    if (after !== NO_PAGE) {
      userProcess[after] = process;
      userPage[after] = page;
    }
    pageTable[page] = after;
  }
}
