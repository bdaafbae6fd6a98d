import { assert } from "@ballast/core/assert";
import { LARGE_PAGE_PAGES, NO_PROCESS, NO_PAGE } from "@ballast/core/ids";
import { type IntColumn, Kept, type MachineTables, type ProcessTables, RealUse, tableColumns, type VmTables } from "@ballast/core/memory";
import { FramePatch } from "./frame-patch.ts";
import { changed, unpackChanges } from "./unpack-changes.ts";
import type { ChangeBlock } from "./change-block.ts";

type Patch = { readonly values: IntColumn; readonly put: (count: number) => void };

/**
 * Puts the changed entries of a keyframe into a machine whose owners, reverse maps and counts are derived, and carries
 * these along: `deriveTables` would write all of them again, all over the memory. The tests compare both. Between two
 * keyframes a frame changes hands: whoever comes first, the old owner is only forgotten where it still stands.
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
      this.use(`vm/${vm.vm}/swapSlot`, (count) => putSwapSlots(machine, vm, count));
      this.use(`vm/${vm.vm}/largeMap`, (count) => putLargeMap(vm, count));
      this.use(`vm/${vm.vm}/compressedBlocks`, (count) => putCompressedBlocks(vm, count));
      this.use(`vm/${vm.vm}/kept`, (count) => putKept(vm, count));
      this.use(`vm/${vm.vm}/use`, (count) => putUses(vm, count));
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

function putPageTable(vm: VmTables, process: ProcessTables, count: number): void {
  const { userProcess, userPage } = vm;
  const { pageTable } = process;
  let mapped = 0;
  for (let i = 0; i < count; i++) {
    const page = changed.indexes[i]!;
    const [before, after] = [pageTable[page]!, changed.values[i]!];
    if (before !== NO_PAGE) {
      mapped--;
      if (userProcess[before] === process.process && userPage[before] === page) {
        userProcess[before] = NO_PROCESS;
        userPage[before] = NO_PAGE;
      }
    }
    if (after !== NO_PAGE) {
      mapped++;
      userProcess[after] = process.process;
      userPage[after] = page;
    }
    pageTable[page] = after;
  }
  process.mappedPages += mapped;
  vm.mappedPages += mapped;
}

function putSwapSlots(machine: MachineTables, vm: VmTables, count: number): void {
  let swapped = 0;
  for (let i = 0; i < count; i++) {
    const real = changed.indexes[i]!;
    if (vm.swapSlot[real] !== NO_PAGE) swapped--;
    if (changed.values[i] !== NO_PAGE) swapped++;
    vm.swapSlot[real] = changed.values[i]!;
  }
  vm.swappedPages += swapped;
  machine.swapUsedPages += swapped;
}

function putLargeMap(vm: VmTables, count: number): void {
  for (let i = 0; i < count; i++) {
    const group = changed.indexes[i]!;
    vm.largePages += (changed.values[i]! - vm.largeMap[group]!) * LARGE_PAGE_PAGES;
    vm.largeMap[group] = changed.values[i]!;
  }
}

function putCompressedBlocks(vm: VmTables, count: number): void {
  const { compressedBlocks } = vm;
  for (let i = 0; i < count; i++) {
    const real = changed.indexes[i]!;
    const [before, after] = [compressedBlocks[real]!, changed.values[i]!];
    vm.compressedPages += Number(after !== 0) - Number(before !== 0);
    vm.compressedBlocksUsed += after - before;
    compressedBlocks[real] = after;
  }
}

function putKept(vm: VmTables, count: number): void {
  for (let i = 0; i < count; i++) {
    const real = changed.indexes[i]!;
    const [before, after] = [vm.kept[real], changed.values[i]];
    vm.diskKeptPages += Number(after === Kept.OnGuestDisk) - Number(before === Kept.OnGuestDisk);
    vm.swapCachePages += Number(after === Kept.InSwapCache) - Number(before === Kept.InSwapCache);
    vm.kept[real] = changed.values[i]!;
  }
}

function putUses(vm: VmTables, count: number): void {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const real = changed.indexes[i]!;
    counts[vm.use[real]!]!--;
    counts[changed.values[i]!]!++;
    vm.use[real] = changed.values[i]!;
  }
  vm.kernelPages += counts[RealUse.Kernel]!;
  vm.balloonSizePages += counts[RealUse.Balloon]!;
}
