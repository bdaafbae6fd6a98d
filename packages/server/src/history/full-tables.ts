import { type ColumnSource, type IntColumn, type MachineTables, tableColumns, type VmTables } from "@ballast/core/memory";
import type { SpareBuffers } from "./spare-buffers.ts";

/** A machine's tables, derived ones included, to set up others that differ little from it. */
export type FullTables = {
  readonly columns: ReadonlyMap<string, IntColumn>;
  readonly host: Counts;
  readonly vms: readonly { readonly counts: Counts; readonly mappedPages: readonly number[] }[];
};
type Counts = Readonly<Record<string, number>>;

/** Takes a machine's tables over: it must not be changed any more. */
export function takeTables(machine: MachineTables): FullTables {
  const { frames, swapUsedPages } = machine;
  return {
    columns: new Map(allColumns(machine).map(({ name, values }) => [name, values])),
    host: {
      freePages: frames.freePages,
      overheadPages: frames.overheadPages,
      sharedFramePages: frames.sharedFramePages,
      swapUsedPages,
    },
    vms: machine.vms.map((vm) => ({ counts: countsOf(vm), mappedPages: vm.processes.map((process) => process.mappedPages) })),
  };
}

function countsOf(vm: VmTables): Counts {
  const { residentPages, sharedPages, largePages, swappedPages, diskKeptPages, swapCachePages, kernelPages } = vm;
  const { compressedPages, compressedBlocksUsed, balloonSizePages, mappedPages } = vm;
  const kept = { swappedPages, diskKeptPages, swapCachePages, compressedPages, compressedBlocksUsed };
  return { residentPages, sharedPages, largePages, ...kept, kernelPages, balloonSizePages, mappedPages };
}

/** Copies of the tables' columns; those of VMs and processes that are younger than them are blank. */
export function copiesOf(full: FullTables, spares: SpareBuffers): ColumnSource {
  return (name, length, makeBlank) => {
    const from = full.columns.get(name);
    // Equal names hold equal kinds of columns.
    return from?.length === length ? (spares.copy(from) as ReturnType<typeof makeBlank>) : makeBlank();
  };
}

/** Sets the counts that go with the copied columns. */
export function setCounts(machine: MachineTables, full: FullTables): void {
  const { freePages, overheadPages, sharedFramePages, swapUsedPages } = full.host;
  Object.assign(machine.frames, { freePages, overheadPages, sharedFramePages });
  Object.assign(machine, { swapUsedPages });
  for (const [index, { counts, mappedPages }] of full.vms.entries()) {
    const vm = machine.vms[index];
    Object.assign(vm ?? {}, counts);
    mappedPages.forEach((pages, process) => Object.assign(vm?.processes[process] ?? {}, { mappedPages: pages }));
  }
}

export function tableBytes({ columns }: FullTables): number {
  let bytes = 0;
  for (const values of columns.values()) bytes += values.byteLength;
  return bytes;
}

/** Every column of a machine, derived ones included. */
export function allColumns(machine: MachineTables): { name: string; values: IntColumn }[] {
  const { frames, vms } = machine;
  const derived = vms.flatMap((vm) => [
    { name: `vm/${vm.vm}/userProcess`, values: vm.userProcess },
    { name: `vm/${vm.vm}/userPage`, values: vm.userPage },
  ]);
  const host = [
    { name: "frames/ownerVm", values: frames.ownerVm },
    { name: "frames/realPage", values: frames.realPage },
    { name: "frames/sharers", values: frames.sharers },
  ];
  return [...tableColumns(machine), ...host, ...derived];
}
