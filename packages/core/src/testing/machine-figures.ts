import { Counter, type CounterName, type MachineTables } from "../memory/index.ts";
import { HOST_FIGURES, type HostFigure, VM_FIGURES, type VmGauge } from "../projections/index.ts";

/** The figures that a machine's tables give, of the host first, then of each VM, in the order in which they are kept. */
export function figuresOf(machine: MachineTables): number[][] {
  const { frames, swapUsedPages, savedPages, memoryState, swapBusyNs, swapQueueNs } = machine;
  const { freePages, overheadPages, sharedFramePages } = frames;
  const host: Record<HostFigure, number> = {
    freePages,
    overheadPages,
    swapUsedPages,
    sharedFramePages,
    savedPages,
    memoryState,
    swapBusyNs,
    swapQueueNs,
  };
  const vms = machine.vms.map((vm) =>
    VM_FIGURES.map((name) => (name in Counter ? vm.counters[Counter[name as CounterName]] : vm[name as VmGauge])),
  );
  return [HOST_FIGURES.map((name) => host[name]), ...vms];
}
