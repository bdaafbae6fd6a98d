import { type MachineTables, machineFacts, tablesOf } from "@ballast/core/memory";
import { createHash } from "node:crypto";

/** Everything a machine's tables hold, reverse maps and counts included, in a form that can be compared quickly. */
export function describeTables(machine: MachineTables): Record<string, unknown> {
  const { frames, swapUsedPages, vms } = machine;
  const columns = tablesOf(machine).flatMap((table) => table.columns);
  return {
    facts: machineFacts(machine),
    columns: Object.fromEntries(columns.map(({ name, values }) => [name, createHash("sha1").update(values).digest("hex")])),
    host: [frames.freePages, frames.overheadPages, frames.sharedFramePages, swapUsedPages],
    vms: vms.map((vm) => [
      vm.residentPages,
      vm.sharedPages,
      vm.largePages,
      vm.swappedPages,
      vm.diskKeptPages,
      vm.swapCachePages,
      vm.compressedPages,
      vm.compressedBlocksUsed,
      vm.mappedPages,
      vm.kernelPages,
      vm.balloonTargetPages,
      vm.balloonSizePages,
      vm.memoryLimitPages,
      vm.isSuspended,
      vm.processes.map((process) => process.mappedPages),
    ]),
  };
}
